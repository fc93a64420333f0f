"""JA4, by its specification's examples and against a second way to work it out."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.ja4 import GREASE, Numbers, fingerprint

# FoxIO's example (technical_details/JA4.md), in the order it is sent there.
CIPHERS = "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035"
EXTENSIONS = "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015"
SIGNATURES = "0403,0804,0401,0503,0805,0501,0806,0601"

NUMBERS = st.lists(st.integers(0, 65_535), max_size=120).map(tuple)


def numbers(spelt: str) -> Numbers:
    return tuple(int(each, 16) for each in spelt.split(","))


def example(**changed: object) -> str:
    offer: dict[str, object] = {
        "version": 0x0304,
        "ciphers": numbers(CIPHERS),
        "extensions": numbers(EXTENSIONS),
        "alpn": b"h2",
        "signatures": numbers(SIGNATURES),
    }
    return made(**{**offer, **changed})


def made(version, ciphers, extensions, alpn, signatures) -> str:
    return fingerprint(version, sent(ciphers), extensions, alpn, sent(signatures))


def sent(values: Numbers) -> bytes:
    return b"".join(value.to_bytes(2) for value in values)


def test_the_specifications_example():
    """A browser's hello."""
    assert example() == "t13d1516h2_8daaf6152771_e5627efa2ab1"


def test_without_signature_algorithms_the_second_list_is_left_out():
    """The specification's second example of the extensions' hash."""
    assert example(signatures=()) == "t13d1516h2_8daaf6152771_6d807ffa2a79"


def test_order_and_grease_do_not_matter():
    """Programs shuffle their extensions and throw in values to be ignored."""
    ciphers = (0x0A0A, *reversed(numbers(CIPHERS)), 0xFAFA)
    extensions = (0x1A1A, *reversed(numbers(EXTENSIONS)), 0x2A2A)
    assert example(ciphers=ciphers, extensions=extensions) == example()
    assert example(signatures=(0x5A5A, *numbers(SIGNATURES))) == example()


def test_the_order_of_signature_algorithms_does_matter():
    """They are kept as sent."""
    assert example(signatures=numbers(SIGNATURES)[::-1]) != example()


@pytest.mark.parametrize(
    ("version", "spelt"),
    [
        (0x0304, "13"),
        (0x0303, "12"),
        (0x0302, "11"),
        (0x0301, "10"),
        (0x0300, "s3"),
        (0x7F1C, "00"),
    ],
)
def test_the_version(version: int, spelt: str):
    """In two characters; 00 for what the specification does not name."""
    assert example(version=version)[1:3] == spelt


@pytest.mark.parametrize(
    ("alpn", "ends"),
    [
        (b"h2", "h2"),
        (b"http/1.1", "h1"),
        (b"h", "hh"),
        (b"", "00"),
        (bytes.fromhex("ab"), "ab"),
        (bytes.fromhex("abcd"), "ad"),
        (bytes.fromhex("30ab"), "3b"),
        (bytes.fromhex("3031abcd"), "3d"),
        (bytes.fromhex("30abcd31"), "01"),
    ],
)
def test_the_first_protocols_ends(alpn: bytes, ends: str):
    """The specification's examples."""
    assert example(alpn=alpn)[8:10] == ends


def test_nothing_offered():
    """What is empty has no hash; no server name is i."""
    assert example(ciphers=(0x0A0A,), extensions=()) == "t13i0000h2_000000000000_000000000000"
    assert example(extensions=(0, 16)) == "t13d1502h2_8daaf6152771_000000000000"


def second_way(
    version: int, ciphers: Numbers, extensions: Numbers, alpn: bytes, signatures: Numbers
) -> str:
    """The specification's text once more, over hexadecimal strings instead of numbers."""

    def spell(values: Numbers) -> list[str]:
        spelt = [f"{value:04x}" for value in values]
        return [each for each in spelt if not (each[:2] == each[2:] and each[1] == "a")]

    def cut(text: str) -> str:
        return sha256(text.encode()).hexdigest()[:12]

    c, e, s = spell(ciphers), spell(extensions), spell(signatures)
    rest = sorted(each for each in e if each not in ("0000", "0010"))
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    first, last = (chr(alpn[0]), chr(alpn[-1])) if alpn else ("0", "0")
    if first not in letters or last not in letters:
        first, last = alpn.hex()[0], alpn.hex()[-1]
    named = {0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3", 2: "s2"}
    counts = str(min(len(c), 99)).zfill(2) + str(min(len(e), 99)).zfill(2)
    head = "t" + named.get(version, "00") + ("d" if "0000" in e else "i") + counts + first + last
    hashed = [cut(",".join(sorted(c))) if c else "0" * 12, "0" * 12]
    if rest:
        hashed[1] = cut(",".join(rest) + ("_" + ",".join(s) if s else ""))
    return "_".join([head, *hashed])


@given(
    st.sampled_from((0x0304, 0x0303, 0x0301, 0x0300, 2, 0x0505)),
    NUMBERS,
    NUMBERS,
    st.binary(max_size=5),
    NUMBERS,
)
def test_both_ways_agree(version, ciphers, extensions, alpn, signatures):
    """For any offer."""
    ours = made(version, ciphers, extensions, alpn, signatures)
    assert ours == second_way(version, ciphers, extensions, alpn, signatures)


def test_grease_has_sixteen_values():
    """0x0a0a to 0xfafa (RFC 8701)."""
    assert sorted(GREASE) == [int(f"{digit:x}a{digit:x}a", 16) for digit in range(16)]
