"""What is glued to the box and its cables, and the legend of its light, on sheets to cut.

Print may be black and white, so each light is told in words as well.
"""

from datetime import date
from importlib import resources

from appliance.model import Level
from appliance.panel.light import OFF, Colour, signal
from appliance.press import setting
from appliance.texts import say, sentences

SHOWN = (
    Level.WELL,
    Level.LEARNING,
    Level.LOOK,
    Level.DANGER,
    Level.COUNTING,
    Level.ISOLATED,
    Level.ISOLATED_UNPROVEN,
    Level.BLIND,
)
"""The levels in the order in which people meet them."""


def pdf(language: str, technician: str, practice: str, day: date) -> bytes:
    """Give the sheets; an empty *technician* leaves a line to write on. Raises PaperError."""
    source = resources.files(__package__).joinpath("labels.typ").read_bytes()
    said = {
        key.removeprefix("labels."): text
        for key, text in sentences(language).items()
        if key.startswith("labels.")
    }
    values = {
        "words": said,
        "legend": [_row(language, level.value, _colours(level)) for level in SHOWN]
        + [_row(language, "off", [])],
        "about": {
            "language": language,
            "technician": technician,
            "practice": practice,
            "date": (day.year, day.month, day.day),
        },
    }
    return setting.pdf(source, values)


def _row(language: str, level: str, colours: list[Colour]) -> dict[str, object]:
    return {
        "light": say(language, f"panel.level.{level}.light"),
        "title": say(language, f"panel.level.{level}.title"),
        "do": say(language, f"label_do.{level}"),
        "colours": [tuple(round(part * 255) for part in colour) for colour in colours],
    }


def _colours(level: Level) -> list[Colour]:
    """Give the colours that the light shows, each once."""
    return [lit for lit in dict.fromkeys(lit for lit, _ in signal(level).steps) if lit != OFF]
