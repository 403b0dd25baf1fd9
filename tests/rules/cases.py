"""Cases of the rules as data: each `<rule id>/cases.toml` names pages, a registry row and history, and the finding that must come of them.

Pages are HTML files beside the cases (or in `common_pages`), in UTF-8, with `@name@` places for values. They are encoded as the case says
and read by the real page reader: what is tested is the whole way from bytes to verdict.
"""

import hashlib
import re
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from crawler.china_time import china_day
from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, SearchForm
from crawler.snapshot import Coverage, Failure, Page, PageRole, Reach, SearchTry, SiteSnapshot, Target
from crawler.urls import host_of
from rules.dossier import Dossier, KnockDay
from rules.registry import RegistryRow
from tests.rules.case_tables import Case, PageTable, SearchTable, SiteTable

FOLDER = Path(__file__).parent
COMMON = FOLDER / "common_pages"
FETCHED_AT = datetime(2018, 3, 1, 0, 30, tzinfo=UTC)
_PLACE = re.compile(r"@(\w+)@")


class CaseError(Exception):
    """A case cannot be used: the sentence names the file, the case and what is wrong."""


class _CaseFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


@cache
def load_cases() -> tuple[tuple[str, Case], ...]:
    """Return all cases, each with the id of its rule. Raises CaseError naming the file that is wrong."""
    return tuple((path.parent.name, case) for path in sorted(FOLDER.glob("*/cases.toml")) for case in _read_cases(path))


def _read_cases(path: Path) -> tuple[Case, ...]:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _CaseFile).case
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CaseError(f"{path.parent.name}/{path.name}: {error}") from error


def build_dossier(rule_id: str, case: Case) -> Dossier:
    """Build the dossier of a case: its pages encoded, read, and put beside the registry row, the visits and the history."""
    pages = tuple(page for table in case.page for page in _pages(rule_id, case, table))
    home = next((page for page in pages if page.role is PageRole.HOME), None)
    form = home.facts.search_form if home and home.facts else SearchForm()
    final_url = home.final_url if home else case.site.url
    snapshot = SiteSnapshot(
        target=Target(url=case.site.url),
        host=_host(case.site.url),
        started_at=FETCHED_AT,
        finished_at=FETCHED_AT,
        reach=case.reach,
        reach_reason=case.reach_reason,
        final_url=final_url,
        final_host=host_of(final_url),
        title=home.facts.title if home and home.facts else "",
        pages=pages,
        search_tries=tuple(_search_try(rule_id, case, table, form) for table in case.search),
        coverage=_coverage(case, pages),
    )
    return Dossier(row=_row(case.site), snapshot=snapshot, as_of=case.as_of, knocks=_knock_days(case), history=case.history)


def _pages(rule_id: str, case: Case, table: PageTable) -> list[Page]:
    if not table.names:
        return [_page(rule_id, case, table)]
    return [
        _page(
            rule_id,
            case,
            msgspec.structs.replace(
                table,
                path=table.path.replace("@name@", str(number)),
                link_text=name,
                values={**table.values, "name": name, "number": str(number)},
            ),
        )
        for number, name in enumerate(table.names, 1)
    ]


def _page(rule_id: str, case: Case, table: PageTable) -> Page:
    url = urljoin(case.site.url, table.path)
    final_url = urljoin(url, table.final) if table.final else url
    body = _body(rule_id, case, table.file, table.values, table.encoding)
    return Page(
        role=table.role,
        url=url,
        final_url=final_url,
        status=table.status if table.file else None,
        failure=Failure(kind=table.failure) if table.failure else None,
        facts=_read(body, case, final_url, table.content_type) if body else None,
        fetched_at=FETCHED_AT,
        sha256=hashlib.sha256(body).hexdigest() if body else "",
        found_on=urljoin(case.site.url, table.found_on) if table.found_on else None,
        link_text=table.link_text,
        last_modified=table.last_modified,
        kept_for=table.kept_for,
    )


def _search_try(rule_id: str, case: Case, table: SearchTable, form: SearchForm) -> SearchTry:
    url = urljoin(case.site.url, f"/search?q={table.query}")
    body = _body(rule_id, case, table.file, {"query": table.query, **table.values}, "utf-8")
    page = Page(
        role=PageRole.SEARCH,
        url=url,
        final_url=url,
        status=table.status if table.file or not table.failure else None,
        failure=Failure(kind=table.failure, detail="") if table.failure else None,
        facts=_read(body, case, url, "text/html", table.query) if body else None,
        fetched_at=FETCHED_AT,
    )
    expected_url = urljoin(case.site.url, table.expected_path) if table.expected_path else None
    return SearchTry(query=table.query, expected=table.expected, expected_url=expected_url, form=form, page=page)


def _read(body: bytes, case: Case, url: str, content_type: str, query: str | None = None) -> PageFacts:
    return read_page(body, content_type=content_type, url=url, as_of=china_day(case.as_of), query=query)


def _body(rule_id: str, case: Case, file: str | None, values: dict[str, str], encoding: str) -> bytes:
    if file is None:
        return b""
    path = next((folder / file for folder in (FOLDER / rule_id, COMMON) if (folder / file).exists()), None)
    if path is None:
        raise CaseError(f"case {case.name!r} of {rule_id} names a page that is not there: {file}")
    text = path.read_text(encoding="utf-8")
    missing = sorted({place for place in _PLACE.findall(text) if place not in values})
    if missing:
        raise CaseError(f"case {case.name!r} of {rule_id} gives no value for {', '.join(missing)} of {file}")
    return _PLACE.sub(lambda match: values[match[1]], text).encode(encoding)


def _coverage(case: Case, pages: tuple[Page, ...]) -> Coverage:
    home = next((page for page in pages if page.role is PageRole.HOME), None)
    facts = home.facts if home else None
    columns = [page for page in pages if page.role is PageRole.COLUMN]
    measured: dict[str, Any] = {
        "homepage_seen": case.reach is Reach.OK and facts is not None,
        "homepage_limited": bool(home and (home.failure or (facts and facts.limited))),
        "script_dependent": bool(facts and facts.script_dependent),
        "columns_found": len(columns),
        "columns_seen": sum(page.shows_its_list for page in columns),
    }
    return msgspec.convert({**measured, **case.coverage}, Coverage)


def _row(site: SiteTable) -> RegistryRow | None:
    if not site.registered:
        return None
    return RegistryRow(
        url=site.url,
        host=_host(site.url),
        site_code=site.code,
        name=site.name,
        sponsor=site.sponsor,
        level=site.level,
        status=site.status,
        extra=site.extra,
    )


def _knock_days(case: Case) -> tuple[KnockDay, ...]:
    return tuple(
        KnockDay(
            day=(series.last or china_day(case.as_of)) - timedelta(days=back),
            opened=_share(series.opened, back, series.days),
            failed=_share(series.failed, series.days - 1 - back, series.days),
            unsure=_share(series.unsure, back, series.days),
        )
        for series in case.knocks
        for back in reversed(range(series.days))
    )


def _share(total: int, part: int, parts: int) -> int:
    return total // parts + (part < total % parts)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
