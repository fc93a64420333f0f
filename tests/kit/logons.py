"""What machines say when somebody logs on, made by scapy: NTLM messages, bare or wrapped."""

from typing import Any

from tests.kit.scapy_layers import layer

ntlm, gssapi, spnego = layer("ntlm"), layer("gssapi"), layer("spnego")

UNICODE, OEM, MACHINE, TARGET_INFO, VERSION = 0x1, 0x2, 0x2000, 0x800000, 0x2000000
WINDOWS_10 = (10, 0, 19041)
VARIANT = ntlm.NTLM_VARIANT.RECENT


def negotiate(
    version: tuple[int, int, int] = WINDOWS_10, machine: bytes = b"", domain: bytes = b""
) -> Any:
    """Give a NEGOTIATE; a *machine* is named with the flag that says so."""
    flags = OEM | VERSION | (MACHINE if machine else 0)
    return ntlm.NTLM_NEGOTIATE(
        VARIANT=VARIANT,
        NegotiateFlags=flags,
        WorkstationName=machine,
        DomainName=domain,
        **_spelt(version),
    )


def challenge(
    names: dict[int, str], version: tuple[int, int, int] = WINDOWS_10, secret: bytes = b"8 bytes!"
) -> Any:
    """Give a CHALLENGE whose target info has *names* by their kinds: 1 NetBIOS, 3 DNS."""
    pairs = [ntlm.AV_PAIR(AvId=kind, Value=name) for kind, name in names.items()]
    return ntlm.NTLM_CHALLENGE(
        VARIANT=VARIANT,
        NegotiateFlags=UNICODE | TARGET_INFO | VERSION,
        ServerChallenge=secret,
        TargetName="CABINET",
        TargetInfo=[*pairs, ntlm.AV_PAIR(AvId=0)],
        **_spelt(version),
    )


def authenticate(
    machine: str,
    version: tuple[int, int, int] = WINDOWS_10,
    user: str = "somebody",
    domain: str = "CABINET",
    response: bytes = b"",
    unicode: bool = True,
) -> Any:
    """Give an AUTHENTICATE; *response* is cut into both responses and the session key."""
    return ntlm.NTLM_AUTHENTICATE(
        VARIANT=VARIANT,
        NegotiateFlags=VERSION | (UNICODE if unicode else OEM),
        LmChallengeResponse=ntlm.LM_RESPONSE(Response=response[:24]),
        NtChallengeResponse=ntlm.NTLM_RESPONSE(Response=response[24:48]),
        DomainName=domain,
        UserName=user,
        Workstation=machine,
        EncryptedRandomSessionKey=response[48:],
        **_spelt(version),
    )


def _spelt(version: tuple[int, int, int]) -> dict[str, int]:
    names = ("ProductMajorVersion", "ProductMinorVersion", "ProductBuild")
    return {**dict(zip(names, version, strict=True)), "NTLMRevisionCurrent": 15}


def offered(message: Any) -> Any:
    """Wrap a client's first *message* in SPNEGO, as GSS-API begins."""
    token = spnego.SPNEGO_negTokenInit(
        mechTypes=[spnego.SPNEGO_MechType(oid="1.3.6.1.4.1.311.2.2.10")],
        mechToken=spnego.SPNEGO_Token(value=message),
    )
    inner = spnego.SPNEGO_negToken(token=token)
    return gssapi.GSSAPI_BLOB(innerToken=inner)


def answered(message: Any) -> Any:
    """Wrap a later *message* in SPNEGO."""
    return spnego.SPNEGO_negToken(
        token=spnego.SPNEGO_negTokenResp(
            negState=1, responseToken=spnego.SPNEGO_Token(value=message)
        )
    )
