"""Compression of what is kept, in the formats of zlib and gzip, by the faster library where the extra `fast` is installed."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_compress: Callable[[bytes, int, int], bytes] = zlib.compress
_decompress: Callable[[bytes, int], bytes] = zlib.decompress
_Error: Any = zlib.error
with suppress(ImportError):  # the extra `fast`: a third of zlib's time
    from isal import isal_zlib

    _compress, _decompress, _Error = isal_zlib.compress, isal_zlib.decompress, isal_zlib.error

ZLIB, GZIP = 15, 31
"""Window bits: which of the formats is written and read."""
FAST, STORED = 1, 0
"""Compression levels: of text, and of what is compressed already."""


class CompressionError(ValueError):
    """Something compressed is not whole, or was never compressed."""


def compress(content: bytes, level: int = FAST, window: int = ZLIB) -> bytes:
    """Return a content compressed."""
    return _compress(content, level, window)


def decompress(packed: bytes, window: int = ZLIB) -> bytes:
    """Return the content of something compressed. Raises CompressionError."""
    try:
        return _decompress(packed, window)
    except _Error as error:
        raise CompressionError(str(error)) from error
