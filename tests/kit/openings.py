"""What TCP conversations open with, one of each protocol: ports of sender and receiver, payload."""

from base64 import b64encode

from tests.kit import files, logons, procedures, wire
from tests.kit.associations import ECHO, IMAGES, accepted, rejected, requested
from tests.kit.handshakes import hello, recorded, server_name
from tests.kit.scapy_layers import layer

ANY = 50_000
_NTLM = bytes(logons.negotiate(machine=b"ALICE-PC"))
_KERBEROS = bytes.fromhex(
    "0000004d7e4b3049a003020105a10302011ea411180f32303236313132353231313433395aa503020100a603020118"
    "a9031b0143aa133011a003020101a10a30081b066b7262746774ab021b00ac020400"
)
"""A domain controller says that a password is wrong (RFC 4120, section 5.9.1)."""


def _smb(body: object, code: int) -> bytes:
    """Give an SMB2 message in its NetBIOS session."""
    smb2, netbios = layer("smb2"), layer("netbios")
    return bytes(netbios.NBTSession() / smb2.SMB2_Header(Command=code) / body)


def _offer() -> bytes:
    return _smb(layer("smb2").SMB2_Negotiate_Protocol_Request(Dialects=[0x0202, 0x0302]), 0)


def _logon() -> bytes:
    smb2 = layer("smb2")
    blob = logons.offered(logons.negotiate())
    return _smb(smb2.SMB2_Session_Setup_Request(SecurityBlob=blob), 1)


def _share() -> bytes:
    return _smb(layer("smb2").SMB2_Tree_Connect_Request(Buffer=[("Path", r"\\nas\pdata")]), 3)


def _bind() -> bytes:
    """Give a DCE/RPC bind with NTLM as its verifier (C706, section 12.6)."""
    body = b"\xb8\x10\xb8\x10" + bytes(8)
    verifier = b"\x0a\6\0\0" + bytes(4) + _NTLM
    size = 16 + len(body) + len(verifier)
    head = b"\5\0\x0b\3\x10\0\0\0" + size.to_bytes(2, "little")
    return head + len(_NTLM).to_bytes(2, "little") + b"\1\0\0\0" + body + verifier


def _procedure() -> bytes:
    """Give an interface that is bound, and a procedure of it that is called at once."""
    stub = procedures.authenticate(bytes(8))
    return procedures.bind(procedures.NETLOGON) + procedures.call(26, stub)


def _pipe() -> bytes:
    stub = procedures.text(r"\\192.0.2.7\share\a")
    return procedures.written(procedures.bind(procedures.EFSRPC)) + procedures.exchanged(
        procedures.call(0, stub)
    )


def _ldap() -> bytes:
    """Give a bind with Sicily's first message ([MS-ADTS] 5.1.1.1.3)."""
    inner = b"\2\1\3\4\0\x8a" + bytes([len(_NTLM)]) + _NTLM
    body = b"\2\1\7\x60" + bytes([len(inner)]) + inner
    return b"\x30" + bytes([len(body)]) + body


def _sspi() -> bytes:
    """Give a TDS packet of type SSPI ([MS-TDS] 2.2.3.1.1)."""
    message = bytes(logons.authenticate("ALICE-PC"))
    return b"\x11\1" + (8 + len(message)).to_bytes(2) + bytes(4) + message


def _refused() -> bytes:
    """Give a session setup that a server refuses."""
    smb2, netbios = layer("smb2"), layer("netbios")
    head = smb2.SMB2_Header(Command=1, Flags="SMB2_FLAGS_SERVER_TO_REDIR", Status=0xC000006D)
    return bytes(netbios.NBTSession() / head / smb2.SMB2_Session_Setup_Response())


def _login() -> bytes:
    spelt = b64encode(_NTLM)
    return b"GET / HTTP/1.1\r\nHost: nas\r\nAuthorization: NTLM " + spelt + b"\r\n\r\n"


def _modbus() -> bytes:
    """Give what a device says it is."""
    return b"\0\1\0\0\0\x13\xff\x2b\x0e\1\1\0\0\2\0\5Maker\1\2M7"


OPENINGS: tuple[tuple[int, int, bytes], ...] = (
    (ANY, 443, recorded(hello(server_name(b"a.example")))),
    (ANY, 104, requested([IMAGES, ECHO])),
    (11112, ANY, accepted([0, 0])),
    (104, ANY, rejected()),
    (ANY, 2575, b"\x0bMSH|^~\\&|PRACTICE|SITE|SENSOR||20260101||ORM^O01|1|P|2.5\rPID|1\r\x1c\r"),
    (ANY, 80, b"GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: x\r\n\r\n"),
    (80, ANY, b"HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n"),
    (ANY, 80, _login()),
    (ANY, 445, _offer()),
    (ANY, 445, _logon()),
    (ANY, 445, _share()),
    (ANY, 445, files.session(files.opens("a\\photo.jpg"))),
    (ANY, 135, _bind()),
    (ANY, 49_670, _procedure()),
    (ANY, 445, _pipe()),
    (ANY, 389, _ldap()),
    (ANY, 1433, _sspi()),
    (88, ANY, _KERBEROS),
    (22, ANY, b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
    (21, ANY, b"220 ProFTPD 1.3.8 Server ready.\r\n"),
    (25, ANY, b"220 mail.example ESMTP Postfix\r\n"),
    (143, ANY, b"* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n"),
    (110, ANY, b"+OK POP3 ready\r\n"),
    (23, ANY, b"\xff\xfd\x18\xff\xfd\x20"),
    (3306, ANY, b"\x4a\0\0\0\x0a8.0.36\0" + bytes(60)),
    (5900, ANY, b"RFB 003.008\n"),
    (ANY, 80, b"GET / HTTP/1.1\r\nUser-Agent: ${jndi:ldap://a}\r\n\r\n"),
    (ANY, 445, procedures.exchanged1(b"", pipe=0, what=0x23)),
    (ANY, 445, b"\0\0\0\x30\xfcSMB" + b"\xff" * 44),
    (ANY, 3389, b"\3\0\0\x21\2\xf0\x80\x7f\x65\x14" + bytes(10) + b"MS_T120\0" + bytes(4)),
    (ANY, 3389, b"\3\0\0\x13\x0e\xe0\0\0\0\0\0\1\0\x08\0\3\0\0\0"),
    (3389, ANY, b"\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\0\x08\0\2\0\0\0"),
    (502, ANY, _modbus()),
    (9100, ANY, b'@PJL INFO ID\r\n"HP LaserJet 4200"\r\n\x0c'),
    (ANY, 515, b"\2lp\n"),
    (ANY, 1883, b"\x10\x0d\0\4MQTT\4\2\0\x3c\0\1x"),
    (ANY, 5060, b"REGISTER sip:a SIP/2.0\r\nUser-Agent: Yealink SIP-T46S\r\n\r\n"),
    (554, ANY, b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Camera/2\r\n\r\n"),
    (ANY, 3333, b'{"id": 1, "method": "mining.subscribe", "params": ["cpuminer/2.5.1"]}\n'),
    (20, ANY, b"MZ\x90\0" + bytes(56) + b"\x80\0\0\0" + bytes(90)),
    (20, ANY, b"\x7fELF\2\1\1" + bytes(90)),
    (20, ANY, b"PK\3\4" + bytes(22) + b"\4\0\0\0a.js" + bytes(40)),
    (ANY, 4444, b"Microsoft Windows [Version 10.0.19045.3803]\r\n(c) Microsoft Corporation.\r\n"),
    (ANY, 4444, b"\r\n(c) Microsoft Corporation. All rights reserved.\r\n\r\nC:\\Temp>"),
    (ANY, 4444, b"C:\\Windows\\system32>"),
    (ANY, 4444, b"\r\n\r\nD:\\x>"),
    (ANY, 443, b"PS C:\\Users\\a> "),
    (ANY, 443, b"bash: cannot set terminal process group (7): not a tty\n"),
    (ANY, 443, b"/bin/sh: 0: can't access tty; job control turned off\n$ "),
    (ANY, 53, b"sh-5.2$ "),
    (ANY, 53, b"\x1b[?2004hroot@nas:/# "),
    (ANY, 80, b"$ "),
    (ANY, 80, b"uid=0(root) gid=0(root) groups=0(root)\n"),
    (ANY, 80, b"root:x:0:0:root:/root:/bin/bash\n"),
    (ANY, 80, b"nt authority\\system\r\n"),
    (ANY, 4444, b"\r\n(C) Copyright 1985-2001 Microsoft Corp.\r\n\r\nC:\\Temp>"),
    (4444, ANY, b"\xfc\xe8\x89\0\0\0\x60\x89\xe5" + bytes(90)),
    (4444, ANY, b"\xfcH\x83\xe4\xf0\xe8\xcc\0\0\0AQAPR" + bytes(90)),
    (4444, ANY, b"\0\1\0\0\xfc\xe8\x89\0\0\0\x60\x89\xe5" + bytes(90)),
    (4444, ANY, b"MZARUH\x89\xe5" + bytes(90)),
    (4444, ANY, b"\0\x60\2\0MZ\x90\0" + bytes(56) + b"\x80\0\0\0" + bytes(90)),
    (445, ANY, _refused()),
    (ANY, 80, b"POST / HTTP/1.1\r\nHost: nas\r\n\r\nuser=a&password=b"),
    (ANY, 80, b"GET / HTTP/1.1\r\nHost: nas\r\nAuthorization: Basic YTpi\r\n\r\n"),
    (ANY, 21, b"PASS b\r\n"),
    (21, ANY, b"530 Login incorrect.\r\n"),
    (ANY, 587, b"AUTH PLAIN AGEAYg==\r\n"),
    (110, ANY, b"-ERR no\r\n"),
    (ANY, 143, b"a LOGIN a b\r\n"),
    (23, ANY, b"\r\nLogin incorrect\r\n"),
    (ANY, 389, b"\x30\x0e\2\1\1\x60\x09\2\1\3\4\1a\x80\1b"),
    (1433, ANY, b"\4\1\0\x15\0\0\1\0\xad\x0a\0\1\x74\0\0\4\0\x10\0\0\0"),
    (3306, ANY, b"\x0a\0\0\2\xff\x15\4#28000no"),
    (5432, ANY, b"R\0\0\0\x08\0\0\0\0"),
    (5900, ANY, b"\0\0\0\1"),
    (ANY, 53, b"\0\x1b" + wire.dns_question("a.example")),
)
