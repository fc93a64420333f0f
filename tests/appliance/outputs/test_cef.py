"""An alert as a collector of CEF reads it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Severity
from appliance.outputs.cef import event
from appliance.outputs.syslog import line
from tests.appliance.outputs.samples import item


def read(text: str) -> tuple[list[str], dict[str, str]]:
    """Read an event as the format's paper says: the head by its bars, the rest by its keys."""
    *head, rest = re.split(r"(?<!\\)(?:\\\\)*\|", text, maxsplit=7)
    pairs = re.findall(r"(\w+)=((?:[^=\\]|\\.)*)(?: (?=\w+=)|$)", rest)
    return head, {key: re.sub(r"\\(.)", r"\1", value) for key, value in pairs}


def test_a_collector_finds_severity_device_and_addresses() -> None:
    head, rest = read(event(item(severity=Severity.DANGER, details=True)))
    assert (head[0], head[1], head[4], head[6]) == ("CEF:0", "Vigie", "brute_force", "10")
    assert (rest["dvchost"], rest["cs1"], rest["src"]) == ("Capteur 2", "sensor", "192.168.1.10")
    assert rest["externalId"] == item(severity=Severity.DANGER).id


def test_it_goes_out_in_a_message_of_syslog() -> None:
    assert " - CEF:0|Vigie|" in line(item(), "box", in_cef=True)


@given(st.text(st.sampled_from("a|=\\\n\r é"), min_size=1, max_size=20))
def test_no_name_adds_a_key(name: str) -> None:
    plain = read(event(item()))[1]
    assert set(read(event(item(name=name)))[1]) <= set(plain)
