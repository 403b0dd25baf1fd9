"""The three annexes as tables: supervision lists, running and sampled sites by region, sites with outstanding problems."""

from reports.bulletin.document import Align, Annex, Cell, Span, Table, TableColumn, figure, words
from reports.chinese import date_text, listed
from reports.figures import REGION_COUNTS, AnnexList, Figures, ListKey, RegionFigures, Source, derived
from reports.figures_check import expected_members, totals_row


def _header(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(span=words(text), columns=columns, rows=rows)


def _text(text: str, source: Source) -> Cell:
    return Cell(span=figure(text, source))


def _count(number: int, source: Source) -> Cell:
    return Cell(span=figure(number, source), number=number)


def supervision_lists(figures: Figures, below_percent: int) -> tuple[AnnexList, ...]:
    """Return the lists of Annex 1: the imported ones, and the two that follow from Annex 2 where they were not imported."""
    group = f"{figures.period.quarter_text}总体抽查合格率"
    from_sample = (
        AnnexList(
            key=key,
            group=group,
            heading=heading,
            members=expected_members(figures, key, below_percent),
            source=derived("附件2", how),
        )
        for key, heading, how in (
            (ListKey.ALL_PASSED, "达到100%", "抽查的网站全部合格的地区"),
            (ListKey.BELOW, f"低于{below_percent}%", f"合格率低于{below_percent}%的地区"),
        )
        if any(row.sampled for row in figures.regions) and figures.members(key) is None
    )
    order = list(ListKey)
    return tuple(sorted((*from_sample, *figures.lists), key=lambda entry: order.index(entry.key)))


def supervision_annex(number: int, title: str, lists: tuple[AnnexList, ...]) -> Annex:
    """Return Annex 1. Rows of one group share its cell; a row without a group spans both columns."""
    body: list[tuple[Cell, ...]] = []
    for place, entry in enumerate(lists):
        members = Cell(span=figure(listed(entry.members) or "无", entry.source))
        if not entry.group:
            body.append((_header(entry.heading, columns=2), members))
            continue
        first = place == 0 or lists[place - 1].group != entry.group
        rows = sum(other.group == entry.group for other in lists)
        group = (_header(entry.group, rows=rows),) if first else ()
        body.append((*group, _header(entry.heading), members))
    table = Table(
        columns=(TableColumn(width=30), TableColumn(width=30), TableColumn(width=96, align=Align.LEFT)),
        header=((_header("工作情况", columns=2), _header("省（自治区、直辖市）/部门")),),
        body=tuple(body),
    )
    return Annex(number=number, title=title, table=table)


_REGION_HEADER = (
    (
        _header("序号", rows=2),
        _header("省（自治区、直辖市）", rows=2),
        _header("运行网站总数", rows=2),
        _header("省级政府网站数", columns=2),
        _header("市级政府网站数", columns=2),
        _header("县级及以下政府网站数", columns=2),
        _header("抽查网站数", rows=2),
        _header("抽查存在突出问题的网站数", rows=2),
    ),
    tuple(_header(text) for text in ("门户", "部门", "门户", "部门", "县级门户", "县级以下")),
)
_REGION_WIDTHS = (9, 30, 15, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12, 15)


def regions_annex(number: int, title: str, figures: Figures) -> Annex:
    """Return Annex 2: a row a region and the totals."""
    body = tuple(
        (_count(place, row.source.at("seq")), _text(row.region, row.source.at("region")), *_counts(row))
        for place, row in enumerate(figures.regions, start=1)
    )
    totals = totals_row(figures)
    note: tuple[Span, ...] = ()
    if figures.registry:
        day = figure(date_text(figures.registry.as_of), figures.registry.source.at("as_of"))
        note = (words("注：运行网站数为"), day, words("的登记数据。"))
    table = Table(
        columns=tuple(TableColumn(width=width) for width in _REGION_WIDTHS),
        header=_REGION_HEADER,
        body=(*body, (_header(totals.region, columns=2), *_counts(totals))),
    )
    return Annex(number=number, title=title, table=table, note=note)


def _counts(row: RegionFigures) -> tuple[Cell, ...]:
    return tuple(_count(count, row.source.at(name)) for name, count in zip(REGION_COUNTS, row.counts, strict=True))


def problem_sites_annex(number: int, title: str, figures: Figures) -> Annex:
    """Return Annex 3: a row a site with its outstanding problem; no code means an empty cell."""
    table = Table(
        columns=(
            TableColumn(width=10),
            TableColumn(width=30),
            TableColumn(width=54, align=Align.LEFT),
            TableColumn(width=37, align=Align.LEFT),
            TableColumn(width=25),
        ),
        header=(tuple(_header(text) for text in ("序号", "省（自治区、直辖市）", "网站名称", "存在的突出问题", "网站标识码")),),
        body=tuple(
            (
                _count(place, site.source.at("seq")),
                _text(site.region, site.source.at("region")),
                _text(site.printed_name, site.source.at("site_name")),
                _text(site.problem, site.source.at("problem")),
                _text(site.site_code or "", site.source.at("site_code")),
            )
            for place, site in enumerate(figures.problem_sites, start=1)
        ),
    )
    return Annex(number=number, title=title, table=table)
