"""From values to what the API sends."""

from dataclasses import fields

from appliance import model
from appliance.store import Conversation
from tests.kit import people
from tests.kit.story import case
from web.api import shapes
from web.wording import Names, tell, tell_case


def test_an_alert_carries_its_words() -> None:
    alert = people.alert()
    told = tell("en", alert, Names({}))
    shaped = shapes.alert(alert, told)
    assert (shaped.title, shaped.severity) == (told.title, "danger")
    assert shaped.mac == alert.about


def test_a_case_carries_its_words_and_the_names_of_its_stages() -> None:
    one = case()
    told = tell_case("en", one, Names({}))
    shaped = shapes.case(one, told)
    assert (shaped.title, shaped.severity, shaped.mac) == (told.title, "danger", one.about)
    assert shaped.stages == ["entry", "control", "looking", "harm"]
    assert shaped.alerts == list(one.alerts)


def test_a_conversation_has_the_same_fields_here_and_in_the_store() -> None:
    assert set(shapes.Flow.__struct_fields__) == {field.name for field in fields(Conversation)}


def test_health_that_never_was_claims_nothing() -> None:
    assert shapes.health(None, alive=False) == shapes.Health(alive=False)
    shaped = shapes.health(people.health(), alive=True)
    assert shaped.seeing
    named = {field.name for field in fields(model.Health)}
    assert set(shapes.Health.__struct_fields__) - {"alive"} <= named
