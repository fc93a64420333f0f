"""Images or records of patients cross the uplink in clear, or somebody outside asks for them.

What it sees
    How associations of DICOM are opened, and the heads of HL7 messages,
    between a machine of the practice and a host of the internet. Of patients
    it sees nothing, and keeps nothing.

Why it matters
    Neither protocol hides what it carries, and mostly neither asks who is
    there: everybody on the way reads names, birth dates and images. Devices
    that answer the internet are found within days, by whoever looks for them.

How it decides
    One is enough. From outside, a request of DICOM or a message of HL7 is
    always a danger, also one that only knocks (C-ECHO) or is turned away: the
    device can be reached, and somebody tries. From inside, a message of HL7,
    and an association that the other side accepts for more than C-ECHO, are a
    danger: data goes out. An association from inside that is only asked for,
    that is turned away or only knocks, is a warning: nothing of a patient has
    gone yet. The finding says who called whom and how far it came. A refusal
    counts only after its request, because its ten bytes may come by chance.

What it misses
    Images sent by web or mail; DICOM over TLS, which is as it should be; an
    association whose opening did not pass the mirror port. A private address
    that is not of the practice is not outside: it is a second site or a
    provider behind a VPN, or a network that nobody declared.

When it is wrong
    A VPN between routers that carries public addresses, which looks the same
    inside; an inside network of public addresses that nobody declared as the
    practice's (``home`` in the configuration).

Sources
    MITRE ATT&CK T1048.003, T1040; DICOM PS3.8 section 9.3, PS3.15 annex B
    (secure transport); HL7 v2.5.1 chapter 2; RGPD article 32.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.facts import DicomAssociated, Fact, Hl7Heard
from appliance.memory import Memory
from appliance.model import Finding, Ip, Severity
from appliance.stages import Stage

_ECHO = "1.2.840.10008.1.1"
"""Abstract syntax of C-ECHO (PS3.4 annex A): is anybody there?"""
_PDU = {"requested": "A-ASSOCIATE-RQ", "accepted": "A-ASSOCIATE-AC", "rejected": "A-ASSOCIATE-RJ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    requests: int = limit(
        256, "requests remembered until they are answered", minimum=16, maximum=16_384
    )


@dataclass(frozen=True, slots=True)
class _Call:
    """Who called whom, and what for."""

    caller: Ip
    called: Ip
    what: str
    severity: Severity
    """What it is when the call comes from inside."""


class PatientDataOutside:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="patient_data_outside",
        severity=Severity.DANGER,
        attack=("T1048.003", "T1040"),
        stage=Stage.HARM,
        cut_helps=True,
        limits=Limits,
        sees=(DicomAssociated, Hl7Heard),
    )

    def __init__(self, limits: Limits) -> None:
        self._asked: Memory[tuple[Ip, Ip, int, int], bool] = Memory(limits.requests)
        """By caller, called and their ports, whether more than C-ECHO is asked for."""

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* is said between inside and outside."""
        if isinstance(fact, DicomAssociated | Hl7Heard):
            out, back = network.is_outside(fact.dst), network.is_outside(fact.src)
            inside = fact.src if out else fact.dst
            if out != back and network.is_home(inside):
                call = self._dicom(fact) if isinstance(fact, DicomAssociated) else self._hl7(fact)
                if call is not None:
                    return self._tell(fact, call, inside, network)
        return ()

    def dropped(self) -> int:
        """Count requests forgotten before their answer."""
        return self._asked.dropped

    def _tell(
        self, fact: DicomAssociated | Hl7Heard, call: _Call, inside: Ip, network: Network
    ) -> Iterator[Finding]:
        device = fact.mac if inside == fact.src else network.holder(inside) or fact.mac
        outside = call.called if inside == call.caller else call.caller
        ends = {inside: device, outside: network.name_of(outside) or outside}
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=device,
            key=(self.about.id, device, outside),
            words={"caller": ends[call.caller], "called": ends[call.called], "what": call.what},
            severity=call.severity if inside == call.caller else Severity.DANGER,
            peer=ends[outside],
            src_ip=call.caller,
            dest_ip=call.called,
        )

    def _dicom(self, fact: DicomAssociated) -> _Call | None:
        if fact.kind == "requested":
            more = set(fact.syntaxes) != {_ECHO}
            self._asked.put((fact.src, fact.dst, fact.sport, fact.dport), more)
            caller, called = fact.src, fact.dst
        else:
            caller, called = fact.dst, fact.src
            asked = self._asked.get((caller, called, fact.dport, fact.sport))
            if asked is None and fact.kind == "rejected":
                return None
            more = asked is not False
        goes = more and fact.kind == "accepted" and fact.agreed
        service = "" if more else " C-ECHO"
        return _Call(
            caller,
            called,
            f"DICOM{service} {_PDU.get(fact.kind, '')}".rstrip(),
            Severity.DANGER if goes else Severity.WARNING,
        )

    def _hl7(self, fact: Hl7Heard) -> _Call | None:
        what = f"HL7 {fact.message}".rstrip()
        if not fact.message.startswith("ACK"):
            self._asked.put((fact.src, fact.dst, fact.sport, fact.dport), True)
            return _Call(fact.src, fact.dst, what, Severity.DANGER)
        if (fact.dst, fact.src, fact.dport, fact.sport) in self._asked:
            return None
        return _Call(fact.dst, fact.src, what, Severity.DANGER)
