"""The acceptance test in words: lines for the terminal, and a page to print and sign.

The page is one HTML file that needs nothing beside it; paper is black and white, so a word says
what a colour would.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from importlib import resources
from string import Template

from appliance.selftest.box import Box
from appliance.selftest.samples import Changed, Outcome, Result
from appliance.sight import Sign
from appliance.texts import say, sentences

LINES_TO_SIGN = ("name", "signed_on", "signature")
"""What each who signs fills in."""
SIGNERS = ("installer", "client")
SCOPE = ("what", "apart", "lab")


def passed(results: Sequence[Result]) -> bool:
    """Tell whether every detector that is on saw its sign."""
    return all(result.outcome in (Outcome.SEEN, Outcome.OFF) for result in results)


def head(box: Box, language: str) -> Iterator[str]:
    """Give the lines before the results."""
    yield _say(language, "heading")
    yield _say(language, "mark")
    yield ""
    for name, value in _facts(box, language):
        yield _say(language, "fact", name=name, value=value)
    yield ""
    yield _say(language, "rules")


def row(result: Result, language: str) -> str:
    """Give the line of one detector."""
    width = max(len(_say(language, outcome)) for outcome in Outcome)
    outcome, rule = _say(language, result.outcome), _rule(result, language)
    line = f"  {outcome:<{width}}  {rule} [{result.detector}]"
    remark = _remark(result, language)
    return f"{line}\n  {'':<{width}}  {remark}" if remark else line


def tail(box: Box, results: Sequence[Result], language: str) -> Iterator[str]:
    """Give the lines after the results."""
    yield ""
    yield _verdict(results, language)
    yield ""
    yield _say(language, "sight")
    for sign in box.signs:
        yield f"  {_held(sign, language):<3}  {_words(sign, language)}"
    yield ""
    yield _say(language, "changed")
    yield from (f"  {line}" for line in _changed(box, language))
    yield ""
    yield _say(language, "scope")
    for part in SCOPE:
        yield f"  {_say(language, part)}"


def html(box: Box, results: Sequence[Result], language: str) -> str:
    """Give the page to sign."""
    page = resources.files(__package__).joinpath("page.html").read_text("utf-8")
    texts = {key: escape(_say(language, key)) for key in ("heading", "mark", "rules", "sight")}
    texts |= {key: escape(_say(language, key)) for key in ("changed", "scope", "sign")}
    return Template(page).substitute(
        texts,
        language=language,
        title=escape(f"{_say(language, 'heading')}, {box.practice or box.name}"),
        facts=_pairs(_facts(box, language)),
        head=_cells("th", (_say(language, key) for key in ("outcome", "rule", "key"))),
        results="\n".join(_result(result, language) for result in results),
        verdict=escape(_verdict(results, language)),
        signs="\n".join(_sign(sign, language) for sign in box.signs),
        limits="\n".join(f"<li>{escape(line)}</li>" for line in _changed(box, language)),
        remarks="\n".join(f"<p>{escape(_say(language, part))}</p>" for part in SCOPE),
        signers="\n".join(_signer(who, language) for who in SIGNERS),
    )


def _say(language: str, key: str, **words: object) -> str:
    return say(language, f"selftest.{key}", **words)


def _facts(box: Box, language: str) -> Iterator[tuple[str, str]]:
    """Give what the box is, each with its label."""
    facts = {
        "practice": box.practice,
        "box": box.name,
        "version": box.version,
        "date": _moment(box.at, language),
        "config": str(box.config or _say(language, "config_none")),
        "card": box.card or _say(language, "none"),
    }
    return ((_say(language, key), value) for key, value in facts.items() if value)


def _moment(at: float, language: str) -> str:
    then = datetime.fromtimestamp(at).astimezone()
    parts = {"day": "%d", "month": "%m", "year": "%Y", "hour": "%H", "minute": "%M"}
    return _say(language, "moment", **{name: f"{then:{form}}" for name, form in parts.items()})


def _rule(result: Result, language: str) -> str:
    return sentences(language)[f"{result.detector}.title"]


def _remark(result: Result, language: str) -> str:
    if result.outcome in (Outcome.SEEN, Outcome.MISSED):
        return ""
    said = ", ".join(
        _say(language, "why_limit", name=one.name, value=_toml(one.value), usual=_toml(one.usual))
        for one in result.limits
    )
    return _say(language, f"why_{result.outcome}", limits=said)


def _verdict(results: Sequence[Result], language: str) -> str:
    off = [result for result in results if result.outcome is Outcome.OFF]
    seen = [result for result in results if result.outcome is Outcome.SEEN]
    on = len(results) - len(off)
    key = "all_seen" if passed(results) else "not_all_seen"
    said = [_say(language, key, n=on, missing=on - len(seen))]
    if off:
        said.append(_say(language, "switched_off", n=len(off)))
    return " ".join(said)


def _changed(box: Box, language: str) -> Iterator[str]:
    if not box.changed:
        yield _say(language, "unchanged")
    for one in box.changed:
        yield _limit(one, language)


def _limit(one: Changed, language: str) -> str:
    return _say(
        language,
        "limit",
        table=f"detectors.{one.detector}",
        name=one.name,
        value=_toml(one.value),
        usual=_toml(one.usual),
    )


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _held(sign: Sign, language: str) -> str:
    return _say(language, "yes" if sign.holds else "no")


def _words(sign: Sign, language: str) -> str:
    if sign.key == "sight.stale":
        return _say(language, "stale")
    texts = sentences(language)
    keys = (sign.key, f"health.{sign.key}", sign.otherwise)
    text = next((texts[key] for key in keys if key in texts), sign.key)
    minutes = f"{sign.number / 60:.0f} min"
    return text.replace("{n}", f"{sign.number:.0f}").replace("{span}", minutes)


def _result(result: Result, language: str) -> str:
    words = _say(language, result.outcome), _rule(result, language), _remark(result, language)
    outcome, rule, remark = map(escape, words)
    why = f"<p>{remark}</p>" if remark else ""
    return (
        f'<tr class="{result.outcome}"><td>{outcome}</td>'
        f"<td>{rule}{why}</td><td><code>{result.detector}</code></td></tr>"
    )


def _sign(sign: Sign, language: str) -> str:
    """Give a row of the list; what does not hold stands out."""
    held, words = escape(_held(sign, language)), escape(_words(sign, language))
    return f'<dt class="{"holds" if sign.holds else "fails"}">{held}</dt><dd>{words}</dd>'


def _pairs(pairs: Iterator[tuple[str, str]]) -> str:
    return "\n".join(f"<dt>{escape(one)}</dt><dd>{escape(other)}</dd>" for one, other in pairs)


def _cells(tag: str, words: Iterator[str]) -> str:
    return "".join(f"<{tag}>{escape(each)}</{tag}>" for each in words)


def _signer(who: str, language: str) -> str:
    lines = _cells("dt", (_say(language, key) for key in LINES_TO_SIGN)).replace(
        "</dt>", "</dt><dd></dd>"
    )
    return f"<section><h3>{escape(_say(language, who))}</h3><dl>{lines}</dl></section>"
