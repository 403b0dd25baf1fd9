"""Days that pages hold in seconds or milliseconds since 1970: scripts print them as days when the page is shown."""

import datetime as dt
import re
from collections.abc import Iterator

from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

_CHINA = dt.timezone(dt.timedelta(hours=8))
_STAMP = Phrase(r"(?<![\d.])(1[4-9]\d{8})(?:\d{3})?(?![\d.])")
_MILLISECONDS = 13
"""Digits of a moment that stands in the text. One in seconds may be the code of a site as well."""
_FORMATTING = re.compile(r"(?:date|time|fmt|format)\w*\s*\(\s*[\"']?$", re.IGNORECASE)
_BEFORE = 40
_MOST_CHARACTERS = 200_000
"""Of a script that is looked through."""


def stamps_of(text: str) -> Iterator[dt.date]:
    """Yield the days, in China, of the moments in a text that names nothing else."""
    return (_day_of(match) for match in _STAMP.finditer(text))


def read_stamps(document: Document) -> Iterator[dt.date]:
    """Yield the days of the moments that stand in the text of a page, or are given to what prints a day in its scripts."""
    for text in document.outline.texts:
        if len(text) == _MILLISECONDS:
            yield from stamps_of(text)
    for script in document.scripts:
        for match in _STAMP.finditer(script[:_MOST_CHARACTERS]):
            if _FORMATTING.search(script, max(0, match.start() - _BEFORE), match.start()):
                yield _day_of(match)


def _day_of(match: re.Match[str]) -> dt.date:
    return dt.datetime.fromtimestamp(int(match[1]), _CHINA).date()
