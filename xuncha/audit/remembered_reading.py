"""Reading, with memory: facts that the same readers read before, on this night or another, are not read again."""

import hashlib
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

from crawler.facts.records import PageFacts
from crawler.reading.reader import PageReader
from storage.facts_cache import FACTS_FOLDER, FactsCache, cache_path
from xuncha.audit.facts_version import facts_version

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PageFacts)


def facts_file(folder: Path) -> Path:
    """Return the file in which facts of pages archived in a folder are remembered by the readers of today."""
    return cache_path(folder / FACTS_FOLDER, facts_version())


class RememberingReader:
    """A reader for one audit of a site."""

    def __init__(self, reader: PageReader, cache: FactsCache, site_id: int) -> None:
        self._reader = reader
        self._cache = cache
        self._site_id = site_id
        self._used: set[bytes] = set()
        self._changed = False

    async def __call__(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        """Read the facts of one document, or remember them. Raises PageUnread."""
        key = _key(content, content_type, url, query)
        self._used.add(key)
        facts = self._remembered(key)
        if facts is None or not facts.holds_from <= as_of <= facts.holds_until:
            facts = await self._reader(content, content_type=content_type, url=url, as_of=as_of, query=query)
            self._cache.keep(self._site_id, key, _encoder.encode(facts), as_of)
            self._changed = True
        return facts

    def _remembered(self, key: bytes) -> PageFacts | None:
        kept = self._cache.find(self._site_id, key)
        with suppress(msgspec.MsgspecError):  # what was damaged on the disk is read anew
            return _decoder.decode(kept) if kept is not None else None
        return None

    def forget_unused(self, day: date) -> None:
        """Forget the pages that new ones took the place of; to be called when all of the site is read, with the day of China."""
        if self._changed:
            self._cache.forget_unused(self._site_id, self._used, day)


def _key(content: bytes, content_type: str, url: str, query: str | None) -> bytes:
    """Return what facts are known by: whatever they are read from, but for the day of judgement."""
    digest = hashlib.sha256("\0".join((content_type, url, query or "", "" if query is None else "?")).encode("utf-8", "replace"))
    digest.update(content)
    return digest.digest()
