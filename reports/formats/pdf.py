"""The bulletin as PDF."""

from reports.bulletin.document import Document
from reports.errors import OutputError


def render_pdf(document: Document) -> bytes:
    """Return the bulletin as PDF; raises `OutputError`."""
    raise OutputError(f"PDF of {document.title} is not available.")
