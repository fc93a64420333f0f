"""Where the pages listen, and what the box is called."""

import socket

import pytest

from web.address import Listen, is_private, listen, own_addresses, own_names


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("[::1]:443", "::1", 443),
        ("0.0.0.0:443", "0.0.0.0", 443),
        ("localhost:1", "localhost", 1),
    ],
)
def test_an_address_and_its_port_are_read(text: str, host: str, port: int) -> None:
    assert listen(text) == Listen(host=host, port=port)


@pytest.mark.parametrize("text", ["", ":80", "80", "a:", "a:0", "a:65536", "a:-1", "a:²", "a:x"])
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not an address and a port"):
        listen(text)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("vigie.local", False),
    ],
)
def test_only_loopback_is_private_enough_for_plain_http(host: str, loopback: bool) -> None:
    assert Listen(host=host, port=80).loopback is loopback


def test_the_address_to_type_leaves_the_usual_port_out() -> None:
    assert Listen(host="127.0.0.1", port=8080).url == "http://127.0.0.1:8080"
    assert Listen(host="192.168.1.2", port=443).url == "https://192.168.1.2"
    assert Listen(host="fd00::2", port=8443).url == "https://[fd00::2]:8443"
    assert Listen(host="0.0.0.0", port=443).url == f"https://{socket.gethostname()}"


def test_the_boxs_own_addresses_are_private_and_can_be_bound_to() -> None:
    found = own_addresses()
    assert {"127.0.0.1", "::1"} <= set(found)
    assert all(is_private(address) for address in found)


def test_public_addresses_are_not_private() -> None:
    assert not is_private("93.184.216.34")
    assert not is_private("2a01:cb00::1")
    assert is_private("10.1.2.3")


def test_the_box_has_the_installers_names_and_its_own() -> None:
    names = own_names(("Vigie.Cabinet.example",))
    short = socket.gethostname().lower().partition(".")[0]
    assert {"vigie.cabinet.example", "localhost", short, f"{short}.local"} <= names
