"""The set-up, step by step: each can be left, taken up again, and gone through once more."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance import settings, trying
from appliance.config_file import ConfigError
from appliance.panel.lamp import Part
from appliance.texts import say
from web import cutting, progress, steps, telling
from web.access.sessions import Person, asking
from web.audit import note
from web.box import here
from web.progress import STEPS, Progress, Went
from web.settings import form, keep, keep_outputs, take
from web.speech import language

blueprint = Blueprint("wizard", __name__, url_prefix="/wizard")

KEYS = {
    "practice": ("practice.name", "practice.language", "practice.timezone", "practice.hours"),
    "card": ("capture.card", "panel.management_card"),
    "gateway": ("panel.cut",),
    "topology": ("practice.topology",),
    "remote": ("practice.remote_tools",),
    "learning": ("home.learning_days",),
}
"""The settings that a step asks for."""


@blueprint.get("")
def page() -> str:
    """Show the steps, and what became of each."""
    return render_template("wizard.html", progress=_progress(), steps=STEPS)


@blueprint.get("/<step>")
def step(step: str) -> str:
    """Show one step as it stands."""
    return _page(_known(step))


@blueprint.post("/<step>/save")
def save(step: str) -> ResponseReturnValue:
    """Keep what was filled in, and go on to the next step."""
    person = asking() or abort(401)
    step = _known(step)
    refused = _told(person) if step == "told" else _settings(person, step)
    if refused is not None:
        return refused
    if step == "panel" and request.form.get("light") == "no":
        return _page(step, mistakes=(say(language(), "wizard.panel.dark"),))
    return _on(person, step, Went.DONE)


@blueprint.post("/<step>/later")
def later(step: str) -> ResponseReturnValue:
    """Leave a step for another day."""
    return _on(asking() or abort(401), _known(step), Went.LATER)


@blueprint.post("/reminder/aside")
def aside() -> ResponseReturnValue:
    """Remind nobody any more, or again."""
    person, stands = asking() or abort(401), bool(request.form.get("aside"))
    _keep(replace(_progress(), begun=True, aside=stands))
    note(person.name, "wizard", "aside" if stands else "taken up")
    return redirect(url_for("overview.page" if stands else "wizard.page"), 303)


@blueprint.post("/told/test")
def test() -> ResponseReturnValue:
    """Ask the outputs for a test message to everybody who is told."""
    person, box = asking() or abort(401), here()
    people = telling.reached(box.config)
    try:
        trying.ask(box.config, trying.Asked(at=box.now(), people=people))
    except OSError as error:
        flash(say(language(), "settings.not_kept", why=str(error)), "mistake")
    note(person.name, "test_message", ", ".join(people[: trying.MOST]))
    return redirect(url_for("wizard.step", step="told"), 303)


@blueprint.post("/panel/lamp")
def lamp() -> ResponseReturnValue:
    """Have one colour shown, or the buzzer sound, and ask whether somebody saw or heard it."""
    person, part = asking() or abort(401), _part()
    shown = cutting.give(lambda: here().panel.try_lamp(part))
    note(person.name, "lamp", part)
    if not shown:
        return redirect(url_for("wizard.step", step="panel"), 303)
    return redirect(url_for("wizard.step", step="panel", tried=part, _anchor="colours"), 303)


@blueprint.post("/panel/seen")
def seen() -> ResponseReturnValue:
    """Keep whether somebody saw a colour, or heard the buzzer."""
    person, part, yes = asking() or abort(401), _part(), request.form.get("seen") == "yes"
    _keep(_progress().with_answer(part, yes))
    note(person.name, "wizard", f"panel {part} {'yes' if yes else 'no'}")
    return redirect(url_for("wizard.step", step="panel", _anchor="colours"), 303)


def _part() -> Part:
    try:
        return Part(request.form.get("part", ""))
    except ValueError:
        abort(400)


def _settings(person: Person, step: str) -> ResponseReturnValue | None:
    """Keep the settings of *step*; give the page that says what is wrong, if anything is."""
    keys, box, tongue = KEYS.get(step, ()), here(), language()
    installers = box.standing.installers()
    fields, values = take(keys, request.form, installers, tongue)
    fields = steps.judged(step, fields, tongue)
    if any(field.wrong for field in fields):
        return _page(step, fields, (say(tongue, "settings.nothing_kept"),)), 400
    try:
        changed = keep(settings.folder(box.config) / settings.FILE, values, installers)
    except ConfigError as error:
        told = (say(tongue, "settings.contradict"), *error.mistakes)
        return _page(step, fields, told), 400
    except (OSError, settings.UnusableSettings) as error:
        return _page(step, fields, (say(tongue, "settings.not_kept", why=str(error)),)), 503
    if changed:
        note(person.name, "settings", ", ".join(changed))
    return None


def _told(person: Person) -> ResponseReturnValue | None:
    """Keep who is told; give the page that says what is wrong, if anything is."""
    box, tongue = here(), language()
    folder = settings.folder(box.config)
    filled = telling.typed(request.form, steps.told_now(box))
    wrong = telling.wrong(filled, tongue)
    if wrong:
        nothing = (say(tongue, "settings.nothing_kept"),)
        return _page("told", mistakes=nothing, filled=filled, wrong=wrong), 400
    files = telling.fresh_files(filled, folder)
    try:
        telling.write_secrets(filled, files)
        changed = keep_outputs(
            folder / settings.FILE,
            lambda before: telling.tables(filled, before, files),
            box.standing.installers(),
        )
    except ConfigError as error:
        told = (say(tongue, "settings.contradict"), *error.mistakes)
        return _page("told", mistakes=told, filled=filled), 400
    except (OSError, settings.UnusableSettings) as error:
        told = (say(tongue, "settings.not_kept", why=str(error)),)
        return _page("told", mistakes=told, filled=filled), 503
    finally:
        steps.sweep(box)
    if changed:
        note(person.name, "settings", "outputs")
        flash(say(tongue, "form.saved"))
    return None


def _on(person: Person, step: str, went: Went) -> ResponseReturnValue:
    """Note what became of *step*, and go to the next."""
    _keep(_progress().with_step(step, went))
    note(person.name, "wizard", f"{step} {went.value}")
    if step == "told" and went is Went.DONE and telling.reached(here().config):
        return redirect(url_for("wizard.step", step=step), 303)  # to try it
    after = progress.following(step)
    if after:
        return redirect(url_for("wizard.step", step=after), 303)
    return redirect(url_for("wizard.page"), 303)


def _page(
    step: str,
    fields: steps.Fields | None = None,
    mistakes: tuple[str, ...] = (),
    filled: telling.Form | None = None,
    wrong: telling.Wrong | None = None,
) -> str:
    box, place = here(), STEPS.index(step)
    if fields is None:
        fields = form(box.config, KEYS.get(step, ()), box.standing.installers())
    return render_template(
        f"wizard_{step}.html",
        step=step,
        place=place + 1,
        many=len(STEPS),
        before=STEPS[place - 1] if place else "",
        after=progress.following(step),
        went=_progress().of(step),
        fields=fields,
        mistakes=mistakes,
        filled=filled,
        wrong=wrong or {},
        **steps.shown(step, fields),
    )


def _progress() -> Progress:
    return progress.load(here().config)


def _keep(found: Progress) -> None:
    try:
        progress.save(here().config, found)
    except OSError as error:
        flash(say(language(), "settings.not_kept", why=str(error)), "mistake")


def _known(step: str) -> str:
    return step if step in STEPS else abort(404)
