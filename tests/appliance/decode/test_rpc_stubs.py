"""What is looked for in what procedures are handed."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import rpc_stubs
from tests.kit import procedures
from tests.kit.procedures import DFS, EFSRPC, FSS, NETLOGON, SAMR, SPOOLSS, pointed, text

SERVER = "192.0.2.20"
ZEROS, REAL = bytes(8), bytes.fromhex("00000000deadbeef")
AUTHENTICATE = {26: procedures.authenticate, 15: procedures.authenticate, 4: procedures.challenge}


@pytest.mark.parametrize("operation", AUTHENTICATE)
@pytest.mark.parametrize("name", ["DC1", "SRV", "A-LONGER-NAME", "X"])
def test_a_credential_of_zeros_is_seen_and_no_other(operation: int, name: str):
    """Wherever the length of names puts it."""
    made = AUTHENTICATE[operation]
    assert rpc_stubs.blank(NETLOGON, operation, made(ZEROS, name=name))
    assert not rpc_stubs.blank(NETLOGON, operation, made(REAL, name=name))
    assert not rpc_stubs.blank(NETLOGON, 21, made(ZEROS, name=name))
    assert not rpc_stubs.blank(SAMR, operation, made(ZEROS, name=name))


def test_a_server_that_is_not_named_is_passed_over():
    """A pointer may be null."""
    stub = procedures.challenge(ZEROS)
    nameless = bytes(4) + stub[len(pointed(r"\\DC1")) :]
    assert rpc_stubs.blank(NETLOGON, 4, nameless)


@given(st.binary(max_size=120))
def test_sealed_bytes_are_not_blank(stub: bytes):
    """They look like dice."""
    found = rpc_stubs.blank(NETLOGON, 26, stub)
    assert not found or bytes(8) in stub


def driver(server: str, *paths: str) -> bytes:
    """Give about what RpcAddPrinterDriverEx is handed: a server, and paths behind pointers."""
    return pointed(server) + pack("<III", 2, 0x20004, 3) + b"".join(map(text, paths))


@pytest.mark.parametrize(
    "path", [r"\\203.0.113.5\share\evil.dll", r"\??\UNC\203.0.113.5\share\e.dll", r"\\PC-7\x\y.dll"]
)
def test_a_printer_driver_on_another_machine_is_far(path: str):
    stub = driver(rf"\\{SERVER}", "Generic", r"C:\Windows\a.dll", path)
    assert rpc_stubs.far(SPOOLSS, 89, stub, SERVER)
    assert not rpc_stubs.far(SPOOLSS, 1, stub, SERVER)


@pytest.mark.parametrize(
    ("server", "path"),
    [
        (r"\\PRINT1", r"\\PRINT1\print$\x64\driver.dll"),
        (r"\\print1.lan", r"\\PRINT1\print$\x64\driver.dll"),
        (r"\\PRINT1", rf"\\{SERVER}\print$\driver.dll"),
        (r"\\PRINT1", r"C:\Windows\System32\spool\drivers\x64\3\driver.dll"),
        (r"\\PRINT1", r"\\localhost\print$\driver.dll"),
        (r"\\PRINT1", r"\\.\pipe\driver"),
    ],
)
def test_a_print_servers_own_driver_is_not_far(server: str, path: str):
    """As when a driver is installed from the server's own share."""
    assert not rpc_stubs.far(SPOOLSS, 89, driver(server, "Generic", path), SERVER)


def test_an_encrypted_file_elsewhere_is_far():
    assert rpc_stubs.far(EFSRPC, 0, text(r"\\203.0.113.5\share\a.txt"), SERVER)
    assert rpc_stubs.far(EFSRPC, 4, text(r"\\ATTACKER@80/x\share\a.txt"), SERVER) is False
    assert rpc_stubs.far(EFSRPC, 4, text(r"\\ATTACKER@80\share\a.txt"), SERVER)
    assert not rpc_stubs.far(EFSRPC, 0, text(rf"\\{SERVER}\share\a.txt"), SERVER)
    assert not rpc_stubs.far(EFSRPC, 0, text(r"C:\share\a.txt"), SERVER)


@pytest.mark.parametrize("operation", [62, 65])
def test_a_machine_to_be_called_back_is_far_by_its_address(operation: int):
    """Ordinary clients give their name."""
    handle = bytes(20) + pack("<III", 0x100, 0, 0)
    assert rpc_stubs.far(SPOOLSS, operation, handle + pointed(r"\\203.0.113.5"), SERVER)
    assert rpc_stubs.far(SPOOLSS, operation, handle + pointed(r"\\pc7@80\x"), SERVER)
    assert not rpc_stubs.far(SPOOLSS, operation, handle + pointed(r"\\ALICE-PC"), SERVER)


def test_a_snapshot_of_another_machines_share_is_far_by_its_address():
    """A backup asks the file server for its own, by name."""
    assert rpc_stubs.far(FSS, 8, text(r"\\203.0.113.5\share"), SERVER)
    assert not rpc_stubs.far(FSS, 8, text(r"\\NAS\share"), SERVER)
    assert not rpc_stubs.far(FSS, 8, text(rf"\\{SERVER}\share"), SERVER)
    assert not rpc_stubs.far(FSS, 2, text(r"\\203.0.113.5\share"), SERVER)


def test_a_root_of_shares_on_another_machine_is_far_by_its_address():
    assert rpc_stubs.far(DFS, 13, text("203.0.113.5") + text("test"), SERVER)
    assert not rpc_stubs.far(DFS, 13, text("SRV") + text("test"), SERVER)
    assert not rpc_stubs.far(DFS, 13, text(SERVER) + text("test"), SERVER)


@given(
    st.sampled_from((NETLOGON, SPOOLSS, EFSRPC, DFS, FSS)),
    st.sampled_from((0, 4, 8, 13, 15, 26, 62, 89)),
    st.binary(max_size=200),
)
def test_no_bytes_make_it_raise(interface: str, operation: int, stub: bytes):
    for made in (stub, b"\\\0\\\0" + stub, text(stub.decode("latin-1"))):
        rpc_stubs.blank(interface, operation, made)
        rpc_stubs.far(interface, operation, made, SERVER)
