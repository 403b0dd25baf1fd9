"""Annexes 2 and 3 as tables: running and sampled sites by unit, sites with outstanding problems. The profile chooses the columns."""

from itertools import groupby

from reports.bulletin.cells import count_cell, header_cell, text_cell
from reports.bulletin.document import Align, Annex, Cell, Span, Table, TableColumn, figure, words
from reports.chinese import date_text, percent_text
from reports.figures.check import totals_row
from reports.figures.records import Figures, ProblemSite, RegionFigures
from reports.profile import Profile, SiteColumn, UnitColumn
from rules.registry import Level

TEXT_WIDTH = 156.0
"""Millimetres between the margins (GB/T 9704-2012)."""
_NUMBER_WIDTH, _UNIT_WIDTH = 9.0, 30.0
_UNIT_COLUMN_WIDTHS = {UnitColumn.RUNNING: 15.0, UnitColumn.SAMPLED: 12.0, UnitColumn.PROBLEM: 15.0, UnitColumn.RATE: 15.0}
_LEVEL_WIDTH = 12.5
_UNIT_COLUMN_HEADS = {
    UnitColumn.RUNNING: "运行网站总数",
    UnitColumn.SAMPLED: "抽查网站数",
    UnitColumn.PROBLEM: "抽查存在突出问题的网站数",
    UnitColumn.UNDECIDED: "未能判定的网站数",
    UnitColumn.RATE: "合格率",
}
_LEVELS = {level.value: level for level in Level}


def units_annex(number: int, title: str, figures: Figures, profile: Profile) -> Annex:
    """Return Annex 2: a row a unit and the totals."""
    columns = profile.unit_columns
    body = tuple(
        (count_cell(place, row.source.at("seq")), text_cell(row.region, row.source.at("region")), *_unit_cells(row, profile))
        for place, row in enumerate(figures.regions, start=1)
    )
    totals = totals_row(figures)
    note: tuple[Span, ...] = ()
    if figures.registry:
        day = figure(date_text(figures.registry.as_of), figures.registry.source.at("as_of"))
        note = (words("注：运行网站数为"), day, words("的登记数据。"))
    if totals.undecided and UnitColumn.UNDECIDED not in columns:
        count = figure(totals.undecided, totals.source.at("undecided"))
        note = (*(note or (words("注："),)), words("抽查网站中有"), count, words("个未能判定，既不计为合格，也不计为不合格。"))
    natural = [_UNIT_COLUMN_WIDTHS.get(column, _LEVEL_WIDTH) for column in columns]
    room = TEXT_WIDTH - _NUMBER_WIDTH - _UNIT_WIDTH
    widths = (_NUMBER_WIDTH, _UNIT_WIDTH, *(width * room / sum(natural) for width in natural))
    table = Table(
        columns=tuple(TableColumn(width=width) for width in widths),
        header=_unit_header(profile),
        body=(*body, (header_cell(totals.region, columns=2), *_unit_cells(totals, profile))),
    )
    return Annex(number=number, title=title, table=table, note=note)


def _unit_header(profile: Profile) -> tuple[tuple[Cell, ...], ...]:
    """Return two header rows where there are columns of levels, else one: neighbouring levels of one group share its head."""
    levels = any(column in _LEVELS for column in profile.unit_columns)
    rows = 2 if levels else 1
    upper = [header_cell("序号", rows=rows), header_cell(profile.units.heading, rows=rows)]
    lower = []
    for group, members in groupby(profile.unit_columns, key=lambda column: _group(column, profile)):
        columns = list(members)
        if columns[0] in _LEVELS:
            upper.append(header_cell(group, columns=len(columns)))
            lower += [header_cell(profile.level_names(_LEVELS[column]).column) for column in columns]
        else:
            upper += [header_cell(_UNIT_COLUMN_HEADS[column], rows=rows) for column in columns]
    return (tuple(upper), tuple(lower)) if levels else (tuple(upper),)


def _group(column: UnitColumn, profile: Profile) -> str:
    return profile.level_names(_LEVELS[column]).group if column in _LEVELS else column


def _unit_cells(row: RegionFigures, profile: Profile) -> tuple[Cell, ...]:
    return tuple(_unit_cell(row, column, profile) for column in profile.unit_columns)


def _unit_cell(row: RegionFigures, column: UnitColumn, profile: Profile) -> Cell:
    if column is not UnitColumn.RATE:
        return count_cell(getattr(row, column.value), row.source.at(column.value))
    if not row.has_rate:
        return text_cell("—", row.source.at("sampled, undecided"))
    rate = percent_text(row.decided - row.problem, row.decided, profile.thresholds.rate_decimals)
    how = "（已判定的抽查数－问题网站数）÷已判定的抽查数"
    return Cell(span=figure(f"{rate}%", row.source.at("sampled, problem, undecided"), how=how))


_SITE_COLUMNS = {
    SiteColumn.UNIT: ("", 30.0, Align.CENTER),
    SiteColumn.NAME: ("网站名称", 54.0, Align.LEFT),
    SiteColumn.PROBLEM: ("存在的突出问题", 37.0, Align.LEFT),
    SiteColumn.CODE: ("网站标识码", 25.0, Align.CENTER),
    SiteColumn.URL: ("首页网址", 45.0, Align.LEFT),
    SiteColumn.SPONSOR: ("主办单位", 40.0, Align.LEFT),
}
_CODE_WIDTH = 25.0
"""Ten digits of 10.5 pt: the column of codes is never narrowed."""
_SITE_NUMBER_WIDTH = 10.0


def problem_sites_annex(number: int, title: str, figures: Figures, profile: Profile) -> Annex:
    """Return Annex 3: a row a site with its outstanding problem; no code means an empty cell."""
    columns = profile.site_columns
    fixed = _SITE_NUMBER_WIDTH + (_CODE_WIDTH if SiteColumn.CODE in columns else 0.0)
    natural = sum(_SITE_COLUMNS[column][1] for column in columns if column is not SiteColumn.CODE)
    scale = (TEXT_WIDTH - fixed) / natural if natural else 1.0
    grid = [TableColumn(width=_SITE_NUMBER_WIDTH)]
    for column in columns:
        _, width, align = _SITE_COLUMNS[column]
        grid.append(TableColumn(width=width if column is SiteColumn.CODE else width * scale, align=align))
    heads = (profile.units.heading if column is SiteColumn.UNIT else _SITE_COLUMNS[column][0] for column in columns)
    table = Table(
        columns=tuple(grid),
        header=(tuple(header_cell(text) for text in ("序号", *heads)),),
        body=tuple(
            (count_cell(place, site.source.at("seq")), *(_site_cell(site, column) for column in columns))
            for place, site in enumerate(figures.problem_sites, start=1)
        ),
    )
    return Annex(number=number, title=title, table=table)


def _site_cell(site: ProblemSite, column: SiteColumn) -> Cell:
    text = site.printed_name if column is SiteColumn.NAME else getattr(site, column.value) or ""
    return text_cell(text, site.source.at(column.value))
