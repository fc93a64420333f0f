"""The lines of the report about devices."""

from tests.evaluate.identities import Heard, report

SURE = {"kind": "certain", "maker": "guess", "model": "guess", "os": "guess"}
CAMERA = {
    "mac": "02:00:00:00:00:0a",
    "ips": ["192.0.2.3"],
    "gateway": False,
    "kind": "printer",
    "maker": "",
    "os": "",
    "sure": SURE,
}


def heard(name: str, expected: str) -> Heard:
    row = {"category": "device-id", "truth": "", "victim_or_subject_ip": "192.0.2.3"}
    return Heard(name=name, row=row | {"expected": expected}, devices=[CAMERA])


def test_each_device_is_told_with_what_was_expected_and_found() -> None:
    lines = list(report([heard("a.pcap", "inventory: Canon camera"), heard("b.pcap", "silent")]))
    assert [line.split()[-4:] for line in lines[1:5]] == [
        ["0", "0", "1", "0"],
        ["0", "0", "0", "1"],
        ["0", "0", "0", "0"],
        ["0", "0", "1", "1"],
    ]
    assert lines[5] == "device: a.pcap: 192.0.2.3 (02:00:00:00:00:0a)"
    assert lines[6].split() == [
        *("kind", "camera", "found", "printer", "(certain)", "CONFIDENTLY", "WRONG"),
    ]
    assert lines[7].split() == ["maker", "canon", "found", "-", "nothing", "said"]
    assert lines[8].startswith("not judged: b.pcap: names no")


def test_of_nothing_heard_nothing_is_counted() -> None:
    lines = list(report([]))
    assert lines[0].split()[0] == "identified"
    assert len(lines) == 5
