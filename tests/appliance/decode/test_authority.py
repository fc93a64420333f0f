"""Host and port of a link, against the standard library's reading of it."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.authority import authority

HOSTS = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda ip: f"[{ip}]"),
    st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}(\.[a-z]{2,5}){0,2}", fullmatch=True),
)
BEHIND = st.sampled_from(("", "/", "/a:1/b@c", "?q=http://other:1/", "#x"))
USERS = st.sampled_from(("", "alice@", "alice:secret@", "a:80@"))


@given(
    st.sampled_from(("http", "https", "HTTP")),
    USERS,
    HOSTS,
    st.integers(0, 65_535) | st.none(),
    BEHIND,
)
def test_host_and_port_of_a_link(scheme, user, host, port, behind):
    """Without user, path and query; a port that is not said is the scheme's."""
    link = f"{scheme}://{user}{host}{'' if port is None else f':{port}'}{behind}"
    there = urlsplit(link)
    usual = 443 if scheme == "https" else 80
    assert authority(link.encode()) == (there.hostname, usual if port is None else there.port)


@pytest.mark.parametrize(
    "link",
    [
        b"",
        b"http://",
        b"http:/a",
        b"ftp://a/",
        b"//a/",
        b"http://a b/",
        b"http://a:99999/",
        b"http://<img>/",
        b"http://\xff/",
        b"http://[::1/",
        b"http://" + b"a" * 256,
    ],
)
def test_what_is_no_such_link_has_no_host(link: bytes):
    """Nor a port."""
    assert authority(link) == ("", 0)


def test_an_address_without_brackets_is_taken_whole():
    """Some devices forget them: where its port begins cannot be told."""
    assert authority(b"http://fe80::1:80/") == ("fe80::1:80", 80)


@given(st.binary(max_size=400))
def test_any_bytes_are_read(link: bytes):
    """What comes out is plain and short."""
    host, port = authority(b"http://" + link)
    assert host.isascii()
    assert host.isprintable()
    assert len(host) <= 255
    assert 0 <= port <= 65_535
