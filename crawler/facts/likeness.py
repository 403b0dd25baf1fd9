"""A fingerprint of what a page shows, by which two pages are recognised as the same in spite of small differences."""

from collections.abc import Iterable
from hashlib import blake2b

BITS = 64
_FEWEST_TEXTS = 8


def fingerprint(texts: Iterable[str]) -> str:
    """Return the similarity hash of a page's texts (Charikar's SimHash, 64 bits, in hexadecimal); empty for too few of them.

    Fingerprints of pages that share most of their texts differ in few bits; those of unrelated pages in about half.
    """
    distinct = {text for text in texts if text}
    if len(distinct) < _FEWEST_TEXTS:
        return ""
    votes = [0] * BITS
    for text in distinct:
        bits = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        for position in range(BITS):
            votes[position] += 1 if bits >> position & 1 else -1
    return f"{sum(1 << position for position, vote in enumerate(votes) if vote > 0):016x}"


def distance(one: str, other: str) -> int:
    """Return in how many bits two fingerprints differ; BITS where one is missing."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else BITS
