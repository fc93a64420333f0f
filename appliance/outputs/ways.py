"""All ways out that the configuration names, ready to send; what is missing is said at once."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from appliance.config import Config
from appliance.outputs.apprise import AppriseWay
from appliance.outputs.mail import MailWay
from appliance.outputs.ntfy import NtfyWay
from appliance.outputs.syslog import SyslogWay
from appliance.outputs.way import Clock, Unusable, Way
from appliance.outputs.webhook import WebhookWay


class CannotSend(Exception):  # noqa: N818 - says what is
    """Some ways cannot be used as they are set up; one line for each."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def build(config: Config, now: Clock, *, shows: bool = True) -> Mapping[str, Way]:
    """Give every way by its name; *shows*: those that can say also how the practice is.

    Raises CannotSend.
    """
    found: dict[str, Way] = {}
    mistakes = []
    for table, name, make in _makers(config, now, shows=shows):
        try:
            found[name] = make()
        except Unusable as why:
            mistakes.append(f"[outputs.{table}.{name}] {why}")
    if mistakes:
        raise CannotSend(mistakes)
    return found


def _makers(
    config: Config, now: Clock, *, shows: bool
) -> Iterator[tuple[str, str, Callable[[], Way]]]:
    outputs, host = config.outputs, socket.gethostname()
    for name, mail in outputs.mail.items():
        yield "mail", name, partial(MailWay, mail)
    for name, ntfy in outputs.ntfy.items():
        yield "ntfy", name, partial(NtfyWay, ntfy)
    for name, apprise in outputs.apprise.items():
        yield "apprise", name, partial(AppriseWay, apprise)
    for name, webhook in outputs.webhook.items():
        yield "webhook", name, partial(WebhookWay, webhook, now)
    for name, syslog in outputs.syslog.items():
        yield "syslog", name, partial(SyslogWay, syslog, host)
    if outputs.mqtt:
        from appliance.outputs.mqtt import MqttWay  # noqa: PLC0415 - weighs 3 MB; few have a broker

        for name, mqtt in outputs.mqtt.items():
            yield "mqtt", name, partial(MqttWay, mqtt, config.practice.language, shows=shows)
