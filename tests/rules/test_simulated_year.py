"""A year of one site, judged every day by the real rules over the real history: each verdict comes on its day and goes on its day.

The site publishes; stops in March; forges a catch-up in April and is honest again from May; is down for two days in July; hides behind a
firewall for a week in September; rests over the holiday in October; moves all its pages to new addresses in November.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.dossier import Dossier
from rules.engine import Engine
from rules.registry import RegistryRow
from rules.standard import find_standard
from rules.verdict import Finding, Verdict
from storage.audits import record_audits
from storage.database import open_database
from storage.history import histories_of, knock_days_of, record_knocks
from storage.records import Knock, KnockOutcome
from storage.registry.sites import insert_registered, list_sites
from storage.scans import plan_scan
from tests.rules.simulated_site import URL, SimulatedSite, Weather, morning
from xuncha.audit.auditor import audit_result

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
OUTCOMES = {Weather.OPEN: KnockOutcome.OPENED, Weather.DOWN: KnockOutcome.FAILED, Weather.WALLED: KnockOutcome.UNSURE}
KNOCKS_A_DAY = 24


def content_rule(passes: str, *spring: tuple[str, Verdict, str]) -> list[tuple[str, Verdict, str]]:
    """Return the year of a rule that judges content: it passes but for its spring and the days on which nothing was seen."""
    return [
        ("01-01", PASS, passes),
        *spring,
        ("07-10", OPEN, "reach_down"),
        ("07-12", PASS, passes),
        ("09-03", OPEN, "reach_blocked"),
        ("09-10", PASS, passes),
    ]


EXPECTED = {
    "homepage_stale": content_rule(
        "updated",
        ("03-11", PASS, "updated, noticed"),
        ("03-15", FAIL, "no_update"),
        # The forged dates deceive this rule, not the one on forged dates.
        ("04-20", PASS, "updated"),
        ("04-30", PASS, "updated, noticed"),
        ("05-01", PASS, "updated"),
    ),
    "columns_stale": content_rule("columns_updated", ("03-15", FAIL, "columns_stale"), ("04-20", PASS, "columns_updated")),
    "columns_empty": content_rule("columns_filled"),
    "publish_date_forged": content_rule(
        "dates_agree",
        ("04-20", FAIL, "dates_conflict"),
        # Newer articles take the place of the forged ones among those that are opened, later in the lists as well.
        ("05-06", PASS, "one_kind_only, noticed"),
        ("06-14", PASS, "dates_agree"),
    ),
    "site_unreachable": [
        ("01-01", OPEN, "too_few_visits"),
        ("01-06", OPEN, "too_few_days"),
        ("01-07", PASS, "opens"),
        ("07-10", FAIL, "too_many_failed_visits"),
        ("07-18", PASS, "opens"),
        # Refused visits count for nothing: the week of visits is full again six days after the firewall has gone.
        ("09-04", OPEN, "too_few_days"),
        ("09-05", OPEN, "too_few_visits"),
        ("09-15", OPEN, "too_few_days"),
        ("09-16", PASS, "opens"),
    ],
}
"""The day on which each rule's answer changes, with the new verdict and its reason. All other days are like the day before."""


def day_of(text: str) -> date:
    return date.fromisoformat(f"2018-{text}")


def within(day: date, first: str, last: str) -> bool:
    return day_of(first) <= day <= day_of(last)


def weather(day: date) -> Weather:
    if within(day, "07-10", "07-11"):
        return Weather.DOWN
    return Weather.WALLED if within(day, "09-03", "09-09") else Weather.OPEN


def edit(site: SimulatedSite, day: date) -> None:
    """Do what the editors do on a day."""
    if day == day_of("04-20"):
        site.forge_a_catch_up(day)
    if day == day_of("11-20"):
        site.redesign(day)
    if not within(day, "03-01", "04-30") and not within(day, "10-01", "10-08"):
        site.publish_as_usual(day)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[date, dict[str, Finding]]:
    """Live through the year and return the findings of each day by rule."""
    return dict(_live(tmp_path_factory.mktemp("year")))


def _live(folder: Path) -> Iterator[tuple[date, dict[str, Finding]]]:
    standard = find_standard("2018q1-spot-check")
    engine, first = Engine(standard), day_of("01-01")
    site = SimulatedSite(first)
    with open_database(folder / "year.db") as database:
        with database.writing() as connection:
            insert_registered(connection, [RegistryRow(url=URL, host="www.qinghe.gov.cn.test", site_code="1305340001")], morning(first))
        (registered,) = list_sites(database)
        for number in range(365):
            day = first + timedelta(days=number)
            at = morning(day)
            edit(site, day)
            visits = (at - timedelta(minutes=20 * back) for back in range(KNOCKS_A_DAY))
            record_knocks(database, [Knock(site_id=registered.site_id, at=visit, outcome=OUTCOMES[weather(day)]) for visit in visits])
            snapshot = site.visit(at, weather(day))
            dossier = Dossier(
                row=registered.row,
                snapshot=snapshot,
                as_of=at,
                knocks=knock_days_of(database, [registered.site_id], day - timedelta(days=8), day)[registered.site_id],
                history=histories_of(database, [registered.site_id], at)[registered.site_id],
            )
            findings = engine.judge(dossier)
            scan_id = plan_scan(database, as_of=at, standard=standard.id, site_ids=[registered.site_id], started_at=at)
            record_audits(database, scan_id, [audit_result(registered, snapshot, findings, at)])
            yield day, {finding.rule: finding for finding in findings}


def runs(year: dict[date, dict[str, Finding]], rule: str) -> list[tuple[str, Verdict, str]]:
    """Return the days on which a rule's answer changes, each with the new verdict and its reason."""
    changes: list[tuple[str, Verdict, str]] = []
    for day, found in year.items():
        finding = found[rule]
        answer = (finding.verdict, f"{finding.reason_code}, noticed" if finding.notice else str(finding.reason_code))
        if not changes or changes[-1][1:] != answer:
            changes.append((f"{day:%m-%d}", *answer))
    return changes


@pytest.mark.parametrize("rule", EXPECTED)
def test_every_verdict_comes_and_goes_on_its_day(year: dict[date, dict[str, Finding]], rule: str) -> None:
    assert len(year) == 365
    assert runs(year, rule) == EXPECTED[rule]


def test_the_forgery_is_shown_by_what_was_seen_before(year: dict[date, dict[str, Finding]]) -> None:
    finding = year[day_of("04-20")]["publish_date_forged"]
    told = " ".join(piece.label for piece in finding.evidence)
    assert "改晚" in told and "04-19的列表中没有这一条" in told
    assert all(piece.url.startswith(URL) and piece.fetched_at == morning(day_of("04-20")) for piece in finding.evidence)


def test_the_redesign_leaves_no_address_as_it_was(year: dict[date, dict[str, Finding]]) -> None:
    """Else the year would not show that a bulk migration accuses nobody."""
    day = day_of("11-20")
    site = SimulatedSite(day)
    before = {page.url for page in site.visit(morning(day), Weather.OPEN).pages}
    site.redesign(day)
    after = {page.url for page in site.visit(morning(day), Weather.OPEN).pages}
    assert before & after == {URL}
    assert {found["publish_date_forged"].verdict for lived, found in year.items() if lived >= day} == {PASS}
