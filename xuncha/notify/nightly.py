"""Telling people of a night: by webhook, by mail, by both, or not at all, as the settings say."""

from datetime import UTC, datetime

from storage.database import Database
from storage.records import Scan
from xuncha.messages import say
from xuncha.notify.delivery import Undelivered
from xuncha.notify.mail import mail
from xuncha.notify.summary import Summary, summary_of
from xuncha.notify.webhook import post
from xuncha.settings import Settings


def notify(database: Database, scan: Scan, settings: Settings) -> tuple[str, ...]:
    """Send the summary of a finished scan; return a sentence for each way that failed. Raises StorageError."""
    if not settings.webhook and not settings.mail_to:
        return ()
    return deliver(summary_of(database, scan), settings)


def deliver(summary: Summary, settings: Settings) -> tuple[str, ...]:
    """Send a summary by every way that is set; a way that fails does not hinder the other."""
    failures = []
    if settings.webhook:
        try:
            post(summary, settings.webhook, settings.webhook_format, settings.webhook_secret, datetime.now(UTC))
        except Undelivered as error:
            failures.append(say("undelivered", why=error))
    if settings.mail_to:
        try:
            mail(
                summary,
                server=settings.smtp,
                sender=settings.mail_from or settings.mail_to[0],
                receivers=settings.mail_to,
                user=settings.smtp_user,
                password=settings.smtp_password,
                security=settings.smtp_security,
            )
        except Undelivered as error:
            failures.append(say("undelivered", why=error))
    return tuple(failures)
