"""Makes documents for the tests of the fact readers."""

from datetime import date
from pathlib import Path

import pytest

from crawler.facts.tree.document import Document

AS_OF = date(2018, 3, 1)
SHARED = Path(__file__).parents[2] / ".." / "shared"


def document(body: str, *, head: str = "", url: str | None = "http://www.qinghe.gov.cn.test/", encoding: str = "utf-8") -> Document:
    """Return the document of a page with a body, in real bytes."""
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return Document.parse(page.encode(encoding), f"text/html; charset={encoding}", url, as_of=AS_OF)


def shared(*parts: str) -> Path:
    """Return a file or folder of the measuring material beside the checkout; skips the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the measuring material {'/'.join(parts)} is not beside the checkout")
    return path
