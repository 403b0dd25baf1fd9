"""Reading evidence back: the block of an audit with its account and its answers, from an indexed file or from any that is at hand."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecordType

from storage.compression import GZIP
from storage.errors import EvidenceMissing
from storage.evidence.packing import kept_audit
from storage.evidence.records import ACCOUNT_TYPE, AuditAccount, KeptAudit, KeptContent, KeptResponse
from storage.evidence.warc import TornRecord, parse_record, parse_response

_GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 64 << 10
_account_decoder = msgspec.json.Decoder(AuditAccount)


class Answer(NamedTuple):
    """An archived answer."""

    headers: tuple[tuple[str, str], ...]
    raw_body: bytes
    """As received."""


Find = Callable[[int, int, int], KeptAudit | None]
"""Gives the block of a scan, a site and a look."""

Origin = Callable[[KeptResponse], bytes]
"""Gives the body of an unchanged page from the audit that holds it. Raises EvidenceMissing."""


class AuditBlock:
    """The archived block of one audit."""

    def __init__(self, content: bytes, account: AuditAccount, origin: Origin) -> None:
        self.account = account
        self._content = content
        self._origin = origin

    def answer(self, response: KeptResponse) -> Answer:
        """Return one of the account's responses. Raises EvidenceMissing."""
        try:
            stored = parse_record(self._content[response.offset : response.offset + response.length])
        except TornRecord as error:
            raise EvidenceMissing("answer_damaged", url=response.url, why=error) from error
        headers, body = parse_response(stored.content)
        return Answer(headers, self._origin(response) if response.origin else body)

    def content(self, kept: KeptContent) -> bytes:
        """Return a rendered document or a screenshot. Raises EvidenceMissing."""
        try:
            return parse_record(self._content[kept.offset : kept.offset + kept.length]).content
        except TornRecord as error:
            raise EvidenceMissing("document_damaged", why=error) from error


class Archive:
    """A folder of archive files, read through the index."""

    def __init__(self, folder: Path, find: Find) -> None:
        self._folder = folder
        self._find = find

    def block(self, site_id: int, kept: KeptAudit) -> AuditBlock:
        """Return the block of an audit. Raises EvidenceMissing."""
        if kept.account is None:
            raise EvidenceMissing("audit_thinned", site=site_id)
        content = self._read(kept)
        account = _account(content[kept.account :])
        if account is None or account.site_id != site_id:
            raise EvidenceMissing("block_damaged", path=self._folder / kept.file, offset=kept.offset, site=site_id)
        return AuditBlock(content, account, lambda response: self._original(site_id, response))

    def _read(self, kept: KeptAudit) -> bytes:
        path = self._folder / kept.file
        try:
            with path.open("rb") as file:
                file.seek(kept.offset)
                content = file.read(kept.length)
        except OSError as error:
            raise EvidenceMissing("evidence_unreadable", path=path, why=error.strerror) from error
        if len(content) != kept.length:
            raise EvidenceMissing("evidence_too_short", path=path)
        return content

    def _original(self, site_id: int, response: KeptResponse) -> bytes:
        scan_id, look = response.origin or (0, 0)
        kept = self._find(scan_id, site_id, look)
        same = next((body for body in kept.bodies if body.digest == response.digest), None) if kept else None
        if kept is None or same is None:
            raise EvidenceMissing("original_gone", url=response.url, scan=scan_id)
        try:
            member = self._read(msgspec.structs.replace(kept, offset=kept.offset + same.offset, length=same.length))
            return parse_response(parse_record(member).content)[1]
        except TornRecord as error:
            raise EvidenceMissing("answer_damaged", url=response.url, why=error) from error


def _account(member: bytes) -> AuditAccount | None:
    """Return the account in a record; None where it holds none."""
    try:
        stored = parse_record(member)
        return _account_decoder.decode(stored.content) if stored.fields.get("content-type") == ACCOUNT_TYPE else None
    except (TornRecord, msgspec.DecodeError):
        return None


def audits_of_file(path: Path) -> Iterator[tuple[int, int, KeptAudit]]:
    """Stream what an archive file holds without its index, as scan, site and block; a block without its account is passed over.

    Such is what a killed writer left unfinished. Raises EvidenceMissing for a file that cannot be read or is no archive.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_GZIP_MAGIC)) != _GZIP_MAGIC:
                raise EvidenceMissing("not_an_archive", path=path)
            file.seek(0)
            for position, account in _accounts(file):
                yield account.scan_id, account.site_id, _kept(path, position, account)
    except OSError as error:
        raise EvidenceMissing("archive_unreadable", path=path, why=error.strerror) from error


def _kept(path: Path, position: int, account: AuditAccount) -> KeptAudit:
    with path.open("rb") as file:
        file.seek(position)
        member = zlib.decompressobj(GZIP)
        length = 0
        while not member.eof and (piece := file.read(_PIECE)):
            member.decompress(piece)
            length += len(piece) - len(member.unused_data)
    return kept_audit(
        file=str(path.absolute()),
        offset=position - account.preceding,
        length=account.preceding + length,
        account=account.preceding,
        look=account.look,
        responses=account.responses,
    )


def _accounts(file: BinaryIO) -> Iterator[tuple[int, AuditAccount]]:
    """Yield the accounts of a file, each with the position of its record."""
    records = ArchiveIterator(file, record_types=WarcRecordType.metadata, parse_http=False)
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            account = _account_decoder.decode(record.reader.read()) if record.headers.get("Content-Type") == ACCOUNT_TYPE else None
        except msgspec.DecodeError:
            continue
        except (OSError, EOFError, ValueError):
            return
        if account is not None:
            yield record.stream_pos, account
