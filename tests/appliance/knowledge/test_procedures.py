"""Remote procedures with which one machine acts on another."""

import pytest

from appliance.knowledge.procedures import Deed, deed

SERVICES = "367abb81-9844-35f1-ad32-98f038001003"
REPLICATION = "e3514235-4b06-11d1-ab04-00c04fc2dcd2"


@pytest.mark.parametrize(("operation", "does"), [(12, Deed.SERVICE), (19, Deed.START)])
def test_a_procedure_is_known_by_interface_and_number(operation, does):
    assert deed(SERVICES, operation) is does


def test_to_look_at_services_is_no_deed():
    """15 opens their list, 14 reads it."""
    assert deed(SERVICES, 15) is None
    assert deed(SERVICES, 14) is None


def test_some_interfaces_only_domain_controllers_have():
    assert deed(REPLICATION, 0) is Deed.CONTROLLER
    assert deed(REPLICATION, 3) is Deed.REPLICATION


def test_what_is_not_in_the_table_is_nothing():
    assert deed("00000000-0000-0000-0000-000000000000", 0) is None
