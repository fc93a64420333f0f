"""What is vendored is what it says, and what is ours is small and sound."""

import re
from hashlib import sha256
from pathlib import Path

from appliance.knowledge.kinds import Kind
from web.icons import ALL

STATIC = Path(__file__).parent.parent.parent / "web" / "static"
TEMPLATES = STATIC.parent / "templates"
VENDOR = STATIC / "vendor"
KINDS = STATIC / "kinds.svg"


def symbols() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text("utf-8")))


def test_vendored_files_have_the_hashes_written_beside_them() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$",
        (VENDOR / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    found.pop("README.md")
    assert dict(rows) == found


def test_every_icon_that_is_used_is_in_the_sprite_and_no_other() -> None:
    used = {name for table in ALL.values() for name in table.values()}
    for template in TEMPLATES.glob("*.html"):
        used |= set(re.findall(r'icon\("([a-z-]+)"\)', template.read_text("utf-8")))
    speech = (STATIC.parent / "speech.py").read_text("utf-8")
    used |= set(re.findall(r'"overview|"[a-z]+", "([a-z-]+)"\),', speech)) - {""}
    assert symbols() == used


def test_every_kind_has_a_drawing_of_ours_and_no_two_are_alike() -> None:
    found = re.findall(r'<symbol id="([^"]+)"[^>]*>(.*)</symbol>', KINDS.read_text("utf-8"))
    assert {name for name, _ in found} == set(Kind)
    assert len({drawing for _, drawing in found}) == len(Kind)
    assert not {drawing for _, drawing in found} & set(
        re.findall(r"<symbol[^>]*>(.*)</symbol>", (VENDOR / "icons.svg").read_text("utf-8"))
    )


def test_the_drawings_of_kinds_look_like_the_others() -> None:
    """The same board, the same pen."""
    sheets = (KINDS, VENDOR / "icons.svg")
    pens = [
        set(re.findall(r'<symbol id="[^"]+"( [^>]*)>', file.read_text("utf-8"))) for file in sheets
    ]
    assert pens[0] == pens[1]
    assert len(pens[0]) == 1


OF_ONE_SECTION = (
    {"kiosk.css", "kiosk.js"},
    {"settings.css", "wizard.css", "privacy.css"},
    {"alerts.css", "ticks.js"},
    {"report.css"},
    {"hold.css", "hold.js"},
)
"""Files that the pages of one section fetch, and no others."""


def test_the_pages_fetch_little() -> None:
    """Octets before compression, once: after that the browser keeps them."""
    sizes = {path.name: path.stat().st_size for path in STATIC.iterdir() if path.is_file()}
    for files in OF_ONE_SECTION:
        assert sum(sizes.pop(name) for name in files) < 8_000
    assert sum(sizes.values()) < 58_000
    assert sizes["live.js"] < 6_000


def test_the_style_sheets_fetch_nothing_and_balance_their_braces() -> None:
    for path in STATIC.glob("*.css"):
        text = path.read_text("utf-8")
        assert "url(" not in text
        assert "@import" not in text
        assert text.count("{") == text.count("}")
