"""What is due when: nothing is done twice, nothing is forgotten, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.china_time import CHINA
from xuncha.daemon.schedule import Due, JobName, PastRun, Timetable, due_jobs, latest_slot, quarter_before

TABLE = Timetable(time(1, 0), 60)
MOMENTS = st.integers(0, 12 * 365 * 24 * 3600).map(lambda seconds: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("job", "now", "slot"),
    [
        (JobName.SCAN, "2018-03-01T00:59", "2018-02-28T01:00"),
        (JobName.SCAN, "2018-03-01T01:00", "2018-03-01T01:00"),
        (JobName.KNOCK, "2018-03-01T13:59", "2018-03-01T13:00"),
        (JobName.CARE, "2018-03-04T05:29", "2018-02-25T05:30"),
        (JobName.CARE, "2018-03-04T05:30", "2018-03-04T05:30"),
        (JobName.CARE, "2018-03-10T23:00", "2018-03-04T05:30"),
        (JobName.QUARTER, "2018-04-02T06:00", "2018-04-02T06:00"),
        (JobName.QUARTER, "2018-04-02T05:59", "2018-01-02T06:00"),
        (JobName.QUARTER, "2018-01-01T12:00", "2017-10-02T06:00"),
    ],
)
def test_the_last_time_a_job_was_planned_for(job: JobName, now: str, slot: str) -> None:
    assert latest_slot(job, china(now), TABLE) == china(slot)


def test_nights_missed_while_the_machine_was_off_are_caught_up_once() -> None:
    past = {JobName.SCAN: PastRun(china("2018-03-01T01:00"), finished=True)}
    now = china("2018-03-05T09:20")
    assert Due(JobName.SCAN, china("2018-03-05T01:00")) in due_jobs(now, past, now, TABLE)
    past[JobName.SCAN] = PastRun(china("2018-03-05T01:00"), finished=True)
    assert JobName.SCAN not in {due.job for due in due_jobs(now, past, now, TABLE)}


def test_a_scan_that_was_killed_is_due_again_and_a_round_of_knocks_is_not() -> None:
    now = china("2018-03-01T09:50")
    past = {
        JobName.SCAN: PastRun(china("2018-03-01T01:00"), finished=False),
        JobName.KNOCK: PastRun(china("2018-03-01T09:00"), finished=False),
    }
    assert due_jobs(now, past, now, TABLE) == (Due(JobName.SCAN, china("2018-03-01T01:00")),)


def test_a_scan_that_failed_is_due_again_after_an_hour() -> None:
    failed = PastRun(china("2018-03-01T01:00"), finished=True, failed_at=china("2018-03-01T02:10"))
    due, since = Due(JobName.SCAN, failed.due), china("2018-02-01T00:00")
    assert due not in due_jobs(china("2018-03-01T03:09"), {JobName.SCAN: failed}, since, TABLE)
    assert due in due_jobs(china("2018-03-01T03:10"), {JobName.SCAN: failed}, since, TABLE)


def test_a_round_that_would_crowd_the_next_one_is_left_out() -> None:
    since = china("2018-03-01T00:00")
    assert JobName.KNOCK in {due.job for due in due_jobs(china("2018-03-01T09:29"), {}, since, TABLE)}
    assert JobName.KNOCK not in {due.job for due in due_jobs(china("2018-03-01T09:31"), {}, since, TABLE)}


def test_nothing_is_due_at_the_first_start_and_no_knocks_where_they_are_switched_off() -> None:
    now = china("2018-03-01T09:00:05")
    assert due_jobs(now, {}, now, TABLE) == ()
    later = now + timedelta(hours=6)
    assert {due.job for due in due_jobs(later, {}, now, TABLE)} == {JobName.KNOCK}
    assert due_jobs(later, {}, now, Timetable(time(1, 0), 0)) == ()


@given(MOMENTS, st.sampled_from(JobName), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_what_was_done_is_not_due_again_until_its_next_time(now: datetime, job: JobName, off: timedelta) -> None:
    slot = latest_slot(job, now, TABLE)
    assert slot is not None and slot <= now
    done = {job: PastRun(slot, finished=True)}
    assert job not in {due.job for due in due_jobs(now, done, now - off, TABLE)}
    found = {due.job: due.moment for due in due_jobs(now + off, done, now, TABLE)}
    assert found.get(job, now + off) <= now + off
    if job in found:
        assert found[job] > slot


@given(MOMENTS, st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Auckland"]))
def test_the_zone_of_the_machine_changes_nothing(now: datetime, zone: str) -> None:
    from zoneinfo import ZoneInfo

    there, since = now.astimezone(ZoneInfo(zone)), now - timedelta(days=3)
    assert due_jobs(now, {}, since, TABLE) == due_jobs(there, {}, since, TABLE)


@pytest.mark.parametrize(
    ("day", "name"), [("2018-04-02", "2018Q1"), ("2018-01-02", "2017Q4"), ("2018-07-02", "2018Q2"), ("2018-10-02", "2018Q3")]
)
def test_the_quarter_that_has_ended(day: str, name: str) -> None:
    assert quarter_before(china(day)) == name
