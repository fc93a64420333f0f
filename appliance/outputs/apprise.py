"""Whatever Apprise knows: an optional extra, loaded only where it is set up.

It says only whether a message was taken, not by whom it was refused, so it is always tried again.
"""

from importlib import import_module
from typing import Any

from appliance.config_outputs import Apprise
from appliance.outputs.way import Later, Plain, Unusable, secret
from appliance.store.outbox import Item


class AppriseWay(Plain):
    """Sends by the service whose address is in the file that *about* says."""

    def __init__(self, about: Apprise) -> None:
        self.local = about.local
        url = secret(about.url_file)
        try:
            apprise: Any = import_module("apprise")
        except ImportError:
            raise Unusable("Apprise is not installed: add the extra vigie[apprise].") from None
        self._service = apprise.Apprise()
        if not self._service.add(url):
            raise Unusable(f"{about.url_file} holds no address that Apprise knows.")

    def send(self, item: Item) -> None:
        """Send *item*; the service has taken it when this returns."""
        content = item.content
        if not self._service.notify(title=content["subject"], body=content["body"]):
            raise Later("the service did not take it")
