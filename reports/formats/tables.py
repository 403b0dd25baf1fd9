"""The machine-readable side of a bulletin: flat CSV copies of the annexes, and the trace of every printed figure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reports.bulletin.document import Document, Span, one_source
from reports.bulletin.supervision import supervision_lists
from reports.chinese import listed
from reports.figures.check import totals_row
from reports.figures.records import REGION_COUNTS, Figures
from reports.inert import spreadsheet_text
from reports.profile import Profile
from reports.trend.series import QuarterSummary, in_order


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, which Excel needs to read Chinese. Cells can hold no formula."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(header)
    writer.writerows([spreadsheet_text(str(cell)) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def annex_tables(figures: Figures, profile: Profile, past: Iterable[QuarterSummary] = ()) -> dict[str, bytes]:
    """Return the flat copies of the annexes by file name: `annex1.csv`, `annex2.csv`, `annex3.csv`."""
    lists = supervision_lists(figures, profile, in_order(past, figures.period))
    regions = [(place, row.region, *row.counts) for place, row in enumerate(figures.regions, start=1)]
    total = totals_row(figures)
    sites = enumerate(figures.problem_sites, start=1)
    return {
        "annex1.csv": csv_bytes(
            ("item", "members"), ((f"{entry.group}/{entry.heading}".strip("/"), listed(entry.members)) for entry in lists)
        ),
        "annex2.csv": csv_bytes(("seq", "region", *REGION_COUNTS), (*regions, ("", total.region, *total.counts))),
        "annex3.csv": csv_bytes(
            ("seq", "region", "site_name", "problem", "site_code"),
            ((place, site.region, site.printed_name, site.problem, site.site_code or "") for place, site in sites),
        ),
    }


def trace_bytes(document: Document) -> bytes:
    """Return `trace.json`: every printed figure with its place in the document and the rows or imported values behind it.

    One entry a line. A row of an annex whose cells all come from one source is one entry, with the list of what it prints.
    """
    lines = b",\n".join(map(msgspec.json.encode, _trace(document)))
    return b"[\n" + lines + b"\n]\n"


def _trace(document: Document) -> Iterator[dict[str, object]]:
    for place, span in document.prose():
        if span.sources:
            yield _entry(place, span.text, span)
    for annex in document.annexes:
        for number, row in enumerate(annex.table.body, start=1):
            place = f"{annex.label} 第{number}行"
            traced = [(column, cell.span) for column, cell in enumerate(row, start=1) if cell.span.sources]
            if one_source(row):
                yield _entry(place, [span.text for _, span in traced], traced[0][1])
            else:
                yield from (_entry(f"{place}第{column}格", span.text, span) for column, span in traced)
        yield from (_entry(f"{annex.label} 注", span.text, span) for span in annex.note if span.sources)


def _entry(place: str, printed: str | list[str], span: Span) -> dict[str, object]:
    sources = [{"origin": source.origin, "place": source.place, "field": source.field} for source in span.sources]
    return {"place": place, "printed": printed, "how": span.how, "sources": sources}
