"""Which readers read a page: the digest of their source, and of the libraries they stand on."""

import hashlib
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import crawler.facts

_LIBRARIES = ("selectolax", "ahocorasick-rs", "faust-cchardet", "webencodings", "ada-url", "msgspec")
_LENGTH = 16


@lru_cache(maxsize=1)
def facts_version() -> str:
    """Return a name that is another one whenever anything that facts depend on is another: nobody has to think of it."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    folder = Path(crawler.facts.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:_LENGTH]
