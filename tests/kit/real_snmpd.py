"""Debian's own SNMP agent on loopback, with a user of version 3: what no code of ours speaks."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.config_switch import Switch
from tests.lab.awaiting import until

USER, AUTH, PRIVACY = "vigie", "un mot de passe", "un autre mot de passe"
SNMPD = shutil.which("snmpd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_HOW = {"sha": "SHA", "sha256": "SHA-256", "sha512": "SHA-512", "aes": "AES", "des": "DES"}

# Only what may be written is 1.3.6.1.2.1.2 (its ports), and 1.3.6.1.2.1.11.30 (whether it tells of
# refusals), which a test without rights may write.
_SETTINGS = """\
agentAddress udp:{address}:{port}
createUser {user} {auth} "{auth_word}" {privacy} "{privacy_word}"
view ports included .1.3.6.1.2.1.2
view ports included .1.3.6.1.2.1.31
view ports included .1.3.6.1.2.1.11.30
rwuser {user} priv -V ports
"""


def configured(
    folder: Path,
    address: str,
    port: int,
    auth: str = "sha256",
    privacy: str = "aes",
    uplink: str = "",
) -> Switch:
    """Write the agent's configuration and the secrets into *folder*; give our settings."""
    (folder / "snmpd.conf").write_text(
        _SETTINGS.format(
            address=address,
            port=port,
            user=USER,
            auth=_HOW[auth],
            auth_word=AUTH,
            privacy=_HOW[privacy],
            privacy_word=PRIVACY,
        )
    )
    (folder / "auth").write_text(AUTH + "\n")
    (folder / "privacy").write_text(PRIVACY + "\n")
    return Switch(
        address=address,
        port=port,
        uplink=uplink,
        user=USER,
        auth=auth,
        auth_file=str(folder / "auth"),
        privacy=privacy,
        privacy_file=str(folder / "privacy"),
    )


def command(folder: Path) -> list[str]:
    """Give the command that runs the agent which `configured` wrote down."""
    assert SNMPD is not None
    kept = ["env", f"SNMP_PERSISTENT_DIR={folder / 'kept'}", "MIBS="]
    return [*kept, SNMPD, "-f", "-Lo", "-C", "-c", str(folder / "snmpd.conf"), "-I", "-smux"]


@contextmanager
def real_snmpd(
    folder: Path, auth: str = "sha256", privacy: str = "aes", port: int = 0
) -> Iterator[Switch]:
    """Have it answer on loopback, at *port* or any that is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    settings = configured(folder, "127.0.0.1", port, auth, privacy, uplink="lo")
    with (folder / "snmpd.log").open("wb") as log:
        agent = subprocess.Popen(command(folder), stdout=log, stderr=log)
    try:
        until("the agent listens", 10, lambda: _listens(port))
        yield settings
    finally:
        agent.terminate()
        agent.wait()


def _listens(port: int) -> bool:
    rows = Path("/proc/net/udp").read_text().splitlines()[1:]
    return any(int(row.split()[1].rpartition(":")[2], 16) == port for row in rows)
