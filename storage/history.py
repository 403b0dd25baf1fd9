"""What earlier scans saw of a site: list entries, columns, reachability by day. Written only where something changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crawler.china_time import china_day
from crawler.snapshot import Reach
from rules.dossier import History, KnockDay, PastColumn, PastItem
from storage.database import PAGE, Database
from storage.records import AuditResult, Knock, KnockOutcome, ObservedItem
from storage.tables import audits, knocks, observed_columns, observed_items

_Part = TypeVar("_Part")


def histories_of(database: Database, site_ids: Collection[int], before: datetime) -> dict[int, History]:
    """Return the histories of many sites; a site never seen before has an empty one. Raises StorageError."""
    items: dict[int, list[PastItem]] = defaultdict(list)
    columns: dict[int, list[PastColumn]] = defaultdict(list)
    last_scans: dict[int, datetime] = {}
    for page in _pages(list(site_ids)):
        with database.reading() as connection:
            for row in connection.execute(_past_items(page, before)):
                items[row.site_id].append(_past_item(row, before))
            for row in connection.execute(_past_columns(page, before)):
                past = PastColumn(url=row.url, first_read=row.first_read, last_read=row.last_read, oldest=row.oldest)
                columns[row.site_id].append(past)
            for row in connection.execute(_last_scans(page, before)):
                last_scans[row.site_id] = row.last_scan
    return {
        site_id: History(items=tuple(items[site_id]), columns=tuple(columns[site_id]), last_scan=last_scans.get(site_id))
        for site_id in site_ids
    }


def _past_items(site_ids: Sequence[int], before: datetime) -> sa.Select[Any]:
    earlier = sa.and_(observed_items.c.site_id.in_(site_ids), observed_items.c.first_seen < before)
    return sa.select(observed_items).where(earlier).order_by(observed_items.c.site_id, observed_items.c.first_seen)


def _past_columns(site_ids: Sequence[int], before: datetime) -> sa.Select[Any]:
    # Only the last reading is kept: a column read again since then says nothing about the time before.
    earlier = sa.and_(observed_columns.c.site_id.in_(site_ids), observed_columns.c.last_read < before)
    return sa.select(observed_columns).where(earlier).order_by(observed_columns.c.site_id, observed_columns.c.first_read)


def _last_scans(site_ids: Sequence[int], before: datetime) -> sa.Select[Any]:
    # A visit that saw no content is no look: an entry that is new since then may have been there all along.
    return (
        sa.select(audits.c.site_id, sa.func.max(audits.c.observed_at, type_=audits.c.observed_at.type).label("last_scan"))
        .where(audits.c.site_id.in_(site_ids), audits.c.observed_at < before, audits.c.reach == Reach.OK)
        .group_by(audits.c.site_id)
    )


def _past_item(row: Any, before: datetime) -> PastItem:
    return PastItem(
        url=row.url,
        title=row.title,
        first_seen=row.first_seen,
        dates=tuple(printed for printed, seen in row.dates if seen < before),
        column_url=row.column_url,
    )


def knock_days_of(database: Database, site_ids: Collection[int], since: date, until: date) -> dict[int, tuple[KnockDay, ...]]:
    """Return the reachability visits of many sites by day, oldest first; none for a site never knocked at. Raises StorageError."""
    days: dict[int, list[KnockDay]] = defaultdict(list)
    for page in _pages(list(site_ids)):
        query = sa.select(knocks).where(knocks.c.site_id.in_(page), knocks.c.day.between(since, until))
        with database.reading() as connection:
            for row in connection.execute(query.order_by(knocks.c.site_id, knocks.c.day)):
                days[row.site_id].append(KnockDay(day=row.day, opened=row.opened, failed=row.failed, unsure=row.unsure))
    return {site_id: tuple(days[site_id]) for site_id in site_ids}


def record_knocks(database: Database, visits: Iterable[Knock]) -> None:
    """Count reachability visits on their China-time days. Raises StorageError."""
    with database.writing() as connection:
        add_knocks(connection, visits)


def add_knocks(connection: Connection, visits: Iterable[Knock]) -> None:
    """Count reachability visits within a transaction that is already open for writing."""
    counted: dict[tuple[int, date], dict[str, int]] = {}
    for visit in visits:
        day = counted.setdefault((visit.site_id, china_day(visit.at)), {outcome.value: 0 for outcome in KnockOutcome})
        day[visit.outcome.value] += 1
    for page in _pages(list(counted)):
        found = {site_id for site_id, _ in page}
        of_page = sa.select(knocks.c.site_id, knocks.c.day).where(knocks.c.site_id.in_(found), knocks.c.day.in_({day for _, day in page}))
        known = {(row.site_id, row.day) for row in connection.execute(of_page)}
        new = [{"site_id": key[0], "day": key[1], **counted[key]} for key in page if key not in known]
        more = [
            {"of_site": key[0], "on_day": key[1], **{f"more_{name}": n for name, n in counted[key].items()}} for key in page if key in known
        ]
        if new:
            connection.execute(sa.insert(knocks), new)
        if more:
            add = {outcome.value: knocks.c[outcome.value] + sa.bindparam(f"more_{outcome.value}") for outcome in KnockOutcome}
            same_day = sa.and_(knocks.c.site_id == sa.bindparam("of_site"), knocks.c.day == sa.bindparam("on_day"))
            connection.execute(sa.update(knocks).where(same_day).values(add), more)


def add_observations(connection: Connection, results: Sequence[AuditResult]) -> None:
    """Write down what is new in these audits: entries and columns never seen, dates that changed.

    Entries keep the times at which they were seen; of a column only the last reading is kept. It is the second look's where one is due:
    what is new in a list since an earlier scan must be new to both looks.
    """
    _add_columns(connection, [result for result in results if not result.held])
    known = _known_items(connection, [result.site_id for result in results if result.items])
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for result in results:
        for key, (item, printed) in _sightings(result.items).items():
            dates = known.get((result.site_id, key))
            if dates is None:
                seen = {"url": item.url, "title": item.title, "column_url": item.column_url, "first_seen": result.observed_at}
                new.append({"site_id": result.site_id, "key": key, **seen, "dates": [(day, result.observed_at) for day in printed[:1]]})
            elif printed and (not dates or dates[-1][0] not in printed):
                changed.append({"of_site": result.site_id, "of_key": key, "dates": (*dates, (printed[0], result.observed_at))})
    if new:
        connection.execute(sa.insert(observed_items), new)
    if changed:
        same = sa.and_(observed_items.c.site_id == sa.bindparam("of_site"), observed_items.c.key == sa.bindparam("of_key"))
        connection.execute(sa.update(observed_items).where(same), changed)


def _sightings(items: Iterable[ObservedItem]) -> dict[bytes, tuple[ObservedItem, list[date]]]:
    """Gather the entries of one audit by key, each with all dates printed beside it.

    An entry may stand in two lists that date it differently: that is one state of the site, not a change of its date.
    """
    sightings: dict[bytes, tuple[ObservedItem, list[date]]] = {}
    for item in items:
        _, printed = sightings.setdefault(_item_key(item), (item, []))
        if item.date:
            printed.append(item.date)
    return sightings


def _known_items(connection: Connection, site_ids: Sequence[int]) -> dict[tuple[int, bytes], tuple[tuple[date, datetime], ...]]:
    query = sa.select(observed_items.c.site_id, observed_items.c.key, observed_items.c.dates)
    rows = (row for page in _pages(site_ids) for row in connection.execute(query.where(observed_items.c.site_id.in_(page))))
    return {(row.site_id, bytes(row.key)): row.dates for row in rows}


def _add_columns(connection: Connection, results: Sequence[AuditResult]) -> None:
    known = _known_columns(connection, [result.site_id for result in results if result.columns])
    new: list[dict[str, Any]] = []
    read_again: list[dict[str, Any]] = []
    for result in results:
        for key, column in {_digest(column.url): column for column in result.columns}.items():
            reading = {"last_read": result.observed_at, "oldest": column.oldest}
            last_read = known.get((result.site_id, key))
            if last_read is None:
                new.append({"site_id": result.site_id, "key": key, "url": column.url, "first_read": result.observed_at, **reading})
            elif last_read < result.observed_at:
                read_again.append({"of_site": result.site_id, "of_key": key, **reading})
    if new:
        connection.execute(sa.insert(observed_columns), new)
    if read_again:
        same = sa.and_(observed_columns.c.site_id == sa.bindparam("of_site"), observed_columns.c.key == sa.bindparam("of_key"))
        connection.execute(sa.update(observed_columns).where(same), read_again)


def _known_columns(connection: Connection, site_ids: Sequence[int]) -> dict[tuple[int, bytes], datetime]:
    query = sa.select(observed_columns.c.site_id, observed_columns.c.key, observed_columns.c.last_read)
    rows = (row for page in _pages(site_ids) for row in connection.execute(query.where(observed_columns.c.site_id.in_(page))))
    return {(row.site_id, bytes(row.key)): row.last_read for row in rows}


def _item_key(item: ObservedItem) -> bytes:
    """An entry is known by its address; one without an address by its title within its column."""
    return _digest(item.url or f"{item.column_url}\n{item.title}")


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def _pages(parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    return (parts[start : start + PAGE] for start in range(0, len(parts), PAGE))
