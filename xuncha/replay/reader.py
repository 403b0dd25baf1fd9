"""Reading for a replay: facts that were read before by the same readers are not read again."""

import hashlib
from datetime import date

import msgspec

from crawler.facts.records import PageFacts
from crawler.reading import PageReader
from storage.facts_cache import FactsCache

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PageFacts)


class RememberingReader:
    """A reader for one audit."""

    def __init__(self, reader: PageReader, cache: FactsCache, name: str) -> None:
        self._reader = reader
        self._cache = cache
        self._name = name
        self._known = cache.pages(name)
        self._read: dict[bytes, msgspec.Raw] = {}

    async def __call__(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        """Read the facts of one document, or remember them. Raises PageUnread."""
        key = _key(content, content_type, url, as_of, query)
        kept = self._known.get(key)
        if kept is not None:
            return _decoder.decode(kept)
        facts = await self._reader(content, content_type=content_type, url=url, as_of=as_of, query=query)
        self._read[key] = msgspec.Raw(_encoder.encode(facts))
        return facts

    def keep(self) -> None:
        """Keep what was read anew."""
        if self._read:
            self._cache.keep(self._name, self._known | self._read)


def _key(content: bytes, content_type: str, url: str, as_of: date, query: str | None) -> bytes:
    digest = hashlib.sha256(
        "\0".join((content_type, url, as_of.isoformat(), query or "", "" if query is None else "?")).encode("utf-8", "replace")
    )
    digest.update(content)
    return digest.digest()
