"""History holds what changed and nothing else, and a scan never sees its own future."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from storage_samples import AS_OF, audit_of, registered_sites

from crawler.snapshot import Reach, ReachReason
from rules.dossier import History, KnockDay, PastColumn
from storage.audits import record_audits
from storage.database import Database
from storage.history import histories_of, knock_days_of, record_knocks
from storage.records import Knock, KnockOutcome, ObservedColumn, ObservedItem, Site
from storage.scans import plan_scan
from storage.tables import observed_items

COLUMN = "http://www.s1.gov.cn/tzgg/"
NIGHT = timedelta(days=1)


def look(
    database: Database, site: Site, at: datetime, *items: ObservedItem, columns: tuple[ObservedColumn, ...] = (), reach: Reach = Reach.OK
) -> None:
    scan_id = plan_scan(database, as_of=at, standard="2018q1-spot-check", site_ids=[site.site_id], started_at=at)
    reason = None if reach is Reach.OK else ReachReason.TIMEOUT
    record_audits(database, scan_id, [audit_of(site, observed_at=at, items=items, columns=columns, reach=reach, reach_reason=reason)])


def item(day: date | None, url: str = f"{COLUMN}1.html", title: str = "关于供水的通知") -> ObservedItem:
    return ObservedItem(url=url, title=title, date=day, column_url=COLUMN)


def test_a_site_never_seen_has_an_empty_history(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    assert histories_of(database, [site.site_id], AS_OF)[site.site_id] == History()


def test_an_entry_that_stays_the_same_is_one_row(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    for night in range(3):
        look(database, site, AS_OF + night * NIGHT, item(date(2018, 2, 20)))
    (past,) = histories_of(database, [site.site_id], AS_OF + 3 * NIGHT)[site.site_id].items
    assert (past.first_seen, past.dates, past.column_url) == (AS_OF, (date(2018, 2, 20),), COLUMN)
    with database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(observed_items)) == 1


def test_a_date_that_changes_is_kept_with_the_one_before(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    look(database, site, AS_OF, item(date(2017, 5, 1)))
    look(database, site, AS_OF + NIGHT, item(None))
    look(database, site, AS_OF + 2 * NIGHT, item(date(2018, 3, 1)))
    assert histories_of(database, [site.site_id], AS_OF + 3 * NIGHT)[site.site_id].items[0].dates == (date(2017, 5, 1), date(2018, 3, 1))
    assert histories_of(database, [site.site_id], AS_OF + 2 * NIGHT)[site.site_id].items[0].dates == (date(2017, 5, 1),)


def test_two_lists_that_date_an_entry_differently_are_no_change_of_its_date(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    one, other = item(date(2018, 2, 20)), item(date(2018, 2, 21))
    look(database, site, AS_OF, one, other)
    look(database, site, AS_OF + NIGHT, other, one)
    assert histories_of(database, [site.site_id], AS_OF + 2 * NIGHT)[site.site_id].items[0].dates == (date(2018, 2, 20),)


def test_entries_without_an_address_are_told_apart_by_title(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    look(database, site, AS_OF, item(None, url="", title="甲"), item(None, url="", title="乙"))
    assert {past.title for past in histories_of(database, [site.site_id], AS_OF + NIGHT)[site.site_id].items} == {"甲", "乙"}


def test_a_scan_does_not_see_itself_nor_later_ones(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    look(database, site, AS_OF, item(date(2018, 2, 20)), columns=(ObservedColumn(url=COLUMN),))
    assert histories_of(database, [site.site_id], AS_OF)[site.site_id] == History()


def test_a_column_keeps_its_first_and_its_last_reading(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    look(database, site, AS_OF, columns=(ObservedColumn(url=COLUMN, oldest=date(2017, 1, 1)),))
    look(database, site, AS_OF + NIGHT, columns=(ObservedColumn(url=COLUMN, oldest=date(2017, 6, 1)),))
    look(database, site, AS_OF + 2 * NIGHT)
    past = PastColumn(url=COLUMN, first_read=AS_OF, last_read=AS_OF + NIGHT, oldest=date(2017, 6, 1))
    assert histories_of(database, [site.site_id], AS_OF + 3 * NIGHT)[site.site_id].columns == (past,)
    assert histories_of(database, [site.site_id], AS_OF + NIGHT)[site.site_id].columns == ()


def test_a_visit_that_saw_nothing_is_no_look(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    look(database, site, AS_OF)
    look(database, site, AS_OF + NIGHT, reach=Reach.DOWN)
    assert histories_of(database, [site.site_id], AS_OF + 2 * NIGHT)[site.site_id].last_scan == AS_OF


def test_histories_of_many_sites_come_at_once_and_stay_apart(database: Database) -> None:
    sites = registered_sites(database, 600)
    for site in (sites[0], sites[-1]):
        look(database, site, AS_OF, item(date(2018, 2, 20), title=site.row.name))
    found = histories_of(database, [site.site_id for site in sites], AS_OF + NIGHT)
    assert {site_id: [past.title for past in history.items] for site_id, history in found.items() if history.items} == {
        site.site_id: [site.row.name] for site in (sites[0], sites[-1])
    }
    assert len(found) == 600


def test_knocks_are_counted_on_days_of_china(database: Database) -> None:
    one, other = registered_sites(database, 2)
    before_midnight, after_midnight = datetime(2018, 3, 1, 15, 59, tzinfo=UTC), datetime(2018, 3, 1, 16, 0, tzinfo=UTC)
    record_knocks(
        database,
        [
            Knock(site_id=one.site_id, at=before_midnight, outcome=KnockOutcome.OPENED),
            Knock(site_id=one.site_id, at=after_midnight, outcome=KnockOutcome.FAILED),
            Knock(site_id=other.site_id, at=after_midnight, outcome=KnockOutcome.UNSURE),
        ],
    )
    record_knocks(database, [Knock(site_id=one.site_id, at=after_midnight, outcome=KnockOutcome.FAILED)])
    days = knock_days_of(database, [one.site_id, other.site_id, 99], date(2018, 3, 1), date(2018, 3, 2))
    assert days == {
        one.site_id: (KnockDay(day=date(2018, 3, 1), opened=1), KnockDay(day=date(2018, 3, 2), failed=2)),
        other.site_id: (KnockDay(day=date(2018, 3, 2), unsure=1),),
        99: (),
    }
