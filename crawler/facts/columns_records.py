"""Lists that stand in the page as records inside a script, which only takes them out page by page (the `datastore` of some systems)."""

import re

from crawler.facts.document import Document

_RECORD = re.compile(r"<record(?:\s[^>]{0,80})?>\s{0,200}(?:<!\[CDATA\[)?([\s\S]{1,4000}?)(?:\]\]>)?\s{0,200}</record>", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s{0,20}(\d{1,7})\s{0,20}</totalrecord>", re.IGNORECASE)
_MOST_RECORDS = 500


def read_records(document: Document) -> Document | None:
    """Return the records of a page's list as a document of their own, with the same address and day; None where there are none.

    The records are part of the page as it was sent: a reader sees them, and no further request is needed.
    """
    for script in document.scripts:
        if "<record" in script:
            records = [match.group(1) for match in _RECORD.finditer(script)][:_MOST_RECORDS]
            if records:
                source = "<ul>" + "\n".join(record if "<li" in record.lower() else f"<li>{record}</li>" for record in records) + "</ul>"
                return Document(source=source, encoding=document.encoding, url=document.base, as_of=document.as_of)
    return None


def stated_total(document: Document) -> int | None:
    """Return the number of entries that the records' own heading states, or None."""
    return next((int(match.group(1)) for script in document.scripts if (match := _TOTAL.search(script))), None)
