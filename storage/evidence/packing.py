"""How the index keeps what lies where in a block. There is such a row for every site and night: each byte of it costs megabytes a year.

A body is named by its whole digest in the row of the block that holds it, and by the beginning of it in the rows that refer to it.
"""

import base64
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from storage.evidence.records import KeptAudit, KeptBody, KeptResponse, Reference

_PREFIX = "sha256:"
_DIGEST_BYTES = 32
_MARK_BYTES = 8
"""Of a digest: enough to tell the few hundred bodies of one block apart."""
_Packed = tuple[int | None, bytes, tuple[int, ...], tuple[tuple[int, int, bytes], ...]]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


def kept_audit(*, file: str, offset: int, length: int, account: int | None, look: int, responses: Sequence[KeptResponse]) -> KeptAudit:
    """Return the block of an audit with these answers."""
    return KeptAudit(
        file=file,
        offset=offset,
        length=length,
        account=account,
        look=look,
        bodies=tuple(KeptBody(each.digest, each.offset, each.length) for each in responses if each.origin is None),
        references=tuple(dict.fromkeys(Reference(*each.origin, mark_of(each.digest)) for each in responses if each.origin is not None)),
        responses=tuple(responses),
    )


def mark_of(digest: str) -> bytes:
    """Return what references name a body by."""
    return _raw(digest)[:_MARK_BYTES]


def packed(block: KeptAudit) -> bytes:
    """Return as the index keeps it where the bodies of a block lie, and what it refers to."""
    places = tuple(number for body in block.bodies for number in (body.offset, body.length))
    marks: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    for reference in block.references:
        marks[reference.scan_id, reference.look].append(reference.mark)
    references = tuple((*origin, b"".join(of_origin)) for origin, of_origin in marks.items())
    return _encoder.encode((block.account, b"".join(_raw(body.digest) for body in block.bodies), places, references))


def unpacked(content: bytes) -> tuple[int | None, tuple[KeptBody, ...], tuple[Reference, ...]]:
    """Return where the account of a block begins, its bodies, and what it refers to."""
    account, digests, places, _ = _decoder.decode(content)
    numbers = iter(places)
    bodies = tuple(KeptBody(_written(raw), next(numbers), next(numbers)) for raw in _pieces(digests, _DIGEST_BYTES))
    return account, bodies, tuple(references_in(content))


def references_in(content: bytes, scans: Collection[int] | None = None) -> Iterator[Reference]:
    """Yield what a block refers to, in these scans or in all."""
    for scan_id, look, marks in _decoder.decode(content)[3]:
        if scans is None or scan_id in scans:
            for mark in _pieces(marks, _MARK_BYTES):
                yield Reference(scan_id, look, mark)


def _pieces(content: bytes, size: int) -> Iterable[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def _raw(digest: str) -> bytes:
    return base64.b32decode(digest.removeprefix(_PREFIX))


def _written(raw: bytes) -> str:
    return f"{_PREFIX}{base64.b32encode(raw).decode()}"
