"""Listens to a browser's page for what must not happen: scripts run, errors, policy broken."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request


@dataclass
class Watcher:
    """What a page complained of."""

    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> "Watcher":
        """Watch *page* from now on."""
        watcher = cls()
        page.on("console", watcher._console)
        page.on("pageerror", lambda error: watcher.complaints.append(f"script: {error}"))
        page.on("dialog", lambda dialog: watcher.complaints.append(f"dialog: {dialog.message}"))
        page.on("requestfailed", watcher._failed)
        page.add_init_script(
            "window.ran = 0;"
            "addEventListener('securitypolicyviolation', (e) =>"
            " console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));"
        )
        return watcher

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        """A request that ends because its page is left is no complaint."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"not loaded: {request.url} ({request.failure})")
