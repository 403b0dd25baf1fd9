"""The tables of a `cases.toml`: what a case says of a site and its pages, and the finding that must come of them."""

from datetime import date, datetime

import msgspec

from crawler.snapshot import FailureKind, PageRole, Reach, ReachReason
from rules.dossier import History, SeenSite
from rules.registry import Level, RegistryRow, Status
from rules.verdict import EvidenceKind, Verdict

AS_OF = datetime.fromisoformat("2018-03-01T09:00+08:00")


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a case file: an unknown key is an error."""


class SiteTable(_Strict, frozen=True, kw_only=True):
    """The registry's word on the site. `registered = false` leaves the row out."""

    url: str = "http://www.qinghe.gov.cn.test/"
    registered: bool = True
    code: str | None = "1305340001"
    name: str = "清河县人民政府"
    sponsor: str = "清河县人民政府办公室"
    level: Level | None = Level.COUNTY_PORTAL
    status: Status = Status.RUNNING
    extra: dict[str, str] = {}
    """Further columns of the registry's file."""


class PageTable(_Strict, frozen=True, kw_only=True):
    """A page of the snapshot, or one for each of `names`: `@name@` in the file and in `path` stands for the name or its number."""

    role: PageRole
    file: str | None = None
    """None: no document came."""
    path: str = "/"
    names: tuple[str, ...] = ()
    link_text: str = ""
    values: dict[str, str] = {}
    encoding: str = "utf-8"
    content_type: str = "text/html"
    status: int | None = 200
    failure: FailureKind | None = None
    final: str | None = None
    """The address that answered in the end, where it is another."""
    found_on: str | None = None
    last_modified: str | None = None
    kept_for: int = 0


class SearchTable(_Strict, frozen=True, kw_only=True):
    """A try of the search box: the query, the title it must find, and the answer."""

    query: str
    expected: str | None = None
    expected_path: str | None = None
    file: str | None = None
    values: dict[str, str] = {}
    status: int | None = 200
    failure: FailureKind | None = None


class KnockTable(_Strict, frozen=True, kw_only=True):
    """Reachability visits, spread evenly over the days before the day of judgement."""

    opened: int = 0
    failed: int = 0
    unsure: int = 0
    days: int = 7
    last: date | None = None


class EvidenceTable(_Strict, frozen=True, kw_only=True):
    """A piece of evidence that must be there; `excerpt` and `label` are parts of the text, `url` is whole or a path of the site."""

    kind: EvidenceKind
    url: str | None = None
    excerpt: str = ""
    label: str = ""


class Expectation(_Strict, frozen=True, kw_only=True):
    """The finding that must come: no evidence named means that there must be none."""

    verdict: Verdict
    reason: str
    problem: str | None = None
    evidence: tuple[EvidenceTable, ...] = ()
    notice: str = ""
    """The early warning of a finding that passes."""


class SeenTable(SeenSite, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site as registry rules see it; without a `row` it was discovered through links."""

    row: RegistryRow | None = None


class Case(_Strict, frozen=True, kw_only=True):
    """One case of a rule. Registry rules have `seen` sites, the others `page`s."""

    name: str
    expect: Expectation
    site: SiteTable = SiteTable()
    as_of: datetime = AS_OF
    page: tuple[PageTable, ...] = ()
    search: tuple[SearchTable, ...] = ()
    coverage: dict[str, int | bool] = {}
    """Overrides of what the pages at hand give."""
    reach: Reach = Reach.OK
    reach_reason: ReachReason | None = None
    knocks: tuple[KnockTable, ...] = ()
    history: History = History()
    seen: tuple[SeenTable, ...] = ()
    judged: int = 0
    """Which of the `seen` sites the expected finding is on."""
