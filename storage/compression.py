"""Compression of what is kept, in the formats of zlib and gzip, by the faster library where the extra `fast` is installed."""

import zlib

try:
    from isal import isal_zlib  # a third of zlib's time

    _compress, _decompress, _error = isal_zlib.compress, isal_zlib.decompress, isal_zlib.error
except ImportError:
    _compress, _decompress, _error = zlib.compress, zlib.decompress, zlib.error

ZLIB, GZIP = 15, 31
"""Window bits: which of the formats is written and read."""
FAST, STORED = 1, 0
"""Compression levels: of text, and of what is compressed already."""


class CompressionError(ValueError):
    """Something compressed is not whole, or was never compressed."""


def compress(content: bytes, level: int = FAST, window: int = ZLIB) -> bytes:
    """Return a content compressed."""
    return bytes(_compress(content, level, window))


def decompress(packed: bytes, window: int = ZLIB) -> bytes:
    """Return the content of something compressed. Raises CompressionError."""
    try:
        return bytes(_decompress(packed, window))
    except _error as error:
        raise CompressionError(str(error)) from error
