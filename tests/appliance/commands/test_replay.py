"""``vigie replay`` on the command line: JSON lines out, one sentence for what is no capture."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.cli import main
from appliance.model import Frame
from tests.kit import headers
from tests.kit.capture import pcap, pcapng
from tests.kit.examples import usually
from tests.kit.vigie import COMMAND, ROOT, one_sentence, vigie

CAPTURES = ROOT / "tests/captures"
LISTED = CAPTURES / "known_bad/listed_name.pcap"
UNKNOWN = CAPTURES / "new_device/telephone_of_a_visitor.pcap"


def events(said: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.splitlines()]


def spoke(said: str) -> list[object]:
    return [event["detector"] for event in events(said) if event["event_type"] == "alert"]


def test_alerts_come_first_then_devices_then_the_summary(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["replay", str(LISTED), "--known", str(LISTED.with_suffix(".toml"))]) == 0
    kinds = [event["event_type"] for event in events(capsys.readouterr().out)]
    assert kinds == ["alert", "alert", "device", "device", "summary"]


def test_a_newcomer_is_told_only_where_devices_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And not while new devices are being learnt."""
    known = ["--known", str(UNKNOWN.with_suffix(".toml"))]
    for more, heard in (([], []), (known, ["new_device"]), ([*known, "--learn", "3600"], [])):
        assert main(["replay", str(UNKNOWN), *more]) == 0
        assert spoke(capsys.readouterr().out) == heard


def test_home_says_what_is_inside(capsys: pytest.CaptureFixture[str]) -> None:
    """A listed address that is one of the practice's own is no stranger on the internet."""
    file = CAPTURES / "known_bad/listed_address.pcap"
    known = ["--known", str(file.with_suffix(".toml"))]
    for more, heard in (([], ["known_bad"]), (["203.0.113.0/24"], [])):
        assert main(["replay", str(file), *known, "--home", "192.168.50.0/24", *more]) == 0
        assert spoke(capsys.readouterr().out) == heard


def test_alerts_speak_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    titles = []
    for more in ([], ["--lang", "fr"], ["--lang", "en"]):
        main(["replay", str(CAPTURES / "port_scan/nmap_half_open.pcap"), *more])
        titles.append(events(capsys.readouterr().out)[0]["title"])
    assert titles[0] == titles[1] != titles[2]


def test_several_files_are_several_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(LISTED), str(UNKNOWN)]) == 0
    told = [event for event in events(capsys.readouterr().out) if event["event_type"] == "summary"]
    assert [summary["file"] for summary in told] == [LISTED.name, UNKNOWN.name]


PCAP = pcap([Frame(1.0, headers.ether(b"x" * 50, "02:00:00:00:00:0a"))])
NO_CAPTURES = {
    "empty": (b"", "is empty"),
    "random": (bytes(range(256)), "is no capture"),
    "text": (b"hello\n", "is no capture"),
    "half a header": (PCAP[:20], "ends within its head"),
    "half a magic": (PCAP[:3], "is no capture"),
    "half a pcapng": (pcapng([Frame(1.0, b"x" * 60)])[:20], ""),
    "wifi": (PCAP[:20] + b"\x69\0\0\0" + PCAP[24:], "802.11"),
    "unknown link": (PCAP[:20] + b"\xf0\0\0\0" + PCAP[24:], "type 240"),
    "empty gzip": (b"\x1f\x8b", ""),
}


@pytest.mark.parametrize("kind", NO_CAPTURES)
def test_what_is_no_capture_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    content, words = NO_CAPTURES[kind]
    file = tmp_path / "file"
    file.write_bytes(content)
    assert main(["replay", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert one_sentence(said.err)
    assert said.err.startswith(f"vigie: {file}: ")
    assert words in said.err


@pytest.mark.parametrize("name", ["nowhere.pcap", "."])
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """None is there, or it is a folder."""
    assert main(["replay", str(tmp_path / name)]) == 2
    assert one_sentence(capsys.readouterr().err)


def test_the_other_files_are_read_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(tmp_path / "nowhere.pcap"), str(LISTED)]) == 2
    said = capsys.readouterr()
    assert one_sentence(said.err)
    assert events(said.out)[-1]["file"] == LISTED.name


@pytest.mark.parametrize("cut", [25, 41, 100, 5000])
def test_a_capture_cut_short_is_read_up_to_the_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cut: int
) -> None:
    """As a sensor that lost power leaves it."""
    file = tmp_path / "cut.pcap"
    file.write_bytes(LISTED.read_bytes()[:cut])
    assert main(["replay", str(file)]) == 0
    assert events(capsys.readouterr().out)[-1]["event_type"] == "summary"


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "300.0.0.0/8"],
        ["--home", "192.168.1.7/24"],
        ["--known", "/nowhere.toml"],
        ["--known", str(LISTED)],
        ["--known", "/"],
    ],
)
def test_what_is_known_of_the_site_must_make_sense(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["replay", str(LISTED), *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert one_sentence(said.err)


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "long"])
def test_learning_takes_a_number_of_seconds(
    capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["replay", str(LISTED), f"--learn={seconds}"])
    assert caught.value.code == 2
    assert f"invalid seconds value: '{seconds}'" in capsys.readouterr().err


def test_a_known_file_of_endless_depth_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "known.toml"
    file.write_text("a = " + "[" * 9000)
    assert main(["replay", str(LISTED), "--known", str(file)]) == 2
    assert one_sentence(capsys.readouterr().err)


def test_the_output_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    """And a file's name that is no text at all is no reason to fall over."""
    file = tmp_path / "caf\udce9.pcap"
    file.write_bytes((CAPTURES / "port_scan/nmap_half_open.pcap").read_bytes())
    done = subprocess.run(
        [*COMMAND, "replay", str(file)],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    told = events(done.stdout.decode("utf-8"))
    assert "\N{NARROW NO-BREAK SPACE}" in json.dumps(told, ensure_ascii=False)
    assert told[-1]["file"] == "caf?.pcap"


def test_a_reader_that_has_gone_is_no_trouble() -> None:
    """As in ``vigie replay … | head -1``."""
    command = " ".join((*COMMAND, "replay", *[str(LISTED)] * 40))
    done = subprocess.run(
        ["sh", "-c", f"{{ {command}; echo status $? >&2; }} | head -c 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("{", "status 0\n")


def test_it_runs_as_a_program_of_its_own() -> None:
    done = vigie("replay", LISTED)
    assert (done.returncode, done.stderr) == (0, "")
    assert events(done.stdout)[-1]["packets"] == 23


ANY_FILE = st.binary() | st.builds(
    lambda start, where, junk: start[: where % 300] + junk + start[where % 300 + len(junk) :],
    st.sampled_from([LISTED.read_bytes()[:3000], pcapng([Frame(1.0, b"x" * 60)] * 9)]),
    st.integers(0),
    st.binary(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=usually(150))
@given(content=ANY_FILE)
def test_any_bytes_are_a_capture_or_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    """Never a traceback, never half an answer; where it is read, every line is JSON to the end."""
    file = tmp_path / "file"
    file.write_bytes(content)
    status = main(["replay", str(file)])
    said = capsys.readouterr()
    if status == 2:
        assert said.out == ""
        assert one_sentence(said.err)
    else:
        assert (status, said.err) == (0, "")
        told = [json.loads(line, parse_constant=float.fromhex) for line in said.out.splitlines()]
        assert told[-1]["event_type"] == "summary"
