"""A machine of the practice takes orders."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from appliance.detectors.reverse_shell import Limits, ReverseShell
from appliance.facts import (
    AddressClaim,
    BannerHeard,
    DicomAssociated,
    FlowDelta,
    Hl7Heard,
    HttpAsked,
    ShellHeard,
)
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, flow

PC, NAS, ROUTER = (Mac(f"02:00:00:00:00:{n}") for n in ("0a", "0b", "01"))
PC_IP, NAS_IP, OUT_IP = Ip("192.168.1.10"), Ip("192.168.1.11"), Ip("93.184.216.34")
PORT, DANGER, WARNING = 4444, Severity.DANGER, Severity.WARNING


def claims(mac, ip):
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=Mac("ff:ff:ff:ff:ff:ff"), answer=False)


def says(*signs, src=PC_IP, dst=OUT_IP, sport=50_000, dport=PORT, at=1.0):
    mac = {PC_IP: PC, NAS_IP: NAS}.get(src, ROUTER)
    return [
        ShellHeard(at=at, mac=mac, src=src, dst=dst, sport=sport, dport=dport, sign=sign)
        for sign in signs
    ]


def answers(*signs, src=NAS_IP, dst=PC_IP, port=PORT):
    """What a server says to who called it."""
    return says(*signs, src=src, dst=dst, sport=port, dport=50_000)


def talks(at=1.5, src=PC_IP, dst=OUT_IP, dport=PORT, *, out=True, back=True, opened=True):
    mac = {PC_IP: PC, NAS_IP: NAS}.get(src, ROUTER)
    peer = {PC_IP: PC, NAS_IP: NAS}.get(dst, ROUTER)
    delta = flow(at, mac, src, dst, dport, peer_mac=peer, opened=opened)
    delta = changed(delta, payload_out=40 if out else 0, payload_in=40 if back else 0)
    return changed(delta, first_at=1.0)


def found(*told, **limits):
    facts = [fact for each in told for fact in (each if isinstance(each, list) else [each])]
    detector = ReverseShell(replace(Limits(), **limits))
    said = alerts(detector, claims(PC, PC_IP), claims(NAS, NAS_IP), *facts)
    return [(it.about, it.severity, it.words["master"], it.words["what"]) for it in said]


@pytest.mark.parametrize(
    ("sign", "what"),
    [
        ("cmd", "cmd.exe"),
        ("cmd_system", "cmd.exe"),
        ("powershell", "PowerShell"),
        ("no_terminal", "sh"),
    ],
)
def test_one_sure_sign_of_a_shell_that_called_outside_is_enough(sign, what):
    assert found(says(sign), talks()) == [(PC, DANGER, OUT_IP, what)]


def test_a_master_inside_is_named_by_his_device():
    told = says("no_terminal", dst=NAS_IP)
    assert found(told, talks(dst=NAS_IP)) == [(PC, DANGER, NAS, "sh")]


def test_other_signs_must_be_of_two_kinds_or_come_again():
    assert found(says("prompt"), talks()) == []
    assert found(says("prompt", "prompt"), talks()) == []
    assert found(says("prompt", "answer"), talks()) == [(PC, DANGER, OUT_IP, "sh")]
    assert found(says("prompt", "prompt", "prompt"), talks()) == [(PC, DANGER, OUT_IP, "sh")]
    assert found(says("prompt", "prompt"), talks(), again=2) == [(PC, DANGER, OUT_IP, "sh")]
    assert found(says("cmd_version", "cmd_prompt"), talks()) == [(PC, DANGER, OUT_IP, "cmd.exe")]


def test_what_nobody_answers_is_a_file():
    """Until somebody does."""
    assert found(says("cmd"), talks(back=False)) == []
    assert found(says("cmd"), talks(back=False), talks(60, opened=False)) != []


def test_a_shell_that_waits_for_callers_is_found_by_what_no_console_says():
    for sign in ("cmd", "no_terminal", "powershell"):
        told = found(answers(sign), talks(dst=NAS_IP))
        assert [(about, severity) for about, severity, *_ in told] == [(NAS, DANGER)]
        assert told[0][2] == PC


def test_a_mere_prompt_of_a_server_is_a_warning():
    """So do consoles speak; on telnet's port they may."""
    told = answers("prompt", "prompt", "prompt")
    assert found(told, talks(dst=NAS_IP)) == [(NAS, WARNING, PC, "sh")]
    told = answers("prompt", "answer", "no_terminal", port=23)
    assert found(told, talks(dst=NAS_IP, dport=23)) == []


def test_a_caller_that_gives_its_prompt_to_telnets_port_is_no_telnet():
    assert found(says("no_terminal", dport=23), talks(dport=23)) != []


@pytest.mark.parametrize("kind", ["http", "greeting", "dicom", "hl7"])
def test_a_conversation_with_a_protocol_is_left_alone(kind):
    """Only of the same conversation: what was spoken before is another's."""
    ends = {"at": 1.0, "mac": PC, "src": PC_IP, "dst": OUT_IP, "dport": PORT}

    def spoken(at):
        where = {**ends, "at": at}
        if kind == "http":
            return HttpAsked(**where, method="POST", host="", user_agent="", content_type="")
        if kind == "dicom":
            return DicomAssociated(**where, sport=50_000, kind="requested")
        if kind == "hl7":
            names = dict.fromkeys(
                ("sender", "sender_site", "receiver", "receiver_site", "message", "version"), ""
            )
            return Hl7Heard(**where, sport=50_000, **names)
        back = {**where, "src": OUT_IP, "dst": PC_IP, "sport": PORT, "dport": 50_000}
        return BannerHeard(**back, protocol="telnet", server=True, says="")

    assert found(spoken(1.0), says("cmd"), talks()) == []
    assert found(spoken(0.5), says("cmd"), talks()) != []


def test_what_passes_beside_ftp_is_a_file():
    """In either direction; an hour later it is not."""
    control = talks(dport=21, dst=NAS_IP)
    assert found(control, says("cmd", dst=NAS_IP), talks(dst=NAS_IP)) == []
    later = changed(talks(at=4000.0, dst=NAS_IP), first_at=4000.0)
    assert found(control, says("cmd", dst=NAS_IP, at=4000.0), later) != []


@pytest.mark.parametrize("port", [445, 873, 9100])
def test_text_that_is_printed_or_kept_is_no_shell(port):
    """Inside, where such ports are what they seem."""
    told = says("cmd", dst=NAS_IP, dport=port)
    assert found(told, talks(dst=NAS_IP, dport=port)) == []
    assert found(says("cmd", dport=port), talks(dport=port)) != []


def test_a_loader_is_a_danger_wherever_it_comes_from():
    """Who is sent it obeys: whether it called, or was called."""
    told = says("loader", src=OUT_IP, dst=PC_IP, sport=PORT, dport=50_000)
    assert found(told, talks(out=False)) == [(PC, DANGER, OUT_IP, "Metasploit / Cobalt Strike")]
    told = found(says("loader", dst=NAS_IP), talks(dst=NAS_IP))
    assert [(about, severity, master) for about, severity, master, _ in told] == [(NAS, DANGER, PC)]


def stage(sender=OUT_IP):
    return says("stage", src=sender, dst=PC_IP, sport=PORT, dport=50_000)


def test_a_program_behind_its_length_must_come_unasked_and_be_talked_to():
    after = [talks(3, opened=False), talks(4, opened=False)]
    assert found(stage(), talks(out=False), *after) == [(PC, DANGER, OUT_IP, "EXE / ELF")]
    assert found(stage(), talks(), *after) == []
    assert found(stage(), talks(out=False, opened=False), *after) == []
    assert found(stage(), talks(out=False), talks(3, back=False)) == []
    assert found(stage(), talks(out=False), talks(3, opened=False)) == []


def test_from_inside_such_a_program_is_a_warning():
    told = [talks(at, dst=NAS_IP, out=at > 2, opened=at < 2) for at in (1.5, 3.0, 4.0)]
    assert found(stage(NAS_IP), *told) == [(PC, WARNING, NAS, "EXE / ELF")]


def test_a_shell_outside_is_not_ours():
    """Somebody here gives orders to a machine that is not the practice's."""
    assert found(answers("no_terminal", src=OUT_IP), talks()) == []


def test_one_master_is_told_once_an_hour():
    facts = [(says("cmd", at=at), changed(talks(at), first_at=at)) for at in (1.0, 60.0, 3700.0)]
    told = [fact for said, delta in facts for fact in (*said, delta)]
    (alert,) = alerts(ReverseShell(Limits()), claims(PC, PC_IP), *told)
    assert alert.count == 2
    assert (alert.src_ip, alert.dest_ip, alert.words["port"]) == (PC_IP, OUT_IP, "4444")


def test_conversations_of_others_are_passed_over():
    """Datagrams, segments without payload, and who gave no sign."""
    udp = flow(1, PC, PC_IP, OUT_IP, PORT, proto=17)
    assert found(says("cmd"), udp, talks(out=False, back=False), talks(dport=443)) == []
    assert isinstance(udp, FlowDelta)
