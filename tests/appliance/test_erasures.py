"""What can be deleted now, and by whom."""

from appliance.erasures import LEARNT, OF_OUTPUTS, OF_SENSOR, What


def test_everything_has_somebody_who_deletes_it() -> None:
    """Sessions are the pages' own, and gone at once."""
    assert OF_SENSOR | OF_OUTPUTS | {What.SESSIONS} == set(What)


def test_what_the_sensor_knows_by_heart_is_its_own_to_delete() -> None:
    assert LEARNT < OF_SENSOR
