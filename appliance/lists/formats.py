"""Lists as others write them: what each line names, and why.

``domains``
    A name, an address or a network a line, also ``*.name`` and the adblock form ``||name^``.
``hosts``
    An address and names, as in hosts(5).
``netlist``
    A network, or its first and last address with a hyphen between, a semicolon, a remark.
``json_cidr``
    A JSON object a line, with ``cidr`` (Spamhaus DROP since 2024).
``feodo``, ``sslbl``, ``threatfox``
    The CSV files of abuse.ch, whose columns are named in comments in them.
``vigie``
    Our own, see `own`.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from netaddr import AddrFormatError, IPRange

from appliance.lists.entry import Entry, ListError, entry
from appliance.lists.own import parse

ODD = 0.5
"""Share of lines that mean nothing from which a file is no list but something else, such as a
page that says sorry."""
SURE = 50
"""Confidence (0 to 100) below which an entry of ThreatFox is passed over."""

_HERE = {
    *("localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost"),
    *("ip6-loopback", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters"),
    "ip6-allhosts",
}
_SHA1 = re.compile(r"[0-9a-f]{40}", re.IGNORECASE)

Named = tuple[str, str]
"""What a line names, and why; what it names is empty when the line means nothing."""


def read(text: str, form: str, name: str, until: float = 0.0) -> Iterator[Entry]:
    """Yield the entries of the list *name*, written in the format *form*.

    Raises ListError at the end where too little of it is understood. An entry counts *until* then,
    unless the list itself says how long.
    """
    if form == "vigie":
        yield from parse(text.splitlines(), name)
        return
    taken = odd = 0
    for named, why in READERS[form](_lines(text)):
        try:
            yield entry(named, why, until)
            taken += 1
        except ValueError:
            odd += 1
    if odd and odd >= ODD * (taken + odd):
        raise ListError(f"{name}: is no such list ({odd} of {taken + odd} lines mean nothing)")


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if (line := line.strip()) and line[0] not in "#!;[":
            yield line


def _domains(lines: Iterable[str]) -> Iterator[Named]:
    for line in lines:
        word = line.split()[0].removeprefix("||").removesuffix("^")
        yield word.removeprefix("*.").removeprefix("."), ""


def _hosts(lines: Iterable[str]) -> Iterator[Named]:
    for line in lines:
        _, *names = line.partition("#")[0].split()
        if not names:
            yield "", ""
        for name in names:
            if name.lower() not in _HERE and any(map(str.isalpha, name)):
                yield name, ""


def _netlist(lines: Iterable[str]) -> Iterator[Named]:
    for line in lines:
        network, _, remark = line.partition(";")
        first, hyphen, last = network.partition("-")
        if not hyphen:
            yield network, remark
            continue
        try:
            for part in IPRange(first.strip(), last.strip()).cidrs():
                yield str(part), remark
        except (AddrFormatError, ValueError):
            yield "", ""


def _json_cidr(lines: Iterable[str]) -> Iterator[Named]:
    for line in lines:
        try:
            told = msgspec.json.decode(line, type=dict[str, object])
        except (msgspec.DecodeError, RecursionError):
            yield "", ""
            continue
        if told.get("type") != "metadata":
            yield str(told.get("cidr", "")), str(told.get("sblid", ""))


def _feodo(lines: Iterable[str]) -> Iterator[Named]:
    for row in _table(lines, "first_seen_utc,dst_ip,dst_port,c2_status,last_online,malware"):
        yield row["dst_ip"], row["malware"]


def _sslbl(lines: Iterable[str]) -> Iterator[Named]:
    for row in _table(lines, "Listingdate,SHA1,Listingreason"):
        yield (row["SHA1"] if _SHA1.fullmatch(row["SHA1"]) else ""), row["Listingreason"]


def _threatfox(lines: Iterable[str]) -> Iterator[Named]:
    """Names and addresses; addresses of pages and hashes of files are not seen on the wire."""
    head = (
        "first_seen_utc,ioc_id,ioc_value,ioc_type,threat_type,fk_malware,malware_alias,"
        "malware_printable,last_seen_utc,confidence_level"
    )
    for row in _table(lines, head):
        sure = row["confidence_level"]
        if not sure.isdecimal():
            yield "", ""
        elif int(sure) >= SURE and row["ioc_type"] == "domain":
            yield row["ioc_value"], row["malware_printable"]
        elif int(sure) >= SURE and row["ioc_type"] == "ip:port":
            yield row["ioc_value"].rpartition(":")[0].strip("[]"), row["malware_printable"]


def _table(lines: Iterable[str], head: str) -> Iterator[Mapping[str, str]]:
    """Give the rows of a CSV file whose head, if it is there at all, may be a comment."""
    columns = head.split(",")
    for line in lines:
        try:
            row = [each.strip() for each in next(csv.reader([line], skipinitialspace=True), [])]
        except csv.Error:
            row = []
        if row[: len(columns)] != columns:
            yield dict(zip(columns, [*row, *([""] * len(columns))], strict=False))


READERS: Mapping[str, Callable[[Iterable[str]], Iterator[Named]]] = {
    "domains": _domains,
    "hosts": _hosts,
    "netlist": _netlist,
    "json_cidr": _json_cidr,
    "feodo": _feodo,
    "sslbl": _sslbl,
    "threatfox": _threatfox,
}
