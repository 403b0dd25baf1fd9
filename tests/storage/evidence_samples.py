"""Invented exchanges, and the account of an audit, to put into an archive."""

import gzip
from datetime import UTC, datetime, timedelta

import msgspec

from crawler.limits import GatherSettings
from crawler.net.fetcher import Exchange, Request
from crawler.net.visit import Event
from crawler.snapshot import Failure, FailureKind, PageRole
from storage.evidence.records import AuditAccount, KeptAudit, KeptResponse
from storage.evidence.writer import AuditRecorder, ShardWriter

FETCHED = datetime(2018, 3, 1, 1, 2, 3, 456789, tzinfo=UTC)
PAGE = ("<html><body>" + "青禾县召开工作会议。" * 200 + "</body></html>").encode("gb18030")


def event(path: str, body: bytes = PAGE, **changes: object) -> Event:
    """Return an exchange with a page of an invented site."""
    values: dict[str, object] = {
        "request": Request(url=f"http://www.s1.gov.cn{path}"),
        "fetched_at": FETCHED,
        "seconds": 0.25,
        "status": 200,
        "headers": (("content-type", "text/html; charset=gbk"), ("transfer-encoding", "chunked"), ("x-name", "\xc7\xe0\xba\xcc")),
        "body": body,
        "raw_body": body,
        "address": "127.0.0.1",
    }
    return Event(exchange=Exchange(**{**values, **changes}), role=PageRole.COLUMN)  # type: ignore[arg-type]


def compressed(path: str) -> Event:
    """Return an exchange whose body came compressed."""
    raw = gzip.compress(PAGE, mtime=0)
    return event(path, raw_body=raw, headers=(("content-type", "text/html"), ("content-encoding", "gzip")))


def refused(path: str) -> Event:
    """Return an exchange that brought nothing."""
    return event(path, b"", status=None, headers=(), failure=Failure(kind=FailureKind.CONNECT, detail="Refused."), address=None)


def account(site_id: int = 1, scan_id: int = 1, look: int = 1) -> AuditAccount:
    """Return the account of an audit."""
    return AuditAccount(
        scan_id=scan_id,
        site_id=site_id,
        look=look,
        as_of=FETCHED,
        standard="2018q1-spot-check",
        limits=GatherSettings(max_pages=3),
        job=msgspec.Raw(b'{"site":1}'),
        started_at=FETCHED,
        finished_at=FETCHED + timedelta(seconds=9),
        seconds=9.0,
    )


def keep(
    writer: ShardWriter, *events: Event, site_id: int = 1, scan_id: int = 1, look: int = 1, known: tuple[KeptResponse, ...] = ()
) -> KeptAudit:
    """Archive an audit with these exchanges."""
    recorder = AuditRecorder(scan_id, look, known)
    for number, each in enumerate(events):
        recorder.take(each, float(number))
    return writer.append(recorder.finish(account(site_id, scan_id, look)))
