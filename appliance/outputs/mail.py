"""Mail, by SMTP (RFC 5321) to the practice's own provider, encrypted and the server's name checked.

The ``Message-ID`` (RFC 5322 section 3.6.4) is made of the message's id: when a crash makes us send
one again, the mailbox can tell. ``Auto-Submitted`` (RFC 3834) keeps absence notes from answering.
"""

import smtplib
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from appliance.config_outputs import Mail
from appliance.model import Severity
from appliance.outputs.way import (
    LONGEST,
    PATIENCE,
    Later,
    Plain,
    Refused,
    said,
    secret,
    trust,
    within,
)
from appliance.outputs.words import clean
from appliance.store.outbox import Item

_GOODBYE = 3.0
"""Seconds to wait for the server's goodbye."""

_FOR_GOOD = range(500, 600)
"""Answers of a server that will be the same the next time (RFC 5321 section 4.2.1)."""


class MailWay(Plain):
    """Sends mail by the server that *about* says."""

    def __init__(
        self, about: Mail, *, patience: float = PATIENCE, longest: float = LONGEST
    ) -> None:
        self.local = about.local
        self._about = about
        self._patience = patience
        self._longest = longest
        self._password = secret(about.password_file)
        self._trust = trust(about.trust_file)

    def send(self, item: Item) -> None:
        """Send *item*; the server has taken it when this returns."""
        letter = _letter(item, self._about.sender)
        try:
            self._send(letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, why = next(iter(refusal.recipients.values()))
            raise _judged(code, why) from None
        except smtplib.SMTPAuthenticationError as refusal:  # a pass-phrase can be mended
            raise Later(f"the server does not let us in ({refusal.smtp_code})") from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
            raise _judged(refusal.smtp_code, refusal.smtp_error) from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise Later(said(error)) from None

    def _send(self, letter: EmailMessage) -> None:
        server = self._server()
        try:
            with within(self._longest, lambda: server.sock):
                self._enter(server)
                server.send_message(letter)
            # It is taken: a server that is bad at goodbyes must not get it twice.
            with suppress(OSError, smtplib.SMTPException):
                if server.sock:
                    server.sock.settimeout(_GOODBYE)
                server.quit()
        finally:
            server.close()

    def _server(self) -> smtplib.SMTP:
        about = self._about
        if about.security == "tls":
            return smtplib.SMTP_SSL(
                about.host, about.port, timeout=self._patience, context=self._trust
            )
        return smtplib.SMTP(about.host, about.port, timeout=self._patience)

    def _enter(self, server: smtplib.SMTP) -> None:
        if self._about.security == "starttls":
            server.starttls(context=self._trust)
        if self._about.user:
            server.login(self._about.user, self._password)


def _letter(item: Item, sender: str) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = str(item.content["to"])
    letter["Subject"] = clean(str(item.content["subject"]))
    letter["Date"] = datetime.fromtimestamp(item.created, UTC)
    letter["Message-ID"] = f"<{item.id}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    if item.severity >= Severity.DANGER:
        letter["Importance"] = "high"
    letter.set_content(str(item.content["body"]))
    return letter


def _judged(code: int, why: bytes | str) -> Later | Refused:
    text = why.decode("utf-8", "replace") if isinstance(why, bytes) else why
    words = clean(f"the server answers {code}: {text}")
    return Refused(words) if code in _FOR_GOOD else Later(words)
