"""Alerts for a log server."""

import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config_outputs import Syslog
from appliance.model import Severity
from appliance.outputs.message import Kind
from appliance.outputs.syslog import SyslogWay, line
from appliance.outputs.way import Later
from tests.appliance.outputs.samples import item
from tests.kit.receivers import HERE, identity, log_server

MESSAGE = re.compile(
    r"<(?P<pri>\d{1,3})>1 (?P<at>\S+) (?P<host>[!-~]{1,255}) vigie - (?P<msgid>[!-~]{1,32}) "
    r'(?P<data>\[vigie@32473(?: [a-z]+="(?:[^"\\\]]|\\["\\\]])*")*\]) (?P<text>.*)'
)
"""The grammar of RFC 5424 section 6, as far as we use it."""


@pytest.mark.parametrize("secure", [True, False], ids=["TLS", "TCP"])
def test_a_log_server_gets_the_message_whole(secure: bool, tmp_path: Path) -> None:
    me = identity(tmp_path) if secure else None
    with log_server(me) as server:
        about = Syslog(
            host=HERE,
            port=server.port,
            security="tls" if me else "none",
            trust_file=str(me.file) if me else "",
        )
        way = SyslogWay(about, "box", patience=5)
        way.send(item(1))
        way.send(item(2, Severity.DANGER))
    assert server.got == [
        line(item(1), "box", in_cef=False),
        line(item(2, Severity.DANGER), "box", in_cef=False),
    ]


def test_the_message_follows_the_grammar() -> None:
    found = MESSAGE.fullmatch(line(item(severity=Severity.DANGER), "box.lan", in_cef=False))
    assert found
    assert (found["pri"], found["host"], found["msgid"]) == (str(13 * 8 + 1), "box.lan", "alert")
    assert found["at"] == "2026-11-25T11:00:00.000+00:00"
    assert 'device="Capteur 2" kind="sensor"' in found["data"]


def test_a_log_is_told_by_which_part_of_the_box_the_line_was_cut() -> None:
    content = {"subject": "cut", "data": {"part": "button", "at": "2026-11-25T11:00:00+00:00"}}
    told = replace(item(), kind=Kind.PROVEN, alert="", content=content)
    found = MESSAGE.fullmatch(line(told, "box", in_cef=False))
    assert found is not None
    assert found["msgid"] == "isolated_proven"
    assert 'by="button"' in found["data"]


def test_details_are_there_only_where_they_are_wanted() -> None:
    assert "192.168.1.10" not in line(item(), "box", in_cef=False)
    assert 'src="192.168.1.10"' in line(item(details=True), "box", in_cef=False)


@given(st.text(max_size=80), st.text(max_size=20))
def test_no_name_breaks_the_grammar(name: str, host: str) -> None:
    found = MESSAGE.fullmatch(line(item(name=name or "x"), host, in_cef=False))
    assert found
    assert len(found[0].splitlines()) == 1


def test_a_server_that_does_not_hang_up_is_taken_at_its_kernels_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("appliance.outputs.syslog._GOODBYE", 0.1)
    with socket.create_server((HERE, 0)) as mute:
        about = Syslog(host=HERE, port=mute.getsockname()[1], security="none")
        SyslogWay(about, "box", patience=5).send(item())
        connection, _ = mute.accept()
        with connection, connection.makefile("rb") as stream:
            told = line(item(), "box", in_cef=False).encode()
            assert stream.read() == b"%d %b" % (len(told), told)


def test_nobody_who_listens_is_a_reason_to_try_again() -> None:
    with log_server() as server:
        pass
    about = Syslog(host=HERE, port=server.port, security="none")
    with pytest.raises(Later, match="refused"):
        SyslogWay(about, "box", patience=5).send(item())
