"""One machine takes hold of another."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.lateral_movement import LateralMovement, Limits
from appliance.facts import (
    AddressClaim,
    FileTouched,
    HttpAnswered,
    KerberosAnswered,
    KerberosAsked,
    NetbiosTold,
    RpcCalled,
    ShareOpened,
    TlsHello,
)
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, inventory

PC, OTHER, DC, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "05", "01"))
PC_IP, OTHER_IP, DC_IP = (Ip(f"192.168.1.{end}") for end in (10, 11, 5))
MACS = {PC_IP: PC, OTHER_IP: OTHER, DC_IP: DC}

SERVICES = "367abb81-9844-35f1-ad32-98f038001003"
JOBS, TASKS = "1ff70682-0a51-30e8-076d-740be8cee98b", "86d35949-83c9-4044-b424-db363231fd0c"
WMI, DISPATCH = "9556dc99-828c-11cf-a37e-00aa003240c7", "00020400-0000-0000-c000-000000000046"
REGISTRY = "338cd001-2244-31f1-aaaa-900038001003"
SHARES = "4b324fc8-1670-01d3-1278-5a47bf6ee188"
REPLICATION = "e3514235-4b06-11d1-ab04-00c04fc2dcd2"
ACCOUNTS, SPOOLER = "12345778-1234-abcd-ef00-0123456789ac", "12345678-1234-abcd-ef00-0123456789ab"
CREATE, CHANGE, START, LIST, OPEN = 12, 11, 19, 14, 15
AES, RC4 = 18, 23


def here(ip):
    mac = MACS[ip]
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=ROUTER, answer=True)


KNOWN = tuple(map(here, MACS))


def called(interface, operation, at=1.0, src=PC_IP, dst=OTHER_IP):
    return RpcCalled(
        at=at,
        mac=MACS.get(src, PC),
        src=src,
        dst=dst,
        sport=50_000,
        dport=445,
        interface=interface,
        operation=operation,
        pipe=True,
    )


def opened(role="admin", at=1.0, src=PC_IP, dst=OTHER_IP):
    return ShareOpened(
        at=at, mac=MACS.get(src, PC), src=src, dst=dst, sport=50_000, dport=445, role=role
    )


def wrote(begins="program", action="writes"):
    return FileTouched(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=OTHER_IP,
        sport=50_000,
        dport=445,
        action=action,
        message=7,
        begins=begins,
    )


def page(status=200, port=5985):
    return HttpAnswered(
        at=1,
        mac=OTHER,
        src=OTHER_IP,
        dst=PC_IP,
        sport=port,
        status=status,
        content_type="",
        server="Microsoft-HTTPAPI/2.0",
        dport=50_000,
    )


def asks(mark, kind="ticket", proof=True):
    return KerberosAsked(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=DC_IP,
        sport=50_000,
        dport=88,
        kind=kind,
        mark=mark,
        proof=proof,
        ciphers=(RC4,),
        under=AES,
    )


def given(mark, kind="ticket"):
    return KerberosAnswered(
        at=1,
        mac=DC,
        src=DC_IP,
        dst=PC_IP,
        sport=88,
        dport=50_000,
        kind=kind,
        mark=mark,
        cipher=AES,
    )


def told(*facts, network=None):
    return alerts(LateralMovement(Limits()), *KNOWN, *facts, network=network)


def found(*facts, network=None):
    return [(it.about, it.severity, it.words["how"]) for it in told(*facts, network=network)]


def declared(mac, role):
    standing = Standing(known={mac: Known(approved=True, role=role)})
    return inventory(standing=standing)


@pytest.mark.parametrize(
    ("interface", "operation", "how"),
    [
        (SERVICES, CREATE, "PsExec / SCM"),
        (SERVICES, 45, "PsExec / SCM"),
        (JOBS, 0, "Task Scheduler"),
        (TASKS, 1, "Task Scheduler"),
        (WMI, 24, "WMI"),
        (REGISTRY, 20, "SAM (registry)"),
    ],
)
def test_a_workstation_that_commands_another_is_a_danger(interface, operation, how):
    (alert,) = told(called(interface, operation))
    assert (alert.about, alert.severity) == (PC, Severity.DANGER)
    assert (alert.words["target"], alert.words["how"]) == (OTHER, how)
    assert (alert.src_ip, alert.dest_ip) == (PC_IP, OTHER_IP)


@pytest.mark.parametrize(
    ("interface", "operation"),
    [(SERVICES, OPEN), (SERVICES, LIST), (SERVICES, START), (SERVICES, CHANGE)],
)
def test_to_look_at_services_or_to_start_one_is_nothing(interface, operation):
    assert found(called(interface, operation)) == []


@pytest.mark.parametrize("interface", [ACCOUNTS, SPOOLER, "0" * 8])
def test_lists_of_accounts_and_printing_are_nothing(interface):
    assert found(*(called(interface, number) for number in range(70))) == []


def test_a_query_by_wmi_is_nothing():
    """Monitoring asks so (20 is ExecQuery), all day long."""
    assert found(*(called(WMI, 20, at=60.0 * n) for n in range(100))) == []


def test_a_service_that_is_changed_and_then_started_is_a_danger():
    facts = (called(SERVICES, CHANGE), called(SERVICES, START, at=5))
    assert found(*facts) == [(PC, Severity.DANGER, "PsExec / SCM")]
    assert found(facts[0], called(SERVICES, START, at=2000)) == []


def test_a_program_over_an_administrators_share_is_a_warning():
    assert found(opened(), wrote()) == [(PC, Severity.WARNING, "EXE, ADMIN$ / C$")]


def test_a_program_that_is_then_started_is_a_danger():
    facts = (opened(), wrote(), called(SERVICES, START, at=9))
    assert found(*facts) == [(PC, Severity.DANGER, "PsExec / SCM, EXE, ADMIN$ / C$")]


@pytest.mark.parametrize("fact", [wrote("zip"), wrote(""), wrote(action="read")])
def test_a_backup_over_an_administrators_share_is_nothing(fact):
    assert found(opened(), fact) == []


def test_an_application_commanded_by_dcom_is_a_warning():
    """Programs of the practice may work so."""
    assert found(called(DISPATCH, 6)) == [(PC, Severity.WARNING, "DCOM")]
    assert found(called(DISPATCH, 5)) == []


def test_winrm_that_answers_is_a_danger_and_one_that_refuses_is_nothing():
    assert found(page()) == [(PC, Severity.DANGER, "WinRM")]
    assert found(page(401)) == []
    assert found(page(port=80)) == []


def test_winrm_in_tls_is_told_by_its_port_and_a_warning():
    hello = TlsHello(
        at=1, mac=PC, src=PC_IP, dst=OTHER_IP, dport=5986, name="", alpn=(), version=771, ja4=""
    )
    assert found(hello) == [(PC, Severity.WARNING, "WinRM (TLS)")]


def test_winrm_towards_a_server_is_a_warning():
    """A server that collects events is called so."""
    users = [opened("other", src=Ip(f"192.168.1.{n}")) for n in (20, 21)]
    assert found(*users, page()) == [(PC, Severity.WARNING, "WinRM")]


def test_a_declared_server_manages_others():
    network = declared(PC, "server")
    told_of = found(called(SERVICES, CREATE), network=network)
    assert told_of == [(PC, Severity.NOTICE, "PsExec / SCM")]
    network = declared(PC, "workstation")
    assert found(called(SERVICES, CREATE), network=network)[0][1] is Severity.DANGER


def test_a_machine_whose_shares_others_use_is_a_server_that_nobody_declared():
    users = [opened("other", src=Ip(f"192.168.1.{n}"), dst=PC_IP) for n in (20, 21)]
    assert found(*users, called(SERVICES, CREATE))[0][1] is Severity.WARNING
    assert found(users[0], called(SERVICES, CREATE))[0][1] is Severity.DANGER


def test_a_declared_server_that_saves_a_registry_is_a_danger_all_the_same():
    network = declared(PC, "server")
    assert found(called(REGISTRY, 31), network=network)[0][1] is Severity.DANGER


def test_while_the_box_learns_nothing_is_more_than_a_warning():
    """The technician is at work."""
    network = inventory(learn_until=1000.0)
    assert found(called(SERVICES, CREATE), network=network)[0][1] is Severity.WARNING


def test_a_workstation_that_wants_all_accounts_is_a_danger():
    assert found(called(REPLICATION, 3, dst=DC_IP)) == [(PC, Severity.DANGER, "DCSync")]


@pytest.mark.parametrize(
    "before",
    [
        called(REPLICATION, 2, src=DC_IP, dst=PC_IP),
        NetbiosTold(at=0, mac=PC, src=PC_IP, roles=("domain_controller",)),
        KerberosAnswered(
            at=0, mac=PC, src=PC_IP, dst=OTHER_IP, sport=88, dport=1, kind="error", code=25
        ),
    ],
)
def test_domain_controllers_replicate(before):
    """One tells the other that there is news, announces itself, or answers Kerberos."""
    assert found(before, called(REPLICATION, 3, dst=DC_IP)) == []


def test_three_services_for_which_rc4_is_wanted_are_a_danger():
    assert found(*map(asks, "abc")) == [(PC, Severity.DANGER, "Kerberoasting, RC4")]
    assert found(*map(asks, "ab")) == []


def test_twenty_services_whatever_their_tickets_are_a_warning():
    marks = [str(number) for number in range(20)]
    assert found(*map(given, marks)) == [(PC, Severity.WARNING, "Kerberoasting")]
    assert found(*map(given, marks[:19])) == []


def test_two_accounts_let_in_without_a_proof_are_a_danger():
    unproven = asks("", kind="logon", proof=False)
    facts = [fact for mark in "ab" for fact in (unproven, given(mark, kind="logon"))]
    assert found(*facts) == [(PC, Severity.DANGER, "AS-REP roasting")]
    assert found(*facts[:2]) == []


def test_five_machines_whose_shares_are_listed_are_a_warning():
    facts = [called(SHARES, 15, at=n, dst=Ip(f"192.168.1.{30 + n}")) for n in range(8)]
    (alert,) = told(*facts)
    assert (alert.severity, alert.words["how"]) == (Severity.WARNING, "net view")
    assert found(*facts[:4]) == []


def test_a_copier_lists_shares_to_file_what_it_scans():
    facts = [called(SHARES, 15, at=n, dst=Ip(f"192.168.1.{30 + n}")) for n in range(8)]
    assert found(*facts, network=declared(PC, "printer")) == []


def test_what_goes_on_is_told_once_in_ten_minutes():
    (alert,) = told(*(called(SERVICES, CREATE, at=1 + 10.0 * n) for n in range(120)))
    assert alert.count == 2


def test_memory_stays_within_its_limit():
    detector = LateralMovement(Limits(pairs=64))
    for number in range(1000):
        src = Ip(f"10.0.{number // 250}.{number % 250}")
        list(detector.see(called(SERVICES, CREATE, src=src), inventory()))
    assert detector.dropped() > 900
