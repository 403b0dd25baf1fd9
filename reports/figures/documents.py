"""The JSON documents of a folder of figures: what the office reported (`self_check.json`), and the lists of Annex 1 (`annex1.json`)."""

from datetime import date
from typing import Annotated

import msgspec

from reports.errors import FiguresError
from reports.figures.records import (
    Accountability,
    AnnexList,
    AnnualReports,
    Figures,
    ListKey,
    Messages,
    Metadata,
    Origin,
    RegistryTotals,
    SelfCheck,
    Source,
    SpotCheck,
)
from reports.period import Period
from rules.registry import Level

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Percent = Annotated[int, msgspec.Meta(ge=0, le=100)] | Annotated[float, msgspec.Meta(ge=0, le=100)]


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the shapes below: fields of the files that the bulletin does not print are passed over."""


class _Basis(_Document, frozen=True, kw_only=True):
    title: str
    doc_no: str


class _Bulletin(_Document, frozen=True, kw_only=True):
    year: int
    quarter: int
    title: str | None = None
    issuer: str | None = None
    issuer_short: str | None = None
    index_no: str | None = None
    subject_class: str | None = None
    doc_no: str | None = None
    written_date: date | None = None
    published_date: date | None = None
    next_report_due: date | None = None
    basis: _Basis | None = None
    abridged: bool = False


class _Registry(_Document, frozen=True, kw_only=True):
    as_of: date
    running_total_stated: _Count
    breakdown: dict[Level, _Count]


class _SpotCheck(_Document, frozen=True, kw_only=True):
    sampled: _Count | None = None
    problem: _Count | None = None
    regions_100_four_quarters: tuple[str, ...] | None = None


class _SelfCheck(_Document, frozen=True, kw_only=True):
    sampled: _Count
    pass_rate_stated_pct: _Percent
    review: str = ""


class _Persons(_Document, frozen=True, kw_only=True):
    interviewed: _Count = msgspec.field(name="interviewed_约谈", default=0)
    self_criticism: _Count = msgspec.field(name="written_self_criticism_书面检查", default=0)
    criticised: _Count = msgspec.field(name="criticised_in_circular_通报批评", default=0)
    removed: _Count = msgspec.field(name="transferred_or_removed_调离岗位或免职", default=0)


class _Accountability(_Document, frozen=True, kw_only=True):
    persons: _Persons


class _Platform(_Document, frozen=True, kw_only=True):
    valid_messages: _Count
    completion_rate_stated_pct: _Percent


class _SupervisionReport(_Document, frozen=True, kw_only=True):
    published: str = ""


class _WorkReport(_Document, frozen=True, kw_only=True):
    published_sites: _Count


class _AnnualReports(_Document, frozen=True, kw_only=True):
    work_report: _WorkReport
    supervision_report: _SupervisionReport = _SupervisionReport()
    portals_with_column: str = ""


class ReportedFigures(_Document, frozen=True, kw_only=True):
    """`self_check.json`: the document's own data, and the figures that no crawler can know."""

    bulletin: _Bulletin
    registry: _Registry | None = None
    central_spot_check: _SpotCheck | None = None
    self_check: _SelfCheck | None = None
    accountability: _Accountability | None = None
    find_errors_platform: _Platform | None = None
    annual_reports: _AnnualReports | None = None

    @property
    def period(self) -> Period:
        """Return the quarter the figures belong to; raises `FiguresError`."""
        return Period.parse(f"{self.bulletin.year}Q{self.bulletin.quarter}")

    def complete(self, figures: Figures) -> Figures:
        """Return the figures of the folder's tables together with those reported here."""
        return msgspec.structs.replace(
            figures,
            metadata=_metadata(self.bulletin),
            registry=_registry(self.registry),
            spot_check=_spot_check(self.central_spot_check),
            lists=figures.lists or _four_quarters(self.central_spot_check),
            self_check=_self_check(self.self_check),
            accountability=_accountability(self.accountability),
            messages=_messages(self.find_errors_platform),
            annual_reports=_annual_reports(self.annual_reports),
        )


def _reported(block: str) -> Source:
    return Source(origin=Origin.IMPORTED, place=f"self_check.json:{block}")


def _metadata(bulletin: _Bulletin) -> Metadata:
    basis = bulletin.basis
    return Metadata(
        title=bulletin.title,
        issuer=bulletin.issuer,
        issuer_short=bulletin.issuer_short,
        index_number=bulletin.index_no,
        subject_class=bulletin.subject_class,
        document_number=bulletin.doc_no,
        written=bulletin.written_date,
        published=bulletin.published_date,
        next_report_due=bulletin.next_report_due,
        basis=f"《{basis.title}》（{basis.doc_no}）" if basis else None,
        abridged=bulletin.abridged,
        source=_reported("bulletin"),
    )


def _registry(registry: _Registry | None) -> RegistryTotals | None:
    if registry is None:
        return None
    return RegistryTotals(
        as_of=registry.as_of,
        running=registry.running_total_stated,
        by_level=registry.breakdown,
        source=_reported("registry"),
    )


def _spot_check(check: _SpotCheck | None) -> SpotCheck | None:
    if check is None or check.sampled is None or check.problem is None:
        return None
    return SpotCheck(sampled=check.sampled, problem=check.problem, source=_reported("central_spot_check"))


def _four_quarters(spot_check: _SpotCheck | None) -> tuple[AnnexList, ...]:
    if spot_check is None or spot_check.regions_100_four_quarters is None:
        return ()
    entry = AnnexList(
        key=ListKey.FOUR_QUARTERS,
        heading="连续四个季度抽查合格率达到100%",
        members=spot_check.regions_100_four_quarters,
        source=_reported("central_spot_check").at("regions_100_four_quarters"),
    )
    return (entry,)


def _self_check(check: _SelfCheck | None) -> SelfCheck | None:
    if check is None:
        return None
    return SelfCheck(sampled=check.sampled, pass_percent=check.pass_rate_stated_pct, review=check.review, source=_reported("self_check"))


def _accountability(block: _Accountability | None) -> Accountability | None:
    if block is None:
        return None
    counts: dict[str, int] = msgspec.structs.asdict(block.persons)
    return Accountability(**counts, source=_reported("accountability.persons"))


def _messages(platform: _Platform | None) -> Messages | None:
    if platform is None:
        return None
    return Messages(
        valid=platform.valid_messages,
        completion_percent=platform.completion_rate_stated_pct,
        source=_reported("find_errors_platform"),
    )


def _annual_reports(reports: _AnnualReports | None) -> AnnualReports | None:
    if reports is None:
        return None
    return AnnualReports(
        published_sites=reports.work_report.published_sites,
        supervision_complete=reports.supervision_report.published == "all",
        portals_complete=reports.portals_with_column.startswith("all"),
        source=_reported("annual_reports"),
    )


class _Item(_Document, frozen=True, kw_only=True):
    heading: str
    key: str
    members: tuple[str, ...] = msgspec.field(name="list")


class _Group(_Document, frozen=True, kw_only=True):
    heading: str
    key: str
    items: tuple[_Item, ...] = ()
    members: tuple[str, ...] = msgspec.field(name="list", default=())


class _AnnexDocument(_Document, frozen=True, kw_only=True):
    groups: tuple[_Group, ...]


def read_reported(data: bytes, name: str) -> ReportedFigures:
    """Return the reported figures of a JSON document; raises `FiguresError` naming the field."""
    try:
        return msgspec.json.decode(data, type=ReportedFigures)
    except msgspec.DecodeError as error:
        raise FiguresError("document_unreadable", file=name, why=error) from error


def read_annex_lists(data: bytes, name: str) -> tuple[AnnexList, ...]:
    """Return the lists of Annex 1 from a JSON document; raises `FiguresError` naming the field or the unknown key."""
    try:
        document = msgspec.json.decode(data, type=_AnnexDocument)
    except msgspec.DecodeError as error:
        raise FiguresError("document_unreadable", file=name, why=error) from error
    lists: list[AnnexList] = []
    for group in document.groups:
        for item in group.items or (_Item(heading=group.heading, key="", members=group.members),):
            path = f"{group.key}.{item.key}" if item.key else group.key
            if path not in set(ListKey):
                raise FiguresError("list_unknown", file=name, name=path, known=", ".join(ListKey))
            source = Source(origin=Origin.IMPORTED, place=f"{name}:{path}")
            grouped = group.heading if item.key else ""
            lists.append(AnnexList(key=ListKey(path), group=grouped, heading=item.heading, members=item.members, source=source))
    return tuple(lists)
