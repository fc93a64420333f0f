"""What is said on the network of a practice, full of names of patients wherever content is.

Machines have names as well (here in NTLM, elsewhere DHCP, mDNS): those are no patients'.
"""

from base64 import b64encode
from collections.abc import Iterator
from struct import pack
from typing import Any

from scapy.asn1.asn1 import ASN1_STRING

from tests.kit import associations, logons
from tests.kit.scapy_layers import layer
from tests.privacy.patients import PATIENTS

MACHINE = "POSTE-ACCUEIL-7"
"""What the desk's computer calls itself: this must be found, else the search finds nothing."""

smb2, netbios, snmp, ldap = layer("smb2"), layer("netbios"), layer("snmp"), layer("ldap")

Side = tuple[bool, bytes]
"""Whether the server says it, and what."""


def messages() -> Iterator[tuple[int, bool, bytes]]:
    """Give each message without its frame: the server's port, whether the server says it, what."""
    for port, talk in talks().items():
        yield from ((port, served, whole) for served, whole in talk)
    yield from ((port, False, message) for port, message in datagrams().items())


def talks() -> dict[int, list[Side]]:
    """Give the conversations by the server's port."""
    return {
        104: _dicom(),
        2575: _hl7(),
        445: _smb(),
        80: _http(),
        25: _mail(),
        21: _ftp(),
        143: _mailbox(),
        9100: _raw_print(),
        631: _ipp(),
        515: [(False, b"\2lp\n"), (True, b"\0"), (False, _lpd())],
        3389: [(False, _rdp())],
        389: [(False, _ldap())],
        1433: [(False, _sql())],
        1883: _mqtt(),
        7777: [(False, b"\0\1" + _of("a protocol that nobody knows")), (True, b"\0\2")],
    }


def datagrams() -> dict[int, bytes]:
    """Give the single messages by the server's port."""
    caller = _of("a telephone call")
    return {
        5060: b"INVITE sip:12@192.168.50.10 SIP/2.0\r\nVia: SIP/2.0/UDP 192.168.50.40\r\n"
        b'From: "' + caller + b'" <sip:34@192.168.50.10>;tag=1\r\nTo: "' + caller + b'" '
        b"<sip:12@192.168.50.10>\r\nCall-ID: 7\r\nCSeq: 1 INVITE\r\n"
        b"User-Agent: Bureau 4.2\r\nSubject: " + caller + b"\r\nContent-Length: 0\r\n\r\n",
        161: _snmp(),
        69: b"\0\2" + _of("a file of TFTP") + b".stl\0octet\0",
        514: b"<13>Nov 24 09:00:00 accueil agenda: " + _of("a log line"),
    }


def _of(place: str, code: str = "utf-8") -> bytes:
    return PATIENTS[place].encode(code)


def _dicom() -> list[Side]:
    inside, user = _of("a data set of DICOM", "latin-1"), _of("a user identity of DICOM")
    opened = associations.requested([associations.IMAGES], *associations.saying(user))
    return [
        (False, opened),
        (True, associations.accepted([0], *associations.saying(user))),
        (False, associations.data(inside) * 3),
        (True, associations.data(inside)),
        (False, opened + associations.data(inside)),
    ]


def _hl7() -> list[Side]:
    patient = PATIENTS["a patient segment of HL7"].replace(" ", "^")
    result = PATIENTS["a result of HL7"].replace(" ", "^")
    admission = (
        "MSH|^~\\&|ACCUEIL|CABINET|RADIO|CABINET|20260105083000||ADT^A01|7|P|2.5\r"
        f"PID|1||4711||{patient}||19800229|F|||1 rue {patient}\rNK1|1|{patient}\r"
    )
    told = (
        "MSH|^~\\&|RADIO|CABINET|ACCUEIL|CABINET|20260105083001||ORU^R01|8|P|2.5\r"
        f"PID|||42||{result}\rOBX|1|TX|1^COMPTE RENDU||{result}\r"
    )
    return [
        (False, b"\x0b" + admission.encode() + b"\x1c\r"),
        (True, b"\x0b" + told.encode("latin-1") + b"\x1c\r"),
    ]


def _smb() -> list[Side]:
    share, file = PATIENTS["a share of SMB"], PATIENTS["a file name of SMB"]
    renamed = PATIENTS["a new file name of SMB"].encode("utf-16-le")
    user = logons.authenticate(MACHINE, user=PATIENTS["a user who logs on"])
    offer = smb2.SMB2_Negotiate_Protocol_Request(Dialects=[0x0202, 0x0302])
    rename = bytes(1) * 8 + pack("<QI", 0, len(renamed)) + renamed
    return [
        (False, _smb2(offer, 0)),
        (False, _smb2(smb2.SMB2_Session_Setup_Request(SecurityBlob=logons.answered(user)), 1)),
        (False, _smb2(smb2.SMB2_Tree_Connect_Request(Path=f"\\\\SRV\\{share}"), 3)),
        (False, _smb2(smb2.SMB2_Create_Request(Name=f"patients\\{file}.pdf"), 5)),
        (False, _smb2(_of("a file that is copied") * 9, 9)),
        (False, _smb2(pack("<HBBIHHI", 33, 1, 10, len(rename), 96, 0, 0) + bytes(16) + rename, 17)),
        (True, _smb2(_of("a file that is copied") * 9, 8)),
    ]


def _smb2(body: Any, command: int) -> bytes:
    head = bytes(smb2.SMB2_Header(Command=command))
    return bytes(netbios.NBTSession() / (head + bytes(body)))


def _http() -> list[Side]:
    path = _of("a path and a query of HTTP").replace(b" ", b"/")
    secret = _of("a cookie and a password of HTTP")
    form, page = _of("a form that is sent by HTTP"), _of("an answer of HTTP")
    asked = (
        b"POST /dossiers/" + path + b"?nom=" + path + b" HTTP/1.1\r\nHost: logiciel.example\r\n"
        b"User-Agent: Navigateur/7\r\nReferer: http://logiciel.example/" + path + b"\r\n"
        b"Cookie: patient=" + secret + b"\r\nAuthorization: Basic "
        b"" + b64encode(secret + b":" + secret) + b"\r\nContent-Type: text/plain\r\n"
        b"Content-Length: " + str(len(form)).encode() + b"\r\n\r\n" + form
    )
    answered = (
        b"HTTP/1.1 200 OK\r\nServer: logiciel\r\nContent-Type: text/html\r\n"
        b'Content-Disposition: attachment; filename="'
        + page
        + b'.pdf"\r\nSet-Cookie: nom='
        + page
        + b"\r\nLocation: /"
        + page
        + b"\r\nContent-Length: 99\r\n\r\n<p>"
        + page
    )
    return [(False, asked), (True, answered)]


def _mail() -> list[Side]:
    who = _of("a mail")
    return [
        (True, b"220 mail.example ESMTP Postfix\r\n"),
        (False, b"EHLO poste\r\n"),
        (False, b"MAIL FROM:<" + who.replace(b" ", b".") + b"@mail.example>\r\n"),
        (True, b"250 " + who + b" ok\r\n"),
        (False, b"Subject: devis " + who + b"\r\nTo: " + who + b" <a@mail.example>\r\n\r\n" + who),
    ]


def _ftp() -> list[Side]:
    who = _of("a download by FTP")
    return [
        (True, b"220 ProFTPD 1.3.8 Server\r\n"),
        (False, b"USER " + who + b"\r\n"),
        (True, b"331 Password required for " + who + b"\r\n"),
        (False, b"PASS " + who + b"\r\n"),
        (True, b"230 User " + who + b" logged in\r\n"),
        (False, b"RETR /patients/" + who + b".jpg\r\n"),
    ]


def _mailbox() -> list[Side]:
    who = _of("a mailbox")
    return [
        (True, b"* OK Dovecot ready.\r\n"),
        (False, b'a LOGIN "' + who + b'" "' + who + b'"\r\n'),
        (True, b"a OK " + who + b" logged in\r\n* 1 FETCH (ENVELOPE (" + who + b"))\r\n"),
    ]


def _raw_print() -> list[Side]:
    who = _of("a document that is printed")
    job = b'@PJL JOB NAME = "' + who + b'"\r\n@PJL SET USERNAME = "' + who + b'"\r\n'
    return [
        (False, b"\x1b%-12345X@PJL\r\n@PJL INFO ID\r\n"),
        (True, b'@PJL INFO ID\r\n"Laser 5"\r\n\f'),
        (False, job + b"@PJL ENTER LANGUAGE=POSTSCRIPT\r\n%!PS\n(" + who + b") show"),
    ]


def _ipp() -> list[Side]:
    who = _of("a job of IPP")
    job = pack("!BBHI", 2, 0, 2, 1) + b"\1"
    for name in (b"job-name", b"requesting-user-name", b"document-name"):
        job += pack("!BH", 0x42, len(name)) + name + pack("!H", len(who)) + who
    head = b"POST /ipp/print HTTP/1.1\r\nHost: laser\r\nContent-Type: application/ipp\r\n"
    size = b"Content-Length: " + str(len(job) + 1).encode() + b"\r\n\r\n"
    return [(False, head + size + job + b"\3" + who)]


def _lpd() -> bytes:
    who = _of("a queue of LPD")
    control = b"Hposte\nP" + who + b"\nJ" + who + b"\nN" + who + b"\n"
    return b"\2" + str(len(control)).encode() + b" cfA001" + who + b"\n" + control + b"\0"


def _rdp() -> bytes:
    cookie = b"Cookie: mstshash=" + _of("a screen that is taken over") + b"\r\n"
    rest = pack("<BBHI", 1, 0, 8, 3)
    asked = pack("!BBHHB", 6 + len(cookie + rest), 0xE0, 0, 0, 0) + cookie + rest
    return pack("!BBH", 3, 0, 4 + len(asked)) + asked


def _ldap() -> bytes:
    who = PATIENTS["a directory"]
    login = ldap.LDAP_Authentication_simple(who)
    bind = ldap.LDAP_BindRequest(bind_name=f"cn={who},ou=patients", authentication=login)
    return bytes(ldap.LDAP(messageID=1, protocolOp=bind))


def _sql() -> bytes:
    query = f"EXEC cherche_patient '{PATIENTS['a database']}'".encode("utf-16-le")
    return pack("!BBHHBB", 1, 1, 8 + len(query), 0, 1, 0) + query


def _mqtt() -> list[Side]:
    who = _of("a message of MQTT")
    texts = b"".join(pack("!H", len(who)) + who for _ in range(3))
    head = b"\0\4MQTT\4\xc2\0\x3c"
    topic = pack("!H", len(who)) + who + who
    return [
        (False, bytes((0x10, len(head + texts))) + head + texts),
        (True, b"\x20\2\0\0"),
        (False, bytes((0x30, len(topic))) + topic),
    ]


def _snmp() -> bytes:
    contact = ASN1_STRING(_of("a contact of SNMP"))
    pairs = [
        snmp.SNMPvarbind(oid=f"1.3.6.1.2.1.1.{number}.0", value=value)
        for number, value in ((1, ASN1_STRING(b"Laser 5")), (4, contact), (6, contact))
    ]
    return bytes(
        snmp.SNMP(
            version=1, community=_of("a contact of SNMP"), PDU=snmp.SNMPresponse(varbindlist=pairs)
        )
    )
