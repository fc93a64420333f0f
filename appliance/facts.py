"""The facts: all that inventory and detectors may be told, and who tells it.

Every fact has ``at``, the time of the packet it was read from, and all but `Tick` have ``mac``,
the hardware address that sent it. Strings come from the wire: decoded with replacement, cut to
255 characters, and hostile.

They are msgspec's structs and not dataclasses because many are made: one takes 0.07 µs instead of
1.1. They hold no cycles, so the garbage collector need not look at them.
"""

from typing import TypeAlias

from msgspec import Struct

from appliance.model import NO_MAC, Device, Ip, Mac


class FlowDelta(Struct, frozen=True, gc=False):
    """What one conversation did in one second (from the meter).

    *src* is the side that began; ``out`` counts what it sent, ``in`` what it was sent.
    """

    at: float
    """Time of the conversation's last packet in this second."""
    mac: Mac
    """Hardware address of the side that began."""
    peer_mac: Mac
    """Hardware address that the beginner's frames went to (a gateway's, when *dst* is outside)."""
    src: Ip
    dst: Ip
    sport: int
    """Port, or for ICMP the type."""
    dport: int
    """Port, or for ICMP the code."""
    proto: int
    """IANA protocol number: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6, …"""
    vlan: int
    """Outermost VLAN id, 0 for none."""
    packets_out: int
    packets_in: int
    bytes_out: int
    """IP bytes."""
    bytes_in: int
    payload_out: int
    """Bytes above TCP or UDP (other protocols: above IP)."""
    payload_in: int
    flags_out: int
    """All TCP flags seen in this second, or-ed (RFC 9293): 1 FIN, 2 SYN, 4 RST, 16 ACK."""
    flags_in: int
    first_at: float
    """When the conversation began."""
    opened: bool
    """This is the conversation's first delta."""


class AddressClaim(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody says "this address is mine" (ARP request or reply, IPv6 neighbour discovery)."""

    at: float
    mac: Mac
    """Who the message says owns *ip*."""
    sender: Mac
    """Who sent the frame; differs from *mac* when somebody speaks for another."""
    ip: Ip
    to: Mac
    """Where the frame went; broadcast for a request or an announcement."""
    answer: bool
    """A reply or advertisement, not a question that names its asker."""


class AddressAsked(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody asks who has *wanted* (ARP request, neighbour solicitation)."""

    at: float
    mac: Mac
    ip: Ip | None
    """The asker's address; None in a probe (RFC 5227)."""
    wanted: Ip


class RouterAdvertised(Struct, frozen=True, kw_only=True, gc=False):
    """A router advertisement (RFC 4861)."""

    at: float
    mac: Mac
    ip: Ip
    lifetime: int
    """Seconds as default router; 0 means "not through me"."""
    prefixes: tuple[str, ...]
    """``2001:db8::/64``"""
    dns: tuple[Ip, ...]


class DhcpAsked(Struct, frozen=True, kw_only=True, gc=False):
    """A client's DHCP message (RFC 2131, RFC 8415)."""

    at: float
    mac: Mac
    """The client's hardware address (chaddr; for version 6 the frame's sender)."""
    version: int
    """4 or 6."""
    message: str
    """``discover``, ``request``, ``decline``, ``release``, ``inform``, ``solicit``, …"""
    hostname: str = ""
    """Option 12, or the client's FQDN (option 81; version 6: option 39)."""
    vendor_class: str = ""
    """Option 60."""
    user_class: str = ""
    client_id: str = ""
    """Option 61 (version 6: DUID), hexadecimal."""
    enterprise: int = 0
    """Whose own options it brings, by IANA's number (124 and 125; version 6: 16); 0: none."""
    parameters: tuple[int, ...] = ()
    """Option 55, in the order asked."""
    requested: Ip | None = None
    server: Ip | None = None
    """Option 54: the server this client chose."""
    sender: Mac = NO_MAC
    """Who sent the frame; differs from *mac* when somebody asks for another (a repeater, a relay,
    or a liar)."""


class DhcpOffered(Struct, frozen=True, kw_only=True, gc=False):
    """A DHCP server's message to a client."""

    at: float
    mac: Mac
    """The server's (or relay's) hardware address."""
    version: int
    message: str
    """``offer``, ``ack``, ``nak``, ``advertise``, ``reply``"""
    server: Ip | None
    """Option 54; version 6: the sender's address."""
    client: Mac
    """Version 6: where the frame went."""
    address: Ip | None
    """What the client is given."""
    routers: tuple[Ip, ...] = ()
    dns: tuple[Ip, ...] = ()
    domain: str = ""


class NameAsked(Struct, frozen=True, kw_only=True, gc=False):
    """A question for a name: one fact per question."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    protocol: str
    """``dns``, ``mdns``, ``llmnr`` or ``nbns``"""
    name: str
    """Lower case, no final dot; control bytes and spaces escaped as ``\\032``."""
    type: int
    """RR type number (RFC 1035): 1 A, 12 PTR, 28 AAAA, …"""


class Record(Struct, frozen=True, gc=False):
    """One resource record of an answer."""

    name: str
    type: int
    value: str
    """Address or host name; empty for what is not read, and for texts."""
    ttl: int
    texts: tuple[str, ...] = ()
    """The strings of a TXT record in their order, at most 32, less paths: ``ty=Laser 5``, …"""


class NameAnswered(Struct, frozen=True, kw_only=True, gc=False):
    """An answer about names: one fact per message."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    protocol: str
    name: str
    """The question answered; empty when the message repeats none (mDNS)."""
    type: int
    code: int
    """RCODE: 0 no error, 3 no such name."""
    records: tuple[Record, ...]
    """At most 25, answers first."""


class SsdpHeard(Struct, frozen=True, kw_only=True, gc=False):
    """An SSDP message (UPnP device architecture 1.1, section 1)."""

    at: float
    mac: Mac
    src: Ip
    method: str
    """``notify``, ``search`` or ``answer``"""
    target: str
    """NT or ST."""
    usn: str
    server: str
    """SERVER, or USER-AGENT of a search."""
    state: str = ""
    """NTS of a notify: ``alive``, ``byebye`` or ``update``."""
    host: str = ""
    """Where LOCATION says that the device is described; nothing of it is fetched."""
    port: int = 0


class WsdHeard(Struct, frozen=True, kw_only=True, gc=False):
    """A WS-Discovery message: one fact per device it tells of."""

    at: float
    mac: Mac
    src: Ip
    message: str
    """``hello``, ``bye``, ``matches`` (answers of either kind), or ``probe``: somebody looks."""
    endpoint: str = ""
    """``urn:uuid:…``, the device's own for as long as it lives; of a probe, empty."""
    types: tuple[str, ...] = ()
    """What it is (of a probe: what is looked for), at most 16: ``wsdp:Device``, ``pub:Computer``,
    ``wprt:PrintDeviceType``, ``wscn:ScanDeviceType``, ``tdn:NetworkVideoTransmitter``, …"""
    name: str = ""
    """ONVIF scopes: what a camera is called, …"""
    hardware: str = ""
    """… its model, …"""
    kinds: tuple[str, ...] = ()
    """… and its types, at most 16: ``video_encoder``, ``ptz``, …"""
    hosts: tuple[str, ...] = ()
    """Of the links where it is described, the hosts, at most 4; nothing is fetched."""


class SnmpHeard(Struct, frozen=True, kw_only=True, gc=False):
    """An SNMP message (RFC 3416); what is said of a device is said by *src*."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    version: str
    """``1``, ``2c`` or ``3``; of the last nothing more is read."""
    message: str = ""
    """``get``, ``next``, ``bulk``, ``set``, ``response``, ``trap``, ``inform`` or ``report``"""
    known_community: bool = False
    """The community is ``public`` or ``private``; no other is kept."""
    description: str = ""
    """sysDescr"""
    object_id: str = ""
    """sysObjectID: ``1.3.6.1.4.1.…``, then the maker's number and its own for the model."""
    name: str = ""
    """sysName"""
    device: str = ""
    """hrDeviceDescr.1: a printer's model."""


class NeighbourTold(Struct, frozen=True, kw_only=True, gc=False):
    """A device tells the one at the other end of its cable what it is (LLDP, CDP)."""

    at: float
    mac: Mac
    """Who sent the frame: of a switch, the port's address."""
    protocol: str
    """``lldp`` or ``cdp``"""
    name: str = ""
    """System name, else what the chassis or device id calls it."""
    description: str = ""
    """System description (LLDP)."""
    maker: str = ""
    """LLDP-MED."""
    model: str = ""
    """LLDP-MED model name; CDP platform."""
    hardware: str = ""
    """LLDP-MED revisions: hardware, …"""
    firmware: str = ""
    software: str = ""
    """… and software; CDP software version, the start of a long text."""
    capabilities: tuple[str, ...] = ()
    """What it does: ``bridge``, ``switch``, ``router``, ``wlan_ap``, ``telephone``, ``station``,
    ``repeater``, ``cable_modem``, ``other``."""
    endpoint: str = ""
    """LLDP-MED class: ``endpoint``, ``media_endpoint``, ``telephone`` or ``network``."""
    chassis: Mac = NO_MAC
    """The device's own hardware address (LLDP), which may differ from *mac*."""
    ip: Ip | None = None
    """Management address, else the first that it has."""
    port: str = ""
    """What the sender calls the port it sent this from."""
    port_description: str = ""


class NetbiosTold(Struct, frozen=True, kw_only=True, gc=False):
    """What a computer says of itself in NetBIOS names: a node status, or a registration."""

    at: float
    mac: Mac
    src: Ip
    name: str = ""
    """Its own, lower case."""
    group: str = ""
    """Workgroup or domain."""
    roles: tuple[str, ...] = ()
    """``server`` (shares files or printers), ``domain_controller``, ``domain_master`` (of a Windows
    domain: the first controller), ``master_browser`` (keeps the list of computers here)."""


class TlsHello(Struct, frozen=True, kw_only=True, gc=False):
    """A TLS ClientHello (RFC 8446)."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    dport: int
    name: str
    """Server name (SNI), lower case; empty when none is sent."""
    alpn: tuple[str, ...]
    version: int
    """Highest version offered: 0x0303 is TLS 1.2."""
    ja4: str
    """Fingerprint (FoxIO JA4, BSD-3-Clause); with only part of the hello in hand, empty."""


class TlsServed(Struct, frozen=True, kw_only=True, gc=False):
    """A TLS ServerHello, and the certificate where it is in clear (TLS 1.2 and before)."""

    at: float
    mac: Mac
    src: Ip
    """The server."""
    dst: Ip
    sport: int
    version: int
    cipher: int
    subject: str = ""
    """Common name of the certificate."""
    names: tuple[str, ...] = ()
    """Subject alternative names, at most 16."""
    issuer: str = ""
    self_signed: bool = False
    sha1: str = ""
    """SHA-1 of the certificate, hexadecimal; empty where none is in clear."""
    sha256: str = ""
    """SHA-256 of the certificate, hexadecimal."""


class HttpAsked(Struct, frozen=True, kw_only=True, gc=False):
    """The head of an HTTP request in clear; the path is not kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    dport: int
    method: str
    host: str
    """Lower case, without port."""
    user_agent: str
    content_type: str
    asks_for: str = ""
    """By how the path ends: ``program``, ``script`` (none of a page's), or something else."""


class HttpAnswered(Struct, frozen=True, kw_only=True, gc=False):
    """The head of an HTTP answer in clear."""

    at: float
    mac: Mac
    src: Ip
    """The server."""
    dst: Ip
    sport: int
    status: int
    content_type: str
    server: str
    dport: int = 0
    body: str = ""
    """What file the body begins (`appliance.decode.file_starts`), where that is in the head's own
    segment: ``program``, ``packed``, ``script``, ``document``, ``image``, ``text``, …"""


class FileBegun(Struct, frozen=True, kw_only=True, gc=False):
    """A segment begins a file that does something when it is opened; nothing of it is kept."""

    at: float
    mac: Mac
    src: Ip
    """Who sends it."""
    dst: Ip
    sport: int
    dport: int
    kind: str
    """``program``, ``packed`` (an archive whose first file is one), ``shortcut`` or ``disk``."""


class StratumSpoken(Struct, frozen=True, kw_only=True, gc=False):
    """A line between a program that makes crypto-money and its pool; wallets are not kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    server: bool
    """The pool says this."""
    method: str
    """``mining.subscribe``, ``login``, ``eth_submitLogin``, ``mining.notify``, …"""
    program: str
    """``XMRig/6.21.0``; empty where none is named."""


class ShellHeard(Struct, frozen=True, kw_only=True, gc=False):
    """A segment looks like one of a shell, or is a bare program; nothing of it is kept."""

    at: float
    mac: Mac
    src: Ip
    """Who sends it: the machine that obeys, or of a program, the one that gives orders."""
    dst: Ip
    sport: int
    dport: int
    sign: str
    """As `appliance.decode.shell` names them: ``cmd``, ``prompt``, ``answer``, ``loader``, …"""


class DicomAssociated(Struct, frozen=True, kw_only=True, gc=False):
    """What one side says when a DICOM association is opened (PS3.8, section 9.3)."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    kind: str
    """``requested``; or, said by the side that was called, ``accepted`` or ``rejected``"""
    called: str = ""
    """AE title of the side that is called, in an answer as it repeats it; rejections have none."""
    calling: str = ""
    """AE title of the side that calls."""
    implementation: str = ""
    """Implementation class UID of the sender's software; empty when only part is in hand."""
    implementation_name: str = ""
    """Version name of the sender's software; need not be sent."""
    syntaxes: tuple[str, ...] = ()
    """UIDs of the abstract syntaxes requested, each once, at most 64: what is to be done."""
    agreed: bool = False
    """Accepted, and for at least one presentation context: there is something both can do."""


class Hl7Heard(Struct, frozen=True, kw_only=True, gc=False):
    """The head of an HL7 version 2 message (segment MSH); facilities are often named for people."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    sender: str
    """Sending application (MSH-3); it and the next three have at most 64 characters."""
    sender_site: str
    """Sending facility (MSH-4)."""
    receiver: str
    """Receiving application (MSH-5)."""
    receiver_site: str
    """Receiving facility (MSH-6)."""
    message: str
    """Code and trigger (MSH-9): ``ADT^A01``, ``ACK``, …"""
    version: str
    """``2.5.1`` (MSH-12)"""


class BannerHeard(Struct, frozen=True, kw_only=True, gc=False):
    """What a side says first of its protocol and its software; nothing else of it is kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    protocol: str
    """``ssh``, ``ftp``, ``smtp``, ``telnet``, ``imap``, ``pop3``, ``mysql``, ``vnc``, ``sip``,
    ``rtsp``, ``pjl``, ``lpd`` or ``mqtt``"""
    server: bool
    """The speaker serves; else it asks."""
    says: str
    """Software and version (vnc, mqtt: the protocol's own); empty when none is named."""


class RdpAsked(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody wants to see or use another's screen ([MS-RDPBCGR] 2.2.1.1)."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    dport: int
    cookie: bool
    """A user name was sent in clear (``mstshash``); the name is not kept."""
    protocols: tuple[str, ...]
    """What may protect it: ``tls``, ``credssp``, …; only ``rdp``: its own old way."""


class RdpAnswered(Struct, frozen=True, kw_only=True, gc=False):
    """The answer to `RdpAsked` ([MS-RDPBCGR] 2.2.1.2)."""

    at: float
    mac: Mac
    src: Ip
    """The server."""
    dst: Ip
    sport: int
    protocol: str
    """What will protect it; empty when refused."""
    failure: int
    """Why it is refused (2.2.1.2.2): 1 TLS is required, 5 CredSSP is, …; 0 when it is not."""


class ModbusHeard(Struct, frozen=True, kw_only=True, gc=False):
    """A message of Modbus/TCP; the values in it are not kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    server: bool
    """An answer; else a request."""
    unit: int
    """Which device behind *server*'s address; 0 or 255: itself."""
    function: int
    """1 to 4 read, 5, 6, 15, 16 write, 43 and others: see the protocol's section 5."""
    exception: int = 0
    """Why the request was refused; 0 when it was not."""
    vendor: str = ""
    """This and the next three: what the device says it is, when asked for that."""
    code: str = ""
    revision: str = ""
    product: str = ""


class TcpShape(Struct, frozen=True, kw_only=True, gc=False):
    """How a machine opens TCP conversations: each operating system has its own way."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    server: bool
    """A SYN-ACK, which depends on what the SYN offered; else a SYN."""
    ttl: int
    """Time to live that it began with, guessed: 32, 64, 128 or 255."""
    away: int
    """Routers passed since, by that guess; 0: the shape is that of *mac*'s own machine."""
    unfragmentable: bool
    """IPv4's "don't fragment"; never set in IPv6."""
    window: int
    mss: int
    """Maximum segment size; 0 when none is said."""
    scale: int | None
    """Window scale; None when none is said."""
    options: str
    """Kinds in their order, ``M,S,T,N,W``: maximum segment size, selective acknowledgement,
    timestamps, nothing, window scale; E ends, others are their number."""


class NtlmHeard(Struct, frozen=True, kw_only=True, gc=False):
    """An NTLM message: what a Windows machine says of itself when somebody logs on.

    Who logs on, and with what, is never told.
    """

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    protocol: str
    """What it was carried in: ``smb``, ``http``, ``rpc``, ``ldap`` or ``tds``."""
    server: bool
    """The server says this (CHALLENGE), not the client (NEGOTIATE, AUTHENTICATE)."""
    major: int
    """Version of Windows, ``10.0.19041`` in three numbers; three zeros where none is said.

    Others speak NTLM too: Samba says 6.1.0, Linux the number of its kernel.
    """
    minor: int
    build: int
    """Of the release that an enablement package adds to, not of what it makes of it."""
    machine: str
    """The sender's NetBIOS name, in lower case; empty where none is said."""
    dns_name: str = ""
    """The server's DNS name, in lower case."""


class SmbSpoken(Struct, frozen=True, kw_only=True, gc=False):
    """Which SMB a client offers or a server chooses, or that their talk is encrypted."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    server: bool
    """The server says this: it is what will be spoken. A client's is the best it offers."""
    version: str
    """``1``, ``2`` or ``3``"""
    dialect: int
    """SMB2's number, 0x0311 is SMB 3.1.1; 0 for version 1, and where the number comes later."""
    encrypted: bool = False
    """A message that only the two of them can read; one fact per segment that begins with one."""
    offers_smb1: bool = False
    """A client that would also, or only, speak version 1."""


class ShareOpened(Struct, frozen=True, kw_only=True, gc=False):
    """A client asks for a share; whether it gets it is not told. The share's name is not kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    """The file server."""
    sport: int
    dport: int
    role: str
    """Key of the pattern that the name matches (`appliance.decode.smb_share`), or ``other``."""


class FileTouched(Struct, frozen=True, kw_only=True, gc=False):
    """What a client does with a file on a share; what it is called and what is in it is not kept.

    Names are hashes, salted anew each time the box starts: equal ones are of equal names.
    """

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    action: str
    """Asked for: ``opens``, ``reads``, ``writes``, ``renames``, ``deletes``, ``closes``. Answered:
    ``opened`` (it was there), ``created``, ``overwritten`` (and emptied), ``read``, ``refused``."""
    message: int
    """Joins a request and its answer; and what is done with a file in the request that opens it."""
    file: int = 0
    """The server's number of an open file; 0: of the one that *message* opens."""
    folder: int = 0
    """``opens`` and ``renames``: hash of share and folder that the name is in, …"""
    name: int = 0
    """… of the name, letters in lower case, …"""
    stem: int = 0
    """… of the name without its ending, …"""
    ending: int = 0
    """… and of the ending alone, what stands behind the last dot; 0 when there is none."""
    extension: str = ""
    """The ending in lower case, when it is one that tables have; any other may be of a name."""
    looks: str = ""
    """What the name looks like: ``ransomware`` (by its ending), ``note``, ``backup``."""
    offset: int = 0
    """``reads`` and ``writes``: where in the file."""
    size: int = 0
    """``writes`` and ``read``: bytes."""
    sampled: int = 0
    """Of these, bytes at the beginning that the next two were told from; then dropped."""
    entropy: float = 0.0
    """Bits a byte."""
    begins: str = ""
    """The format whose first bytes they are: ``jpeg``, ``zip``, …"""


class RpcCalled(Struct, frozen=True, kw_only=True, gc=False):
    """A client calls a remote procedure ([MS-RPCE]); what it hands over is not kept.

    Only procedures in an interface that was bound in the same conversation are told.
    """

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    """The machine whose procedure it is."""
    sport: int
    dport: int
    interface: str
    """UUID, ``12345778-1234-abcd-ef00-0123456789ac``, in lower case."""
    operation: int
    """Number of the procedure in the interface."""
    pipe: bool
    """It came through a named pipe of SMB, not over a port of its own."""
    blank: bool = False
    """What stands for a password in it is nothing but zeros (Zerologon)."""
    far_path: bool = False
    """A path on another machine (``\\\\host\\share``) is handed over."""
    sealed: bool = False
    """What is handed over is encrypted: the two above cannot be told."""


class ExploitTraced(Struct, frozen=True, kw_only=True, gc=False):
    """A message that belongs to a known exploit and to nothing else; it is an attempt at first."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    sport: int
    dport: int
    trace: str
    """Key in ``data/exploits.csv``: ``ms17_010`` (somebody looks whether a server has that hole),
    ``eternal``, ``doublepulsar``, ``smbghost``, ``ms08_067``, ``bluekeep``, ``log4shell``,
    ``shellshock``, ``traversal``, ``shell``, …"""
    answer: bool = False
    """*src* is the machine attacked, and says by this that it can be, or has been, broken into."""


class KerberosAsked(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody asks a domain controller to log on, or for a ticket (RFC 4120)."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    """The domain controller."""
    sport: int
    dport: int
    kind: str
    """``logon`` (AS-REQ) or ``ticket`` (TGS-REQ)"""
    mark: str = ""
    """A mark, as in `LogonAsked`, of the account that logs on or of the service that the ticket is
    for; empty where the name is not in hand."""
    proof: bool = True
    """Of a logon: something comes with it that proves who asks."""
    ciphers: tuple[int, ...] = ()
    """How the ticket may be encrypted, best liked first, at most 16: 18 and 17 AES, 23 RC4."""
    under: int = 0
    """Of a ticket: how the one is encrypted that the logon gave; 0 where that is not in hand."""


class KerberosAnswered(Struct, frozen=True, kw_only=True, gc=False):
    """What the domain controller answers to `KerberosAsked`."""

    at: float
    mac: Mac
    src: Ip
    """The domain controller."""
    dst: Ip
    sport: int
    dport: int
    kind: str
    """``logon``, ``ticket`` or ``error``"""
    mark: str = ""
    """As in `KerberosAsked`."""
    cipher: int = 0
    """How the ticket is encrypted; 0 where that is not in hand."""
    code: int = 0
    """Of an error: 6 no such account, 24 wrong password, 25 proof is wanted first, …"""


class LogonAsked(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody asks a server to be let in; neither the name nor the password is kept."""

    at: float
    mac: Mac
    src: Ip
    dst: Ip
    """The server."""
    sport: int
    dport: int
    protocol: str
    """``smb``, ``http``, ``ftp``, ``pop3``, ``imap``, ``smtp``, ``ldap``, ``kerberos``, ``tds``,
    ``mysql``, ``postgresql`` or ``vnc``"""
    account: str = ""
    """A mark by which the same account is known again within one run of the program
    (`appliance.decode.logon`); ``anonymous``: nobody's; empty where it is not said here."""
    proof: bool = True
    """A password comes with it, or what stands for one; else only the name."""


class LogonJudged(Struct, frozen=True, kw_only=True, gc=False):
    """A server lets somebody in, or does not; in POP3 and IMAP, says yes or no to anything."""

    at: float
    mac: Mac
    src: Ip
    """The server."""
    dst: Ip
    sport: int
    dport: int
    protocol: str
    """As in `LogonAsked` (of HTTP, see `HttpAnswered`), or ``telnet``."""
    succeeded: bool


class PasswordSeen(Struct, frozen=True, kw_only=True, gc=False):
    """A password passed that everybody on the way can read; it is not kept."""

    at: float
    mac: Mac
    src: Ip
    """Whose password it is."""
    dst: Ip
    sport: int
    dport: int
    protocol: str
    """As in `LogonAsked`."""
    host: str = ""
    """The server's name as the client calls it; empty where it is not said."""


class DeviceAppeared(Struct, frozen=True, kw_only=True, gc=False):
    """A hardware address was seen for the first time (from the inventory).

    Or it was taken for another device's until now.
    """

    at: float
    mac: Mac
    device: Device
    """The device that has it: when it is another address of a known one, that one."""


class AddressMoved(Struct, frozen=True, kw_only=True, gc=False):
    """An address changed hands (from the inventory)."""

    at: float
    mac: Mac
    """Who has it now."""
    ip: Ip
    before: Mac


class Tick(Struct, frozen=True, gc=False):
    """A second of packet time has ended."""

    at: float
    """The whole second that begins now."""


Fact: TypeAlias = (
    FlowDelta
    | AddressClaim
    | AddressAsked
    | RouterAdvertised
    | DhcpAsked
    | DhcpOffered
    | NameAsked
    | NameAnswered
    | SsdpHeard
    | WsdHeard
    | SnmpHeard
    | NeighbourTold
    | NetbiosTold
    | TlsHello
    | TlsServed
    | HttpAsked
    | HttpAnswered
    | FileBegun
    | StratumSpoken
    | ShellHeard
    | DicomAssociated
    | Hl7Heard
    | BannerHeard
    | RdpAsked
    | RdpAnswered
    | ModbusHeard
    | TcpShape
    | NtlmHeard
    | SmbSpoken
    | ShareOpened
    | FileTouched
    | RpcCalled
    | ExploitTraced
    | KerberosAsked
    | KerberosAnswered
    | LogonAsked
    | LogonJudged
    | PasswordSeen
    | DeviceAppeared
    | AddressMoved
    | Tick
)
"""Closed on purpose: `match` over it is checked by mypy."""
