"""What becomes of files, worked out from single requests."""

import pytest

from appliance.detectors.ransomware_files import Lost, Oddity, Shares
from tests.kit.sharing import DICE, NAS_IP, PC, PC_IP, PHOTO, TEXT, Work


def signs(facts, **how):
    shares = Shares(**{"limit": 1000, "seconds": 300.0} | how)
    return [sign for fact in facts for sign in shares.see(fact)]


def lost(facts, **how):
    return [sign.how for sign in signs(facts, **how) if isinstance(sign, Lost)]


def odd(facts):
    return [sign.what for sign in signs(facts) if isinstance(sign, Oddity)]


def test_readable_content_that_is_overwritten_with_dice_is_lost():
    """Once, however much of it is; and it is the client who did it."""
    work = Work()
    facts = [*work.read("a/b.txt"), *work.write("a/b.txt"), *work.write("a/b.txt", offset=512)]
    (sign,) = signs(facts)
    assert (sign.mac, sign.pair, sign.how) == (PC, (PC_IP, NAS_IP), "overwritten")


@pytest.mark.parametrize(
    "content", [TEXT, PHOTO, DICE[:100], b"PK\3\4" + DICE], ids=["text", "photo", "short", "zip"]
)
def test_what_is_no_dice_is_no_loss(content: bytes):
    work = Work()
    assert lost([*work.read("a/b.docx"), *work.write("a/b.docx", content)]) == []


def test_what_was_dice_before_may_be_dice_again():
    """A vault, an encrypted container."""
    work = Work()
    facts = [*work.read("a/b.vault", DICE), *work.write("a/b.vault", DICE[::-1])]
    assert lost(facts) == []


def test_what_follows_a_head_belongs_to_it():
    """A photo written over another, in pieces; compressed bytes look like dice."""
    work = Work()
    file, opened = work.open("a/b.jpg", "overwritten")
    pieces = [work.write("a/b.jpg", *piece)[2] for piece in ((PHOTO, 0), (DICE, 512))]
    assert pieces[0].file != file
    told = [
        work.asks(
            "writes",
            0,
            file=file,
            offset=it.offset,
            sampled=it.sampled,
            entropy=it.entropy,
            begins=it.begins,
        )
        for it in pieces
    ]
    assert lost([*work.read("a/b.jpg", PHOTO), *opened, *told]) == []


def test_a_photo_that_begins_like_dice_is_broken():
    """Nobody need have read it; of other kinds of file nothing is sure."""
    work = Work()
    assert lost(work.write("a/b.jpg")) == ["broken"]
    assert lost(work.write("a/b.fic")) == []
    assert lost(work.write("a/b.jpg", offset=4096)) == []


def test_dice_and_an_unknown_ending_are_a_loss_in_either_order():
    work = Work()
    first = [*work.write("a/b.fic", offset=512), *work.rename("a/b.fic", "a/b.fic.x7k")]
    assert lost(first) == ["renamed"]
    second = [*work.rename("a/c.fic", "a/c.fic.x7k"), *work.write("a/c.fic.x7k", offset=512)]
    assert lost(second) == ["renamed"]
    assert lost([*work.write("a/d.fic", offset=512), *work.rename("a/d.fic", "a/d.bak")]) == []


def test_an_ending_of_ransomware_is_enough():
    work = Work()
    assert lost(work.rename("a/b.jpg", "a/b.jpg.lockbit")) == ["renamed"]


def test_a_copy_of_dice_for_what_is_deleted():
    """Before or after."""
    work = Work()
    copy = work.write("a/0f3c", result="created")
    assert lost([*work.read("a/b.txt"), *copy, *work.delete("a/b.txt")]) == ["copied"]
    gone = [*work.read("a/c.txt"), *work.delete("a/c.txt")]
    assert lost([*gone, *work.write("a/c.txt.x7k", result="created")]) == ["copied"]


@pytest.mark.parametrize(
    ("path", "content"), [("z/0f3c", DICE), ("a/all.zip", b"PK\3\4" + DICE), ("a/x.vbk", DICE)]
)
def test_an_archive_is_no_copy(path: str, content: bytes):
    """In another folder, with the head of its format, or with an ordinary ending."""
    work = Work()
    facts = [*work.read("a/b.txt"), *work.write(path, content, result="created")]
    assert lost([*facts, *work.delete("a/b.txt")]) == []


def test_one_copy_stands_for_one_file():
    work = Work()
    facts = work.write("a/0f3c", result="created")
    for number in range(5):
        facts += [*work.read(f"a/{number}.txt"), *work.delete(f"a/{number}.txt")]
    assert lost(facts) == ["copied"]


def test_dice_that_are_moved_over_an_original():
    """Once, also where the first try is refused."""
    work = Work()
    facts = [*work.read("a/b.docx"), *work.write("a/b.tmp", result="created")]
    facts += [*work.rename("a/b.tmp", "a/b.docx"), *work.rename("a/b.tmp", "a/b.docx")]
    assert lost(facts) == ["copied"]
    fresh = [*work.write("a/c.tmp", result="created"), *work.rename("a/c.tmp", "a/c.docx")]
    assert lost(fresh) == ["broken"]


def test_documents_saved_as_office_programs_do_are_not_lost():
    work = Work()
    facts = [
        *work.read("a/b.docx", b"PK\3\4" + DICE),
        *work.write("a/~wrd0.tmp", b"PK\3\4" + DICE, result="created"),
        *work.rename("a/b.docx", "a/~wrl0.tmp"),
        *work.rename("a/~wrd0.tmp", "a/b.docx"),
        *work.delete("a/~wrl0.tmp"),
    ]
    assert signs(facts) == []


def test_oddities_are_told():
    work = Work()
    note = work.write("a/how_to_recover_files.txt", TEXT, result="created")
    assert odd(note) == ["note"]
    assert odd(work.write("a/how_to_recover_files.txt", TEXT)) == []
    assert odd(work.rename("a/b.jpg", "a/b.jpg.x7k")) == ["renamed"]
    assert odd(work.rename("a/b.jpg", "a/b.jpg.done")) == []
    assert odd(work.rename("a/b.jpg", "a/c.jpg")) == []
    assert odd(work.delete("a/b.bak")) == ["backup"]


def test_what_a_server_refuses_did_not_happen():
    work = Work()
    file, (opens, _) = work.open("a/b.jpg")
    facts = [opens, work.answers("refused", opens.message), work.asks("writes", 0, file=file)]
    assert signs(facts) == []


def test_after_a_while_a_file_is_a_new_one():
    work = Work()
    read = work.read("a/b.txt")
    work.at += 400
    assert lost([*read, *work.write("a/b.txt")]) == []


def test_two_clients_do_not_mix():
    """One reads, and another writes what looks like dice."""
    one, two = Work(), Work(ip=NAS_IP, sport=50_001)
    assert lost([*one.read("a/b.txt"), *two.write("a/b.txt")]) == []


def test_what_is_remembered_is_bounded():
    work = Work()
    shares = Shares(limit=64, seconds=300.0)
    for number in range(500):
        for fact in (*work.read(f"a/{number}.txt"), *work.delete(f"a/{number}.txt")):
            list(shares.see(fact))
    assert shares.dropped > 400
