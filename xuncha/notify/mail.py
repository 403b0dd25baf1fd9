"""The summary by e-mail."""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from xuncha.notify.delivery import Undelivered, trying_again
from xuncha.notify.summary import Summary
from xuncha.settings import MailSecurity

SECONDS = 20


def mail(summary: Summary, *, server: str, sender: str, receivers: Sequence[str], user: str, password: str, security: MailSecurity) -> None:
    """Send a summary; `server` is `HOST` or `HOST:PORT`.

    Raises Undelivered after three tries, and for receivers that the server refused while it took the letter for others. The sentence
    holds no password.
    """
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = summary.headline, sender, ", ".join(receivers)
    # A letter that is sent again keeps its number, by which a server may tell that it has it already.
    message["Date"], message["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody answers it by a machine
    message.set_content(summary.text)
    host, _, port = server.partition(":")

    refused: dict[str, tuple[int, bytes]] = {}

    def send() -> None:
        try:
            with _connected(host, int(port or (465 if security is MailSecurity.TLS else 25)), security) as line:
                if user:
                    line.login(user, password)
                refused.update(line.send_message(message))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise Undelivered(f"{host}: {type(error).__name__} {error}") from None

    trying_again(send)
    if refused:
        raise Undelivered(f"{host}: {', '.join(f'{each} {code}' for each, (code, _) in refused.items())}")


def _connected(host: str, port: int, security: MailSecurity) -> smtplib.SMTP:
    if security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    line = smtplib.SMTP(host, port, timeout=SECONDS)
    if security is MailSecurity.STARTTLS:
        try:
            line.starttls(context=ssl.create_default_context())
        except BaseException:
            line.close()
            raise
    return line
