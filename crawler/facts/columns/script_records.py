"""Lists that stand in the page as records inside a script, which only takes them out page by page (the `datastore` of some systems)."""

import re

from crawler.facts.tree.document import Document

_RECORD_START = re.compile(r"<record(?:\s[^>]{0,80})?>", re.IGNORECASE)
_RECORD_END = re.compile(r"</record>", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s{0,20}(\d{1,7})\s{0,20}</totalrecord>", re.IGNORECASE)
_MOST_RECORDS = 500
_LONGEST_RECORD = 4_000


def read_records(document: Document) -> Document | None:
    """Return the records of a page's list as a document of their own, with the same address and day; None where there are none.

    The records are part of the page as it was sent: a reader sees them, and no further request is needed.
    """
    for script in document.scripts:
        if "<record" in script and (records := _records(script)):
            source = "<ul>" + "\n".join(record if "<li" in record.lower() else f"<li>{record}</li>" for record in records) + "</ul>"
            return Document(source=source, encoding=document.encoding, url=document.base, day=document.day)
    return None


def stated_total(document: Document) -> int | None:
    """Return the number of entries that the records' own heading states, or None."""
    return next((int(match.group(1)) for script in document.scripts if (match := _TOTAL.search(script))), None)


def _records(script: str) -> list[str]:
    found = []
    for part in _RECORD_END.split(script, _MOST_RECORDS)[:_MOST_RECORDS]:
        start = next(_RECORD_START.finditer(part), None)
        record = part[start.end() :].strip().removeprefix("<![CDATA[").removesuffix("]]>") if start else ""
        if 0 < len(record) <= _LONGEST_RECORD:
            found.append(record)
    return found
