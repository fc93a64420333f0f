"""Whose bundles are taken: one public key, and whoever has root on the box may name another."""

from importlib import resources
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from appliance.update.release import CannotUse

SHIPPED = "release.pem"
"""In ``appliance/data/``: the key of who makes releases. A checkout without one trusts nobody."""

OWN = Path("/etc/vigie/release.pem")
"""The key of who makes releases of their own; takes the place of the one that is shipped."""


def key(own: Path = OWN) -> Ed25519PublicKey:
    """Give the key by which bundles must be signed; raises CannotUse where there is none."""
    shipped = resources.files("appliance.data") / SHIPPED
    try:
        text = own.read_bytes() if own.exists() else shipped.read_bytes()
        found = load_pem_public_key(text)
    except (OSError, ValueError, UnsupportedAlgorithm):
        raise CannotUse("no_key") from None
    if not isinstance(found, Ed25519PublicKey):
        raise CannotUse("no_key")
    return found
