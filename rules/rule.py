"""The rule contract: what a rule declares, what it may see, and how rules are found."""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

import rules.registry_rules
import rules.site_rules
from crawler.china_time import china_day
from crawler.snapshot import Page, SearchTry
from rules.columns import SiteColumn
from rules.domains import lies_within
from rules.dossier import Dossier, History, KnockDay, SeenSite
from rules.exemptions import ExemptionKind, back_unknown_since, exemptions_of
from rules.registry import RegistryRow
from rules.verdict import Judgement, Scope
from rules.wording import WordedError, wording

LONGEST_OFFLINE = 30
"""Days for which a site is taken offline with notice, at most (standards.md section 8)."""
ENTRY_POINT_GROUP = "xuncha.rules"
DOCUMENT_HEADINGS = ("检查内容", "依据", "判定", "证据", "易误判", "整改建议")


class Need(StrEnum):
    """What a rule may see of a dossier. The engine answers `inconclusive` when it is not there."""

    HOME = "home"
    PAGES = "pages"
    ROW = "row"
    ROW_IF_ANY = "row_if_any"
    """The registry row where there is one, for rules that can do without."""
    KNOCKS = "knocks"
    HISTORY = "history"
    SEARCH = "search"


class Cover(StrEnum):
    """What must have been seen before something may be called absent."""

    HOMEPAGE = "homepage"
    """The homepage is whole: not cut, not an empty shell that scripts fill, and not all that was seen of the site."""
    NAVIGATION = "navigation"
    """A navigation bar was read, and the head of the page: they are not made of pictures, nor in a script or frame that was not read."""
    PICTURES = "pictures"
    """What lies behind the links of the homepage that are pictures without a name was opened: any of them may be what is missing."""
    LISTS = "lists"
    """The homepage shows lists with entries: they are not left to scripts."""
    FOOTER = "footer"
    """The footer is in the pages, not in a script or frame that was not read."""
    COLUMNS = "columns"
    """Every column that was found was read, or enough of them on a large site."""


Columns = Callable[[], tuple[SiteColumn, ...]]
"""The columns of a dossier, found when they are first asked for."""


class UndeclaredNeedError(LookupError):
    """A rule looked at a part of the dossier that it did not declare: a fault of the rule."""


class View:
    """What a rule sees of a dossier: the parts it declared and the thresholds of its standard."""

    __slots__ = ("_columns", "_dossier", "_needs", "_thresholds")

    def __init__(self, dossier: Dossier, columns: Columns, needs: tuple[Need, ...], thresholds: Mapping[str, int]) -> None:
        self._dossier = dossier
        self._columns = columns
        self._needs = needs
        self._thresholds = thresholds

    def _declared(self, need: Need) -> Dossier:
        if need not in self._needs:
            raise UndeclaredNeedError(f"the rule did not declare that it needs {need.value!r}")
        return self._dossier

    @property
    def as_of(self) -> datetime:
        """Return the moment of judgement, with its time zone."""
        return self._dossier.as_of

    @property
    def today(self) -> date:
        """Return the day of judgement in China time; windows are counted back from it."""
        return china_day(self._dossier.as_of)

    @property
    def home(self) -> Page:
        """Return the homepage; the engine has made sure that its facts are there."""
        home = self._declared(Need.HOME).snapshot.home
        if home is None or home.facts is None:
            raise LookupError("the engine called a rule without the homepage it needs")
        return home

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages that were read, the homepage first."""
        return tuple(page for page in self._declared(Need.PAGES).snapshot.pages if page.facts is not None)

    @property
    def own_pages(self) -> tuple[Page, ...]:
        """Return those of them that are the site's own, for a site may be a part of a host that belongs to another."""
        return tuple(page for page in self.pages if self.is_own(page))

    def is_own(self, page: Page) -> bool:
        """Tell whether a page lies where the site is registered, and not beside it on a host that it shares."""
        registered = self._declared(Need.PAGES).snapshot.target.url
        return lies_within(page.final_url or page.url, registered)

    @property
    def unread(self) -> tuple[Page, ...]:
        """Return the pages that were asked for and could not be read."""
        return tuple(page for page in self._declared(Need.PAGES).snapshot.pages if page.facts is None)

    @property
    def columns(self) -> tuple[SiteColumn, ...]:
        """Return the columns whose own pages were asked for, each once, with what the past shows of them."""
        self._declared(Need.PAGES)
        self._declared(Need.HISTORY)
        return self._columns()

    @property
    def row(self) -> RegistryRow:
        """Return the registry row; the engine has made sure that there is one."""
        row = self._declared(Need.ROW).row
        if row is None:
            raise LookupError("the engine called a rule without the registry row it needs")
        return row

    @property
    def registered(self) -> RegistryRow | None:
        """Return the registry row where there is one, for rules that can do without."""
        return self._declared(Need.ROW_IF_ANY).row

    @property
    def final_host(self) -> str:
        """Return the host that served the homepage in the end."""
        return self._declared(Need.HOME).snapshot.final_host

    @property
    def knocks(self) -> tuple[KnockDay, ...]:
        """Return the reachability visits, a record a China-time day; days on which the registry has the site offline are left out.

        So are those on which it may have been: since it went offline, if it runs again on an unknown day, until a visit opened it.
        """
        dossier = self._declared(Need.KNOCKS)
        known = exemptions_of(dossier.row) if dossier.row else ()
        offline = [exemption for exemption in known if exemption.kind is not ExemptionKind.NO_PUBLIC_SERVICES]
        counted = [visits for visits in dossier.knocks if not any(exemption.covers(visits.day) for exemption in offline)]
        since = back_unknown_since(dossier.row) if dossier.row else None
        if since is None:
            return tuple(counted)
        opened = (visits.day for visits in counted if visits.opened and visits.day > since)
        back = min((*opened, since + timedelta(days=LONGEST_OFFLINE)))
        return tuple(visits for visits in counted if not since <= visits.day < back)

    @property
    def history(self) -> History:
        """Return what earlier scans saw."""
        return self._declared(Need.HISTORY).history

    @property
    def search_tries(self) -> tuple[SearchTry, ...]:
        """Return the probes of the search box."""
        return self._declared(Need.SEARCH).snapshot.search_tries

    def threshold(self, name: str, default: int | None = None) -> int:
        """Return a threshold of the standard; `default` is for those that a clause may do without.

        Raises KeyError when the standard does not set one that must be there, which the engine reports as a rule error.
        """
        return self._thresholds[name] if default is None else self._thresholds.get(name, default)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """A rule over one site's dossier: pure, total, without I/O or clock."""

    version: int
    needs: tuple[Need, ...]
    judge: Callable[[View], Judgement]
    covers: tuple[Cover, ...] = ()
    judges_content: bool = True
    """Judged only where the visit saw content (reach `ok`)."""
    judges_services: bool = False
    """Not judged where the registry says that the body has no services for the public."""
    scope: Scope = Scope.SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRule:
    """A rule over the stored facts of all sites of a scan, run after it."""

    version: int
    judge: Callable[[Iterable[SeenSite], Mapping[str, int]], Iterator[tuple[int, Judgement]]]
    scope: Scope = Scope.REGISTRY


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """A rule's documentation, read from its module's docstring: the title and the six headed parts."""

    title: str
    parts: Mapping[str, str]

    @property
    def remedy(self) -> str:
        """Return how the fault is mended, in Simplified Chinese."""
        return self.parts["整改建议"]


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A discovered rule: its id (the file's name), its documentation, and the rule itself."""

    id: str
    document: RuleDocument
    rule: SiteRule | RegistryRule


class RuleDefinitionError(WordedError):
    """A rule module does not keep the contract: it has no RULE, or its docstring lacks a heading."""

    _wording = wording


def read_document(rule_id: str, text: str) -> RuleDocument:
    """Read a rule's documentation from its module docstring.

    Raises RuleDefinitionError when a heading of DOCUMENT_HEADINGS is missing.
    """
    lines = inspect.cleandoc(text).splitlines()
    parts: dict[str, list[str]] = {}
    for line in lines[1:]:
        if line in DOCUMENT_HEADINGS:
            parts[line] = []
        elif parts:
            parts[next(reversed(parts))].append(line.strip())
    missing = [heading for heading in DOCUMENT_HEADINGS if not any(parts.get(heading, ()))]
    if not lines or missing:
        raise RuleDefinitionError("rule_document_lacks", rule=rule_id, missing="、".join(missing) or "标题")
    return RuleDocument(lines[0], {heading: "\n".join(body).strip() for heading, body in parts.items()})


def _named(rule_id: str, module: ModuleType) -> NamedRule:
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, SiteRule | RegistryRule):
        raise RuleDefinitionError("rule_not_defined", module=module.__name__)
    return NamedRule(rule_id, read_document(rule_id, module.__doc__ or ""), rule)


@cache
def discover() -> Mapping[str, NamedRule]:
    """Return every rule by id: the modules of `rules.site_rules` and `rules.registry_rules`, then installed entry points.

    Raises RuleDefinitionError when a module does not keep the contract or an id is taken twice.
    """
    found: dict[str, NamedRule] = {}
    modules = [
        (info.name, import_module(f"{package.__name__}.{info.name}"))
        for package in (rules.site_rules, rules.registry_rules)
        for info in pkgutil.iter_modules(package.__path__)
    ]
    modules += [(point.name, point.load()) for point in entry_points(group=ENTRY_POINT_GROUP)]
    for rule_id, module in modules:
        if rule_id in found:
            raise RuleDefinitionError("rule_twice", rule=rule_id)
        found[rule_id] = _named(rule_id, module)
    return found
