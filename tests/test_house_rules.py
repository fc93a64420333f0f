"""What must agree with what, and what must not be found in the code.

Form is ruff's business, types are mypy's, and who may import whom is import-linter's
(``pyproject.toml``); here is what none of them can see.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from appliance.attack import techniques
from appliance.catalogue import HEADINGS, PARTS, sections
from appliance.detectors import ALL
from appliance.detectors.base import Detector
from appliance.texts import LANGUAGES, sentences

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

TOP = {
    *("appliance", "docs", "image", "systemd", "tests", "web"),
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LISEZMOI.md", "README.md"),
    *("Makefile", "install.sh", "pyproject.toml", "uv.lock"),
}
"""What may lie at the top of the project."""

LONG = {
    "appliance/facts.py": "all facts of the closed union; a reader wants them on one page",
    "appliance/store/migrations.py": "steps are only ever added at the end",
}
"""Files that may have more than 300 lines, and why."""

UNMIRRORED = {
    "appliance/facts.py": "holds no behaviour; mypy reads its types",
    "appliance/durations.py": "holds three numbers",
    "appliance/backup/lock.py": "holds no behaviour; the ciphers beside it are tested",
    "appliance/detectors/base.py": "holds no behaviour; its detectors are tested",
}
"""Modules without a test file of their own, and why."""

FENCE = "appliance/pipeline.py"
"""The one place that survives any failure: a bug in one detector must not blind the others."""

detector = pytest.mark.parametrize("detector", ALL, ids=lambda detector: detector.about.id)


def product() -> Iterator[Path]:
    for package in ("appliance", "web"):
        yield from sorted((ROOT / package).rglob("*.py"))


def written() -> Iterator[Path]:
    """Give every file that somebody wrote by hand."""
    kinds = {".py", ".js", ".css", ".html", ".sh", ".c", ""}
    for folder in ("appliance", "web", "tests", "image", "systemd", ".ci"):
        for file in sorted((ROOT / folder).rglob("*")):
            ours = not {"vendor", "data", "__pycache__"} & set(file.parts)
            if ours and file.suffix in kinds and file.is_file():
                yield file


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_nothing_lies_at_the_top_that_does_not_belong_there() -> None:
    """A wheel that a tool left behind was taken for part of the project once."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    seen = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert seen - ignored <= TOP


def calls(file: Path, kind: type[ast.AST]) -> Iterator[ast.AST]:
    tree = ast.parse(file.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, kind))


# Detectors: one file, one id, one name.


def test_every_file_of_a_detector_is_in_the_list() -> None:
    """A detector that nobody lists would never run."""
    files = {file.stem for file in (ROOT / "appliance/detectors").glob("*.py")}
    listed = [it.__module__.removeprefix("appliance.detectors.") for it in ALL]
    others = {stem for stem in files if not _is_detector(stem)}
    assert sorted(files - others) == sorted(listed)
    assert listed == [it.about.id for it in ALL]


def _is_detector(stem: str) -> bool:
    return "What it sees" in (ROOT / f"appliance/detectors/{stem}.py").read_text("utf-8")


@detector
def test_a_detector_explains_itself_under_six_headings(detector: type[Detector]) -> None:
    text = sections(detector)
    assert tuple(text) == ("", *HEADINGS)
    assert all(text.values())


@detector
def test_a_detector_has_tests_and_three_captures(detector: type[Detector]) -> None:
    """The attack, ordinary traffic, and the nearest look-alike, named so."""
    id_ = detector.about.id
    assert (ROOT / f"tests/appliance/detectors/test_{id_}.py").is_file()
    captures = {file.stem for file in (ROOT / f"tests/captures/{id_}").glob("*.pcap")}
    expected = {file.stem for file in (ROOT / f"tests/captures/{id_}").glob("*.alerts")}
    assert captures == expected
    kinds = {stem.partition("_")[0] for stem in captures}
    assert {"ordinary", "lookalike"} < kinds


@detector
def test_the_limits_of_a_detector_are_explained_and_within_range(
    detector: type[Detector],
) -> None:
    for limit in fields(detector.about.limits):
        assert limit.metadata["doc"]
        assert limit.metadata["minimum"] <= limit.default <= limit.metadata["maximum"]


@detector
def test_the_techniques_of_a_detector_are_known(detector: type[Detector]) -> None:
    assert set(detector.about.attack) <= set(techniques())


def test_no_technique_is_listed_in_vain() -> None:
    assert set(techniques()) == {id_ for it in ALL for id_ in it.about.attack}


@detector
def test_the_blanks_of_a_detectors_texts_are_filled(detector: type[Detector]) -> None:
    """Each is named in the detector's file, or is filled for every alert."""
    file = ROOT / f"appliance/detectors/{detector.about.id}.py"
    named = {node.value for node in calls(file, ast.Constant) if isinstance(node.value, str)}
    for language in LANGUAGES:
        for part in PARTS:
            text = sentences(language)[f"{detector.about.id}.{part}"]
            assert set(re.findall(r"{(\w*)}", text)) <= named | {"about"}


def test_detectors_are_kept_apart_by_a_contract() -> None:
    """The import contract names every detector."""
    (contract,) = (
        contract
        for contract in PYPROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "independence"
    )
    assert contract["modules"] == [it.__module__ for it in ALL]


# Code: what a reader relies on.


def test_a_module_has_its_test_file() -> None:
    """The tests mirror the tree, so that a reader finds them without searching."""
    modules = {name(file) for file in product() if file.name != "__main__.py"}
    alone = {
        module for module in modules if not mirror(module).is_file() and not _only_a_text(module)
    }
    missing = sorted(alone - set(UNMIRRORED))
    assert not missing, "\n".join(missing)


def mirror(module: str) -> Path:
    """Give where the tests of *module* are: those of a package, beside or in its folder."""
    file = Path(module)
    if file.name != "__init__.py":
        return ROOT / "tests" / file.with_name(f"test_{file.name}")
    beside = ROOT / "tests" / file.parent.with_name(f"test_{file.parent.name}.py")
    return beside if beside.is_file() else ROOT / "tests" / file.with_name("test_init.py")


def _only_a_text(module: str) -> bool:
    code = ast.parse((ROOT / module).read_text("utf-8")).body
    return not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in code)


def test_exceptions_to_these_rules_are_still_needed() -> None:
    for path in UNMIRRORED:
        assert (ROOT / path).exists()
        assert not mirror(path).exists()
    for path in LONG:
        assert len((ROOT / path).read_bytes().splitlines()) > 300


def test_files_are_short() -> None:
    """A file of more than 300 lines holds two ideas, or stands in the list with its reason."""
    long = [name(file) for file in written() if len(file.read_bytes().splitlines()) > 300]
    assert not set(long) - set(LONG), "\n".join(long)


def test_names_say_what_is_inside() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "base"}
    found = {name(file) for file in written() if file.stem in vague or file.parent.name in vague}
    assert found <= {"appliance/detectors/base.py"}


def test_one_fence_survives_any_failure() -> None:
    """Everywhere else the exceptions that are expected are named."""
    broad = [
        name(file)
        for file in product()
        for handler in calls(file, ast.ExceptHandler)
        if handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}
        if ast.unparse(handler.body[-1]) != "raise"
    ]
    assert broad == [FENCE]


def test_no_program_is_started_through_a_shell() -> None:
    """And nothing is evaluated or unpickled."""
    unsafe = re.compile(
        r"shell=True|os\.(system|popen)|\b(eval|exec)\(|\b(pickle|marshal|shelve)\b"
    )
    assert [name(file) for file in product() if unsafe.search(file.read_text("utf-8"))] == []


def test_a_check_is_switched_off_only_with_its_reason() -> None:
    off = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)(?P<rest>.*)")
    given = re.compile(r"(?:: [A-Z]+\d+(?:, [A-Z]+\d+)*|\[[a-z-]+\])? +[#-] \S.*")
    wrong = [
        f"{name(file)}: {line.strip()}"
        for file in written()
        if file.suffix == ".py"
        for line in file.read_text("utf-8").splitlines()
        if (found := off.search(line)) and not given.fullmatch(found["rest"])
    ]
    assert not wrong, "\n".join(wrong)


def test_templates_hold_no_words() -> None:
    """Words come from the texts, in both languages."""
    for template in sorted((ROOT / "web/templates").glob("*.html")):
        ours = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}", "", template.read_text("utf-8"), flags=re.DOTALL)
        spoken = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', ours)
        spoken.append(re.sub(r"<[^>]*>", "", ours))
        assert not re.findall(r"[^\W\d_]{2,}", " ".join(spoken)), template.name


def test_every_dependency_is_used() -> None:
    declared = {re.split(r"[>=]", it)[0] for it in PYPROJECT["project"]["dependencies"]}
    names = {
        name.removesuffix("-cffi").removesuffix("-mqtt").replace("-", "_") for name in declared
    }
    names -= {"tzdata"}  # read by the standard library's zoneinfo
    code = "\n".join(file.read_text("utf-8") for file in product())
    assert names - set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE)) == set()


# Tests: behaviour, with the real thing as input.


def test_every_test_has_its_sentence() -> None:
    """As its name, of three words or more, or as its docstring."""
    mute = [
        f"{name(file)}: {function.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for function in calls(file, ast.FunctionDef)
        if function.name.startswith("test_")
        and function.name.count("_") < 3
        and not ast.get_docstring(function)
    ]
    assert not mute, "\n".join(mute)


def test_tests_neither_mock_nor_sleep() -> None:
    """Fakes are small classes, and what is awaited is an event."""
    wrong = re.compile(r"unittest.mock|MagicMock|\bmocker\b|time\.sleep\(|\bxfail\b")
    found = [
        name(file) for file in (ROOT / "tests").rglob("*.py") if wrong.search(file.read_text())
    ]
    assert found == ["tests/test_house_rules.py"]
