"""What words of a description mean: kinds of device, makers, operating systems. Pure.

A small vocabulary of general words, no names of files or addresses. Words that mean one thing in
one sentence and another in the next (server, gateway, sensor, client) are left out on purpose,
unless the words before them tell which: what is not understood is not judged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appliance.knowledge.kinds import Kind

_COMPUTER = frozenset({Kind.WORKSTATION})
_IMAGING = frozenset({Kind.SENSOR, Kind.PANORAMIC, Kind.INTRAORAL_SCANNER, Kind.ACQUISITION_PC})

KINDS: tuple[tuple[str, frozenset[Kind]], ...] = (
    (r"3d printer", frozenset({Kind.PRINTER_3D})),
    (r"print server|file server|mail server|database server", frozenset({Kind.SERVER})),
    (r"windows server|domain controller|dc|pacs", frozenset({Kind.SERVER})),
    (r"printer|multifunction device|mfp", frozenset({Kind.PRINTER})),
    (r"(?:ip |day |indoor |outdoor |video )*camera|webcam", frozenset({Kind.CAMERA})),
    (r"(?:smart |power )+(?:plug|socket|strip)|wall plug", frozenset({Kind.IOT})),
    (
        r"(?:door|window|motion|water|smoke|temperature|light|z-wave|zigbee)[\w/ -]* sensor",
        frozenset({Kind.IOT}),
    ),
    (r"siren|scale|thermostat|light bulb|doorbell|intercom|kettle", frozenset({Kind.IOT})),
    (r"coffee (?:machine|maker)|(?:smart )?(?:loud)?speaker", frozenset({Kind.IOT})),
    (r"(?:wemo|insight|hue|light|dimmer) switch", frozenset({Kind.IOT})),
    (r"(?:home|smart) hub", frozenset({Kind.IOT})),
    (
        r"(?:power|light(?:ing|ify)?|hue|heating|zigbee|z-wave) (?:gateway|bridge)",
        frozenset({Kind.IOT}),
    ),
    (r"game console|playstation|xbox", frozenset({Kind.TELEVISION})),
    (r"apple ?tv|smart tv|television|chromecast", frozenset({Kind.TELEVISION})),
    (r"ipad|tablet", frozenset({Kind.TABLET})),
    (r"iphone|(?:smart|tele|mobile |sip |voip |desk )?phone", frozenset({Kind.PHONE})),
    (r"nas|network storage", frozenset({Kind.NAS})),
    (r"card reader", frozenset({Kind.CARD_READER})),
    (r"payment terminal", frozenset({Kind.PAYMENT_TERMINAL})),
    (r"panoramic|cbct|cone beam", frozenset({Kind.PANORAMIC})),
    (r"intraoral scanner", frozenset({Kind.INTRAORAL_SCANNER})),
    (r"modality", _IMAGING),
    (r"acquisition (?:pc|station)", frozenset({Kind.ACQUISITION_PC})),
    (r"viewer", frozenset({Kind.WORKSTATION, Kind.ACQUISITION_PC})),
    (r"macbook(?: pro| air)?|imac|mac(?: mini| pro)?", _COMPUTER),
    (r"pc|desktop|laptop|notebook|workstation", _COMPUTER),
    (r"router|firewall", frozenset({Kind.INTERNET_BOX})),
    (r"access point|ap", frozenset({Kind.ACCESS_POINT})),
    (r"(?:network|ethernet|lan) switch", frozenset({Kind.SWITCH})),
)
"""A word or phrase, and what a device called so may be; earlier ones take their words first."""

MAKERS: Mapping[str, tuple[str, ...]] = {
    r"iphone|ipad|macbook|imac|mac|apple ?tv|apple": ("apple",),
    r"d-?link": ("d-link", "dlink"),
    r"tp-?link": ("tp-link", "tplink"),
    r"hp|hewlett[- ]packard": ("hp", "hewlett"),
    r"ednet(?:\.living)?|assmann|digitus": ("ednet", "assmann", "digitus"),
    r"osram|ledvance": ("osram", "ledvance"),
    r"extreme": ("extreme",),
    r"asus(?:tek)?": ("asus", "asustek"),
    r"raspberry pi": ("raspberry",),
    **{
        name: (name,)
        for name in (
            *("acer", "amazon", "avm", "axis", "brother", "canon", "cisco", "dahua"),
            *(
                "belkin",
                "dell",
                "edimax",
                "epson",
                "google",
                "hikvision",
                "huawei",
                "kyocera",
                "lenovo",
                "lexmark",
            ),
            *("lg", "netgear", "netatmo", "nintendo", "philips", "planmeca", "qnap", "ricoh"),
            *("samsung", "sonos", "sony", "synology", "ubiquiti", "withings", "xerox", "xiaomi"),
        )
    },
}
"""A word, and how the maker's name may begin or be contained in what the box says."""

SYSTEMS: Mapping[str, str] = {
    r"android(?:[ -](?P<android>\d+))?": "android",
    r"win(?:dows)?[ -]?(?P<windows>2000|xp|vista|7|8\.1|8|10|11)?": "windows",
    r"domain controller|dc|windows server": "windows",
    r"ipad": "ipados",
    r"iphone|ios": "ios",
    r"macbook(?: pro| air)?|imac|mac(?: mini| pro)?|macos|mac os x": "macos",
    r"linux|ubuntu|debian": "linux",
}
"""A word, and the family of operating systems that it means; a group gives the release."""

NO_DEVICE = (
    r"job|printing|discovery|update|apps?|session|call|boot|logon|login|housekeeping|"
    r"registrations?|broadcast|traffic|backdoor|exe|virus|install|samples?|scan|phishing"
)
"""Words for doings and programs: a phrase that holds one speaks of no device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a phrase says of a device; empty fields say nothing."""

    kinds: frozenset[Kind] = frozenset()
    """It is one of these."""
    makers: tuple[str, ...] = ()
    """Spellings of its maker, lower case."""
    system: str = ""
    release: str = ""
    of_several: bool = False
    """The phrase counts devices, or has a plural."""

    def __bool__(self) -> bool:
        return bool(self.kinds or self.makers or self.system)

    def with_more(self, other: "Claim") -> "Claim":
        """Add what *other* says of the same device where this says nothing or less."""
        same = self.system == other.system or not self.system
        return Claim(
            kinds=self.kinds & other.kinds or self.kinds or other.kinds,
            makers=self.makers or other.makers,
            system=self.system or other.system,
            release=self.release or (other.release if same else ""),
            of_several=self.of_several,
        )


def understand(phrase: str) -> Claim:
    """Read what *phrase* says of one device; what it says twice over in different ways is left."""
    lower = re.sub(r"\([^)]*\)|'[^']*'", " ", phrase).lower()
    if _find(NO_DEVICE, lower):
        return Claim()
    kinds = list(_kinds(lower))
    makers = list(dict.fromkeys(names for word, names in MAKERS.items() if _find(word, lower)))
    systems = dict(_systems(lower))
    # "Mac to PC" or "Extreme/HP" name two devices, and nobody can say which is meant.
    system, release = next(iter(systems.items())) if len(systems) == 1 else ("", "")
    return Claim(
        kinds=frozenset.intersection(*kinds) if kinds else frozenset(),
        makers=makers[0] if len(makers) == 1 else (),
        system=system,
        release=release,
        of_several=bool(re.search(r"\b(?:\d{1,4}|two|three|several) [\w-]+( [\w-]+)?s\b", lower))
        or any(_find(f"(?:{word})(?:e?s)", lower) for word, _ in KINDS)
        or bool(_find(r"switches|plugs|sockets|sensors|devices|hosts|clients|pcs", lower)),
    )


def _kinds(lower: str) -> Iterator[frozenset[Kind]]:
    for word, kinds in KINDS:
        if _find(word, lower):
            yield kinds
            lower = re.sub(_whole(word), " ", lower)


def _systems(lower: str) -> Iterator[tuple[str, str]]:
    for word, system in SYSTEMS.items():
        if found := _find(word, lower):
            yield system, next((group for group in found.groups() if group), "")


def _find(word: str, text: str) -> re.Match[str] | None:
    return re.search(_whole(word), text)


def _whole(word: str) -> str:
    """Match *word* only where it is no part of a longer one."""
    return rf"(?<![\w-])(?:{word})(?![\w-])"
