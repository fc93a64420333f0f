"""The papers tell the truth: what is generated is current, what is named exists."""

import re
import tomllib
from pathlib import Path

import pytest

from appliance.catalogue import pages
from appliance.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda file: str(file.relative_to(ROOT)))


@pytest.mark.parametrize("page", pages())
def test_a_generated_page_is_current(page: str) -> None:
    """Otherwise `make bless` rewrites it."""
    assert (ROOT / "docs" / page).read_text("utf-8") == pages()[page]


@paper
def test_what_a_paper_links_to_exists(paper: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text("utf-8")):
        assert (paper.parent / link).exists(), link


def anchors(paper: Path) -> set[str]:
    """Give what the headings of *paper* are linked to by, as GitHub makes it of them."""
    text = re.sub(r"^```.*?^```", "", paper.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@paper
def test_the_heading_that_a_paper_links_to_exists(paper: Path) -> None:
    for link, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", paper.read_text("utf-8")):
        assert anchor in anchors(paper.parent / link if link else paper), f"{link}#{anchor}"


@paper
def test_what_a_paper_tells_to_make_can_be_made(paper: Path) -> None:
    rules = re.findall(r"^([a-z -]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(
        r"(?:`|^    )(?:sudo )?make ([a-z-]+)", paper.read_text("utf-8"), re.MULTILINE
    )
    assert set(named) <= set(" ".join(rules).split())


@paper
def test_a_command_that_a_paper_names_exists(paper: Path) -> None:
    named = set(re.findall(r"`vigie ([a-z]+)", paper.read_text("utf-8")))
    assert named <= set(COMMANDS)
    assert all((ROOT / f"appliance/commands/{command}.py").exists() for command in named)


def test_what_the_map_names_exists() -> None:
    """Above all the test that each invariant names."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = re.findall(r"`((?:appliance|web|tests|docs|systemd|image)/[\w./-]*)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_package_is_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = [
        file.parent.relative_to(ROOT).as_posix()
        for package in ("appliance", "web")
        for file in (ROOT / package).rglob("__init__.py")
    ]
    assert [folder for folder in folders if f"`{folder}/`" not in text] == []


def test_the_changelog_speaks_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == project["version"]
