"""Content decoding with a limit on the decoded size that holds while decoding: bombs stop early. Pure."""

import contextlib
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import brotli

from crawler.snapshot import Failure, FailureKind

_inflater: Callable[[int], Any] = zlib.decompressobj
_InflationError: Any = zlib.error
with contextlib.suppress(ImportError):  # the extra `fast`: a third of zlib's time
    from isal import isal_zlib

    _inflater, _InflationError = isal_zlib.decompressobj, isal_zlib.error

MAX_LAYERS = 3
"""Nested encodings beyond this are an attack."""

_MAX_MEMBERS = 64
"""Members of one gzip file: each costs a copy of the rest, so that thousands of empty ones would be an attack."""

_GZIP_MAGIC = b"\x1f\x8b"
_FINE_CHUNK = 64
_BROTLI_OUTPUT = 256 << 10
_UNKNOWN_TO_US = frozenset({"zstd", "compress", "x-compress", "dcb", "dcz"})


class Decoded(NamedTuple):
    """A decoded body, and why it is not whole."""

    body: bytes
    failure: Failure | None = None


def decode_body(raw: bytes, content_encoding: str, limit: int) -> Decoded:
    """Undo the content encodings of a body, at most `limit` bytes of result.

    A body over the limit gives TOO_LARGE with what fits; a broken one DECODE with what could be read.
    Names that are no encoding are ignored, as browsers do.
    """
    names = [part.strip() for part in content_encoding.lower().split(",")]
    layers = [name for name in names if name in _DECODERS or name in _UNKNOWN_TO_US]
    if not raw or not layers:
        return _within(raw, limit)
    if len(layers) > MAX_LAYERS:
        return Decoded(b"", Failure(kind=FailureKind.DECODE, detail=f"The body is encoded {len(layers)} times over."))
    failure: Failure | None = None
    for name in reversed(layers):
        if name in _UNKNOWN_TO_US:
            return Decoded(
                b"", Failure(kind=FailureKind.DECODE, detail=f"The server answered in the encoding {name}, which was not offered.")
            )
        raw, broken = _DECODERS[name](raw, limit)
        failure = failure or broken
        if failure and failure.kind is FailureKind.TOO_LARGE:
            break
    return Decoded(raw, failure)


def _within(body: bytes, limit: int) -> Decoded:
    return Decoded(body) if len(body) <= limit else Decoded(body[:limit], _too_large(limit))


def _too_large(limit: int) -> Failure:
    return Failure(kind=FailureKind.TOO_LARGE, detail=f"The body is larger than {limit} bytes after decoding.")


def _broken(detail: str) -> Failure:
    return Failure(kind=FailureKind.DECODE, detail=detail)


def _gzip(raw: bytes, limit: int) -> Decoded:
    if not raw.startswith(_GZIP_MAGIC):
        return _mislabelled(raw, limit, "gzip")
    return _inflate(raw, limit, 31)


def _deflate(raw: bytes, limit: int) -> Decoded:
    # "deflate" means zlib by the standard, raw deflate on many old servers: browsers take both.
    is_zlib = len(raw) > 1 and raw[0] & 0x0F == 8 and (raw[0] << 8 | raw[1]) % 31 == 0
    decoded = _inflate(raw, limit, 15 if is_zlib else -15)
    return _mislabelled(raw, limit, "deflate") if decoded.failure and not decoded.body else decoded


def _inflate(raw: bytes, limit: int, window_bits: int) -> Decoded:
    body = bytearray()
    for _ in range(_MAX_MEMBERS):
        stream = _inflater(window_bits)
        room = limit - len(body) + 1
        try:
            body += stream.decompress(raw, room)
        except _InflationError:
            body += _before_the_break(raw, window_bits, room)
            return _with_limit(body, limit, _broken("The compressed body is broken; what came before the break was kept."))
        if len(body) > limit or not stream.eof:
            return _with_limit(body, limit, _broken("The compressed body ends early."))
        raw = stream.unused_data
        if not raw.startswith(_GZIP_MAGIC):
            return Decoded(bytes(body))
    return Decoded(bytes(body), _broken(f"The compressed body has more than {_MAX_MEMBERS} members."))


def _before_the_break(raw: bytes, window_bits: int, room: int) -> bytes:
    """Read a broken stream again in small steps: the error swallows the output of the call it happens in."""
    stream = zlib.decompressobj(window_bits)
    body = bytearray()
    with contextlib.suppress(zlib.error):
        for start in range(0, len(raw), _FINE_CHUNK):
            body += stream.decompress(raw[start : start + _FINE_CHUNK], room)
            if len(body) >= room:
                break
    return bytes(body)


def _brotli(raw: bytes, limit: int) -> Decoded:
    stream = brotli.Decompressor()
    body = bytearray()
    try:
        piece = stream.process(raw, output_buffer_limit=_BROTLI_OUTPUT)
        while piece and len(body) <= limit:
            body += piece
            piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_BROTLI_OUTPUT)
    except brotli.error:
        if not body:
            return _mislabelled(raw, limit, "br")
        return _with_limit(body, limit, _broken("The compressed body is broken; what came before the break was kept."))
    if len(body) > limit or not stream.is_finished():
        return _with_limit(body, limit, _broken("The compressed body ends early."))
    return Decoded(bytes(body))


def _with_limit(body: bytearray, limit: int, otherwise: Failure) -> Decoded:
    return Decoded(bytes(body[:limit]), _too_large(limit) if len(body) > limit else otherwise)


def _mislabelled(raw: bytes, limit: int, name: str) -> Decoded:
    """Keep a body that is text after all although its header says otherwise."""
    failure = _broken(f"The body is labelled {name} and is not.")
    return Decoded(raw[:limit] if raw.lstrip()[:1] == b"<" else b"", failure)


_DECODERS: dict[str, Callable[[bytes, int], Decoded]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli}
