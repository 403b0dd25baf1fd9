"""A fingerprint of what a page shows, by which two pages are recognised as the same in spite of small differences."""

from collections.abc import Iterable
from hashlib import blake2b

BITS = 64
_FEWEST_TEXTS = 8
_WIDTH = 32
_LARGEST = (1 << _WIDTH) - 1
_COUNTERS = tuple(sum((byte >> bit & 1) << bit * _WIDTH for bit in range(8)) for byte in range(256))
"""A byte's bits far enough apart that bytes added up count each bit by itself."""


def fingerprint(texts: Iterable[str]) -> str:
    """Return the similarity hash of a page's texts (Charikar's SimHash, 64 bits, in hexadecimal); empty for too few of them.

    Fingerprints of pages that share most of their texts differ in few bits; those of unrelated pages in about half.
    """
    distinct = {text for text in texts if text}
    if len(distinct) < _FEWEST_TEXTS:
        return ""
    digests = [blake2b(text.encode("utf-8", "replace"), digest_size=BITS // 8).digest() for text in distinct]
    votes = [sum(map(_COUNTERS.__getitem__, column)) for column in zip(*digests, strict=True)]
    return "".join(f"{_majority(counters, len(digests)):02x}" for counters in votes)


def _majority(counters: int, voters: int) -> int:
    """Return the byte of those bits that more than half of the voters have set."""
    return sum(1 << bit for bit in range(8) if 2 * (counters >> bit * _WIDTH & _LARGEST) > voters)


def distance(one: str, other: str) -> int:
    """Return in how many bits two fingerprints differ; BITS where one is missing."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else BITS
