"""What a device may be for, and what that lets it do outside."""

import pytest

from appliance.roles import Outside, Role, roles
from appliance.texts import LANGUAGES, sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_a_name(language):
    """And no name is without a role."""
    named = {key for key in sentences(language) if key.startswith("roles.")}
    assert named == {f"roles.{key}" for key in roles()}


def test_only_roles_that_are_listed_have_hosts():
    """A list that is never read would mislead."""
    assert all(role.hosts == () or role.outside is Outside.LISTED for role in roles().values())


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("ameli.fr", True),
        ("x.ameli.fr", True),
        ("evilameli.fr", False),
        ("ameli.fr.evil.example", False),
        ("", False),
    ],
)
def test_a_listed_role_reaches_its_hosts_and_all_below(name, allowed):
    """Whole labels are compared."""
    assert Role(outside=Outside.LISTED, hosts=("ameli.fr",)).allows(name) is allowed
