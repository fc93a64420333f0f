"""The incident file on paper: an `Account` set by typst as PDF/A (`appliance.press`)."""

from datetime import UTC, datetime
from importlib import resources

from appliance.dossier.account import Account
from appliance.press import setting
from appliance.texts import say, sentences

MOST = 300
"""Lines of the chronology, and indicators, on paper; all of them are in the ZIP's other files."""


def pdf(account: Account) -> bytes:
    """Give *account* as a PDF; raises PaperError."""
    source = resources.files(__package__).joinpath("paper.typ").read_bytes()
    return setting.pdf(source, {"account": account, "words": _words(account)})


def _words(account: Account) -> dict[str, object]:
    """Give the words of the paper that are not the account's."""
    language = account.language
    found: dict[str, object] = {
        key.removeprefix("incident_file."): text
        for key, text in sentences(language).items()
        if key.startswith("incident_file.")
    }
    blanks = {"id": account.id, "practice": account.practice or "Vigie"}
    more = len(account.chronology) - MOST
    return found | {
        "subtitle": say(language, "incident_file.subtitle", **blanks),
        "made": say(language, "incident_file.made", at=account.made, version=account.version),
        "law": say(language, "incident_file.law", day=account.law),
        "devices_none": say(language, "incident_fact.systems_none"),
        "indicators_none": say(language, "incident_fact.indicators_none"),
        "date": tuple(datetime.fromtimestamp(account.made_at, UTC).timetuple())[:6],
        "most": MOST,
        "chronology_more": say(language, "incident_file.more", n=more) if more > 0 else "",
    }
