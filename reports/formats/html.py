"""Web pages: self-contained, printable, escaped by default."""

from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.bulletin.document import Document, Span, one_source
from reports.figures.records import Origin
from reports.formats.title_lines import title_lines
from reports.inert import plain

_ORIGINS = {Origin.IMPORTED: "填报", Origin.SCAN: "扫描", Origin.DERIVED: "推算", Origin.KEPT: "存档"}
_SOURCES_SHOWN = 6


@cache
def environment() -> Environment:
    """Return the template environment of all pages: autoescape always on, and a missing value is an error."""
    pages = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["plain"] = plain
    pages.filters["title_lines"] = title_lines
    pages.filters["source_note"] = source_note
    pages.tests["web_address"] = is_web_address
    pages.tests["one_source"] = one_source
    return pages


def is_web_address(address: str) -> bool:
    """Tell whether an address may become a link: http or https with a host, and nothing else (no javascript:, no data:)."""
    try:
        parts = urlsplit(plain(address))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def source_note(span: Span) -> str:
    """Return where a printed figure comes from, as the page shows it on hover and click."""
    places = [f"{_ORIGINS[source.origin]}：{source.place} {source.field}".strip() for source in span.sources]
    more = [f"等{len(places)}处"] if len(places) > _SOURCES_SHOWN else []
    return "\n".join([*filter(None, [span.how]), *places[:_SOURCES_SHOWN], *more])


def render_html(document: Document) -> str:
    """Return the bulletin as one HTML page without any outside resource; figures show their sources on hover and click."""
    return environment().get_template("bulletin.html").render(document=document)
