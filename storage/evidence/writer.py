"""Writing evidence: the exchanges of an audit become a block of WARC records, the blocks of a worker process one file."""

import errno
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from crawler.facts.records import Record
from crawler.net.browser.messages import RenderTask
from crawler.net.browser.renderer import Rendered
from crawler.net.fetcher import Exchange
from crawler.net.visit import Event
from crawler.snapshot import FailureKind, Screenshot
from storage.compression import FAST, STORED
from storage.errors import EvidenceUnwritable
from storage.evidence.names import shard_name, stem_of
from storage.evidence.packing import kept_audit
from storage.evidence.records import (
    ACCOUNT_TYPE,
    AuditAccount,
    KeptAudit,
    KeptContent,
    KeptExchange,
    KeptRendering,
    KeptResponse,
    KeptScreenshot,
)
from storage.evidence.warc import REVISIT_PROFILE, payload_digest, record, request_bytes, response_head

_WORTH_A_REFERENCE = 1024
"""Bytes of a body from which on an unchanged one is only referred to: below, the reference is as long as the body."""

_TRUNCATED = {
    FailureKind.TOO_LARGE: "length",
    FailureKind.TIMEOUT: "time",
    FailureKind.RESET: "disconnect",
    FailureKind.PROTOCOL: "disconnect",
}


class EvidencePlace(Record, frozen=True, kw_only=True):
    """Where a scan's evidence goes, and what its files say of themselves."""

    folder: str
    scan_id: int
    began: datetime
    """UTC, of the scan: part of the names of its files."""
    user_agent: str = ""

    @property
    def stem(self) -> str:
        """Return what the names of the files begin with."""
        return stem_of(self.scan_id, self.began)


class AuditRecorder:
    """Makes WARC records of one audit's exchanges as they come."""

    def __init__(self, scan_id: int, look: int, known: Iterable[KeptResponse] = ()) -> None:
        """Take what the archive holds of the site already, as `storage.evidence.index.known_responses` gives it."""
        self._place = (scan_id, look)
        self._known = {response.digest: response for response in known}
        self._block = BytesIO()
        self._exchanges: list[KeptExchange] = []
        self._responses: list[KeptResponse] = []
        self._renderings: list[KeptRendering] = []
        self._screenshots: list[KeptScreenshot] = []

    def take(self, event: Event, finished: float) -> None:
        """Archive an exchange that ended `finished` seconds after the audit began."""
        exchange = event.exchange
        request = exchange.request
        target = ("WARC-Target-URI", request.url)
        message = ("Content-Type", "application/http;msgtype=request")
        self._block.write(record("request", (target, message), request_bytes(request), date=exchange.fetched_at))
        response = None
        if exchange.status is not None:
            response = len(self._responses)
            self._responses.append(self._archive(exchange))
        self._exchanges.append(
            KeptExchange(
                url=request.url,
                method=request.method,
                content=request.content,
                role=event.role,
                finished=finished,
                fetched_at=exchange.fetched_at,
                seconds=exchange.seconds,
                status=exchange.status,
                failure=exchange.failure,
                tls_error=exchange.tls_error,
                address=exchange.address,
                response=response,
            )
        )

    def _archive(self, exchange: Exchange) -> KeptResponse:
        digest, url, head = payload_digest(exchange.raw_body), exchange.request.url, response_head(exchange)
        fields = [
            ("WARC-Target-URI", url),
            ("Content-Type", "application/http;msgtype=response"),
            ("WARC-Payload-Digest", digest),
            *((("WARC-IP-Address", exchange.address),) if exchange.address else ()),
        ]
        offset = self._block.tell()
        known = self._known.get(digest) if len(exchange.raw_body) >= _WORTH_A_REFERENCE else None
        if known is not None:
            date = known.fetched_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
            fields += [("WARC-Profile", REVISIT_PROFILE), ("WARC-Refers-To-Target-URI", known.url), ("WARC-Refers-To-Date", date)]
            self._block.write(record("revisit", fields, head, date=exchange.fetched_at))
            return msgspec.structs.replace(
                known, url=url, offset=offset, length=self._block.tell() - offset, origin=known.origin or self._place
            )
        truncated = _TRUNCATED.get(exchange.failure.kind) if exchange.failure else None
        fields += [("WARC-Truncated", truncated)] if truncated else []
        level = STORED if exchange.header("content-encoding") else FAST
        self._block.write(record("response", fields, head + exchange.raw_body, date=exchange.fetched_at, level=level))
        kept = KeptResponse(url=url, digest=digest, fetched_at=exchange.fetched_at, offset=offset, length=self._block.tell() - offset)
        self._known[digest] = kept
        return kept

    def take_rendering(self, task: RenderTask, rendered: Rendered, finished: float) -> None:
        """Archive what a browser made of a document, `finished` seconds after the audit began."""
        document = None
        if rendered.document:
            fields = (
                ("WARC-Target-URI", rendered.url),
                ("WARC-Refers-To-Target-URI", task.url),
                ("Content-Type", "text/html; charset=utf-8"),
            )
            document = self._content("conversion", fields, rendered.document, rendered.rendered_at, FAST)
        kept = KeptRendering(
            url=task.url,
            reason=task.reason,
            outcome=rendered.outcome,
            final_url=rendered.url,
            complete=rendered.complete,
            refused=rendered.refused,
            asked=rendered.asked,
            rendered_at=rendered.rendered_at,
            seconds=rendered.seconds,
            finished=finished,
            document=document,
        )
        self._renderings.append(kept)

    def take_screenshot(self, screenshot: Screenshot) -> None:
        """Archive a screenshot of a page, under the kind of name that other archives of screenshots use."""
        fields = (("WARC-Target-URI", f"urn:view:{screenshot.url}"), ("Content-Type", "image/jpeg"))
        content = self._content("resource", fields, screenshot.image, screenshot.taken_at, STORED)
        self._screenshots.append(KeptScreenshot(url=screenshot.url, taken_at=screenshot.taken_at, content=content))

    def _content(self, kind: str, fields: Iterable[tuple[str, str]], content: bytes, date: datetime, level: int) -> KeptContent:
        digest, offset = payload_digest(content), self._block.tell()
        self._block.write(record(kind, (*fields, ("WARC-Payload-Digest", digest)), content, date=date, level=level))
        return KeptContent(digest=digest, offset=offset, length=self._block.tell() - offset)

    def finish(self, account: AuditAccount) -> "Block":
        """Return the block, with the account of the audit as its last record."""
        responses, preceding = tuple(self._responses), self._block.tell()
        whole = msgspec.structs.replace(
            account,
            exchanges=tuple(self._exchanges),
            responses=responses,
            renderings=tuple(self._renderings),
            screenshots=tuple(self._screenshots),
            preceding=preceding,
        )
        fields = (("WARC-Target-URI", account_uri(account)), ("Content-Type", ACCOUNT_TYPE))
        self._block.write(record("metadata", fields, msgspec.json.encode(whole), date=account.finished_at))
        return Block(self._block.getvalue(), preceding, account.look, responses)


class Block(NamedTuple):
    """All records of an audit, ready to be written in one piece."""

    content: bytes
    account: int
    look: int
    responses: tuple[KeptResponse, ...]


def account_uri(account: AuditAccount) -> str:
    """Return the name of an audit in the archive."""
    return f"urn:xuncha:audit:{account.scan_id}:{account.site_id}:{account.look}"


class ShardWriter:
    """The archive file of one process within a scan. It is made with the first block; a resumed scan makes new ones."""

    def __init__(self, place: EvidencePlace) -> None:
        self._place = place
        self._file: int | None = None
        self._name = ""

    def append(self, block: Block) -> KeptAudit:
        """Write an audit's block. Raises EvidenceUnwritable, with nothing half written left behind where that can be helped."""
        try:
            file = self._file if self._file is not None else self._create()
            offset = os.lseek(file, 0, os.SEEK_END)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            _write_all(file, block.content)
        except OSError as error:
            os.ftruncate(file, offset)
            raise self._unwritable(error) from error
        size = len(block.content)
        return kept_audit(file=self._name, offset=offset, length=size, account=block.account, look=block.look, responses=block.responses)

    def _create(self) -> int:
        folder = Path(self._place.folder)
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1_000_000):
            name = shard_name(self._place.stem, number)
            try:
                self._file = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o640)
            except FileExistsError:
                continue
            self._name = name
            _write_all(self._file, self._information())
            return self._file
        raise OSError(errno.ENFILE, "too many archive files for one scan")

    def _information(self) -> bytes:
        lines = (
            "software: xuncha",
            "format: WARC File Format 1.1",
            "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            f"isPartOf: {self._place.stem}",
            f"http-header-user-agent: {self._place.user_agent}",
        )
        content = "".join(f"{line}\r\n" for line in lines).encode()
        fields = (("WARC-Filename", self._name), ("Content-Type", "application/warc-fields"))
        return record("warcinfo", fields, content, date=datetime.now(UTC))

    def _unwritable(self, error: OSError) -> EvidenceUnwritable:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return EvidenceUnwritable("evidence_full", folder=self._place.folder)
        return EvidenceUnwritable("evidence_unwritable", folder=self._place.folder, why=error.strerror)

    def close(self) -> None:
        """Close the file; its blocks are on the disk then. Raises EvidenceUnwritable."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            os.fsync(file)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            os.close(file)


def _write_all(file: int, content: bytes) -> None:
    """Write everything: a disk that is nearly full takes a part and says so without an error."""
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
