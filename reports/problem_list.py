"""The quarterly problem list: one row a site with its most outstanding problem, or one a problem, as CSV, Excel or JSON."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from crawler.china_time import china_day
from crawler.facts.records import Record
from reports.errors import FormatError
from reports.formats.tables import csv_bytes
from reports.formats.xlsx import list_workbook
from reports.inert import plain
from reports.problems import SiteProblem, by_site
from rules.registry import Level
from storage.records import ProblemState


class ListRow(Record, frozen=True, kw_only=True, omit_defaults=False):
    """A row of the list, as JSON prints it."""

    seq: int
    region: str
    site_name: str
    """As Annex 3 names sites."""
    problem: str
    site_code: str
    url: str
    rule: str
    clause: str
    evidence_url: str
    first_seen: str
    """Day in China time, `2018-03-01`; empty where unknown."""
    status: str


_COLUMNS: tuple[tuple[str, float, Callable[[ListRow], object]], ...] = (
    ("序号", 6, lambda row: row.seq),
    ("省（自治区、直辖市）", 18, lambda row: row.region),
    ("网站名称", 36, lambda row: row.site_name),
    ("存在的突出问题", 28, lambda row: row.problem),
    ("网站标识码", 14, lambda row: row.site_code),
)
_DETAIL_COLUMNS: tuple[tuple[str, float, Callable[[ListRow], object]], ...] = (
    ("首页网址", 32, lambda row: row.url),
    ("依据", 40, lambda row: row.clause),
    ("证据链接", 40, lambda row: row.evidence_url),
    ("首次发现", 12, lambda row: row.first_seen),
    ("状态", 12, lambda row: row.status),
)
LIST_FORMATS = ("csv", "xlsx", "json")


class ProblemFilter(Record, frozen=True, kw_only=True):
    """Which problems a list takes in; an empty choice takes all, but for rejected problems, which are listed only by their own name."""

    regions: tuple[str, ...] = ()
    """Regions, or other units, as lists print them."""
    levels: tuple[Level, ...] = ()
    rules: tuple[str, ...] = ()
    states: tuple[ProblemState, ...] = ()

    def takes(self, problem: SiteProblem) -> bool:
        """Tell whether the list takes a problem in."""
        if problem.state not in self.states if self.states else problem.state is ProblemState.REJECTED:
            return False
        choices = ((self.regions, problem.site.printed_region), (self.levels, problem.site.level), (self.rules, problem.rule))
        return all(not wanted or value in wanted for wanted, value in choices)


ALL = ProblemFilter()


def list_rows(problems: Iterable[SiteProblem], *, every_problem: bool = False, wanted: ProblemFilter = ALL) -> Iterator[ListRow]:
    """Yield the rows of the list in the region order of Annex 2, then by site code.

    One row a site, with the most outstanding of the problems that are taken in, unless `every_problem` is asked for.
    """
    seq = 0
    for group in by_site(filter(wanted.takes, problems)):
        for problem in group if every_problem else group[:1]:
            seq += 1
            yield _row(seq, problem)


def problem_list(
    problems: Iterable[SiteProblem],
    file_format: str,
    *,
    every_problem: bool = False,
    details: bool = False,
    wanted: ProblemFilter = ALL,
) -> bytes:
    """Return the list as `csv` (UTF-8 with BOM), `xlsx` or `json` (an array of objects, all columns).

    `details` adds address, clause, evidence link, first seen and status to CSV and Excel. Raises `FormatError` for another format.
    """
    rows = list_rows(problems, every_problem=every_problem, wanted=wanted)
    columns = (*_COLUMNS, *_DETAIL_COLUMNS) if details else _COLUMNS
    cells = ([read(row) for _, _, read in columns] for row in rows)
    if file_format == "csv":
        return csv_bytes([name for name, _, _ in columns], cells)
    if file_format == "xlsx":
        return list_workbook("问题清单", [(name, width) for name, width, _ in columns], cells)
    if file_format == "json":
        return msgspec.json.format(msgspec.json.encode(list(rows)), indent=1)
    raise FormatError("no_such_list_format", name=file_format, known=", ".join(LIST_FORMATS))


def _row(seq: int, problem: SiteProblem) -> ListRow:
    site = problem.site
    return ListRow(
        seq=seq,
        region=site.printed_region,
        site_name=site.annex_name,
        problem=plain(problem.problem),
        site_code=plain(site.site_code or ""),
        url=plain(site.url),
        rule=problem.rule,
        clause=plain(problem.clause),
        evidence_url=plain(problem.evidence_url),
        first_seen=_china_day(problem.first_seen),
        status=problem.state_text,
    )


def _china_day(instant: datetime | None) -> str:
    if instant is None:
        return ""
    known = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return china_day(known).isoformat()
