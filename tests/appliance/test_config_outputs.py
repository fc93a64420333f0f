"""Who is told by which ways, as an installer writes it down."""

import tomllib

import pytest

from appliance.config_file import ConfigError, read
from appliance.config_outputs import TABLES, Mail, Outputs, Person, mistakes

SOUND = """
[outputs.mail.office]
host = "smtp.example.org"
user = "cabinet"
password_file = "/etc/vigie/smtp"
sender = "vigie@cabinet.example"
[outputs.ntfy.phone]
topic_file = "/etc/vigie/topic"
[outputs.syslog.log]
host = "192.168.1.9"
security = "none"
[outputs.person.marie]
mail = "marie@cabinet.example"
danger = ["phone", "office"]
warning = ["office"]
quiet = "19:00-07:30"
digest = ["office"]
then = "paul"
[outputs.person.paul]
danger = ["phone"]
"""


def outputs(text: str) -> Outputs:
    return read(tomllib.loads(text), "f", {}).outputs


def wrong(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        outputs(text)
    return [line.removeprefix("f: ") for line in caught.value.mistakes]


def test_people_and_ways_have_names_of_the_installers_choice() -> None:
    found = outputs(SOUND)
    assert found.configured
    assert set(found.personal) == {"office", "phone"}
    assert set(found.machines) == {"log"}
    assert found.person["marie"].ways("danger") == ("phone", "office")
    assert found.person["marie"].ways("notice") == ()
    assert found.machines["log"].local


def test_nothing_is_set_up_unless_somebody_does() -> None:
    assert not outputs("").configured


def test_every_mistake_between_tables_is_said_at_once() -> None:
    marie = "[outputs.person.Marie D]"
    assert wrong(
        """
        outputs.sms.x = {}
        [outputs.mail.office]
        security = "none"
        user = "x"
        sender = "nobody"
        [outputs.webhook.office]
        url = "http://example.org/"
        [outputs.person."Marie D"]
        danger = ["ofice", "office"]
        then = "mari"
        quiet = "7-8"
        digest_at = "24:00"
        after_minutes = 0
        """
    ) == [
        f"[outputs] no table is called 'sms' (there are {', '.join(TABLES)}).",
        f"{marie} quiet must be hours such as 19:00-07:30, or empty, not '7-8'.",
        f"{marie} digest_at must be a time of day such as 18:00, not '24:00'.",
        f"{marie} after_minutes must be a whole number from 1 to 1440, not 0.",
        "[outputs.mail.office] sender must be an address such as name@example.org, not 'nobody'.",
        f"{marie} a name is of small letters, digits, - and _, at most 32.",
        "[outputs.webhook.office] there is a way called office already, outputs.mail.office.",
        f"{marie} danger names 'ofice', which is no way to people (did you mean office).",
        f"{marie} danger names 'office', and there is no mail to send to.",
        f"{marie} then must be another person, not 'mari'.",
        "[outputs.mail.office] host must be set.",
        "[outputs.mail.office] sender must be set.",
        "[outputs.mail.office] security may be none only where local is true.",
        "[outputs.mail.office] user needs a password_file.",
        "[outputs.webhook.office] secret_file must be set.",
        "[outputs.webhook.office] url may begin with http: only where local is true.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'ntfy.x.url = "ftp://example.org"',
        'ntfy.x.url = "https://user:pass@example.org"',
        'ntfy.x.url = "https://exa mple.org"',
        'mqtt.x.topic = "a/#"',
        'person.x.mail = "a@b"',
        'person.x.mail = "é@example.org"',
        'person.x.mail = "a@example.org, b@example.org"',
        'syslog.x.form = "json"',
        "mail.x.port = 0",
    ],
)
def test_what_makes_no_sense_is_refused(line: str) -> None:
    (what, _, _) = line.split(".", 2)
    assert any(said.startswith(f"[outputs.{what}.x]") for said in wrong(f"outputs.{line}"))


def test_a_person_who_is_told_by_mail_needs_an_address() -> None:
    found = Outputs(
        mail={"office": Mail(host="h", sender="s")}, person={"a": Person(digest=("office",))}
    )
    assert [sentence for _, sentence in mistakes(found)] == [
        "digest names 'office', and there is no mail to send to"
    ]
