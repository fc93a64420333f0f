"""A machine encrypts the files on a share."""

import pytest

from appliance.detectors.ransomware import Limits, Ransomware
from appliance.model import Severity
from tests.kit.check import alerts
from tests.kit.sharing import NAS_IP, PC, PC_IP, TEXT, Work


def said(facts, **limits):
    return [
        (alert.about, alert.words["files"], alert.words["endings"])
        for alert in alerts(Ransomware(Limits(**limits)), *facts)
    ]


def encrypted(work: Work, count: int, ending: str = "", folder: str = "a", first: int = 0):
    """Give how many files are read, overwritten, and perhaps renamed."""
    for number in range(first, first + count):
        path = f"{folder}/{number}.txt"
        yield from work.read(path)
        yield from work.write(path)
        if ending:
            yield from work.rename(path, f"{path}.{ending}")


def test_eight_lost_files_are_a_danger():
    """And seven are none."""
    assert said(encrypted(Work(), 7)) == []
    (alert,) = alerts(Ransomware(Limits()), *encrypted(Work(), 8))
    assert (alert.about, alert.severity, alert.count) == (PC, Severity.DANGER, 1)
    assert (alert.src_ip, alert.dest_ip, alert.words["files"]) == (PC_IP, NAS_IP, "8")


def test_it_is_said_again_for_each_handful():
    (alert,) = alerts(Ransomware(Limits(files=4)), *encrypted(Work(), 21))
    assert (alert.count, alert.words["files"]) == (5, "20")


def test_the_ending_is_named_where_it_is_known():
    assert said(encrypted(Work(), 9, "lockbit")) == [(PC, "8", ".lockbit")]
    assert said(encrypted(Work(), 9, "x7k")) == [(PC, "8", "")]


def test_slow_losses_are_forgotten():
    """One a minute is no ransomware; and a day later everything begins anew."""
    work, facts = Work(), []
    for number in range(20):
        facts += encrypted(work, 1, first=number)
        work.at += 60
    assert said(facts) == []


def test_a_note_in_three_folders_counts_for_half():
    def notes(work: Work, count: int):
        for folder in range(count):
            path = f"folder-{folder}/how_to_recover_files.txt"
            yield from work.write(path, TEXT, result="created")

    work = Work()
    assert said([*notes(work, 20)]) == []
    assert said([*notes(work, 3), *encrypted(work, 3)]) == []
    assert said([*notes(work, 3), *encrypted(work, 4)]) == [(PC, "4", "")]
    assert said([*notes(work, 2), *encrypted(work, 4)]) == []


def test_deleted_backups_count_for_a_quarter_and_never_alone():
    def deleted(work: Work, count: int):
        for number in range(count):
            yield from work.delete(f"sauvegarde/{number}.bak")

    work = Work()
    assert said(deleted(work, 50)) == []
    assert said([*deleted(work, 3), *encrypted(work, 6)]) == [(PC, "6", "")]
    assert said([*deleted(work, 2), *encrypted(work, 6)]) == []


@pytest.mark.parametrize(
    ("endings", "new", "told"),
    [
        (("jpg", "pdf", "docx"), "x7k", 1),
        (("jpg",), "x7k", 0),
        (("jpg", "pdf", "docx"), "done", 0),
        (("jpg", "pdf", "docx"), "", 0),
    ],
)
def test_one_unknown_ending_behind_files_of_all_kinds(endings, new: str, told: int):
    """Not behind those of one kind, and not one that programs mark files with."""
    work, facts = Work(), []
    for number in range(18):
        path = f"a/{number}.{endings[number % len(endings)]}"
        facts += work.rename(path, f"{path}.{new}" if new else f"a/new-{path[2:]}")
    assert len(said(facts)) == told


def test_two_machines_are_two_troubles():
    other = Work(mac="02:00:00:00:00:0c", ip="192.168.1.12")
    facts = [*encrypted(Work(), 6), *encrypted(other, 6)]
    assert said(facts) == []
    assert len(said([*facts, *encrypted(Work(), 8, folder="b"), *encrypted(other, 8)])) == 2


def test_what_had_to_be_forgotten_is_counted():
    detector = Ransomware(Limits(remembered=64))
    alerts(detector, *encrypted(Work(), 200))
    assert detector.dropped() > 100
