"""Facts read before: kept by version and site, of no consequence where they cannot be kept."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.facts_cache import KEPT_UNUSED, cache_path, forget_facts, open_facts_cache

DAY = date(2018, 3, 1)


def test_what_was_kept_is_remembered_by_the_same_version_alone(tmp_path: Path) -> None:
    path = cache_path(tmp_path / "facts", "one")
    with open_facts_cache(path) as cache:
        assert cache.find(1, b"key") is None
        cache.keep(1, b"key", b"facts", DAY)
    with open_facts_cache(cache_path(tmp_path / "facts", "one")) as cache:
        assert cache.find(1, b"key") == b"facts"
        assert cache.find(2, b"key") is cache.find(1, b"another") is None
    with open_facts_cache(cache_path(tmp_path / "facts", "two")) as cache:
        assert cache.find(1, b"key") is None
    assert not path.exists()


def test_a_page_read_again_takes_the_place_of_what_was_read_before(tmp_path: Path) -> None:
    with open_facts_cache(tmp_path / "facts") as cache:
        cache.keep(1, b"key", b"facts", DAY)
        cache.keep(1, b"key", b"facts of another day", DAY + timedelta(days=1))
        assert cache.find(1, b"key") == b"facts of another day"


def test_pages_that_a_site_shows_no_more_are_forgotten_after_some_days(tmp_path: Path) -> None:
    with open_facts_cache(tmp_path / "facts") as cache:
        for site in (1, 2):
            for key in (b"shown", b"gone"):
                cache.keep(site, key, b"facts", DAY)
        cache.forget_unused(1, {b"shown"}, DAY + KEPT_UNUSED)
        assert cache.find(1, b"gone") == b"facts", "the second look of a night may meet it again"
        cache.forget_unused(1, {b"shown"}, DAY + KEPT_UNUSED + timedelta(days=1))
        assert cache.find(1, b"gone") is None
        assert cache.find(1, b"shown") == cache.find(2, b"gone") == b"facts"


def test_what_one_process_keeps_neither_hides_from_another_nor_holds_it_up(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    with open_facts_cache(path) as first, open_facts_cache(path) as second:
        first.keep(1, b"key", b"one", DAY)
        second.keep(2, b"key", b"two", DAY)  # were the first transaction still open, this would wait for it in vain, and keep nothing
        assert (second.find(1, b"key"), first.find(2, b"key")) == (b"one", b"two")


def test_a_cache_that_is_damaged_or_cannot_be_made_is_none(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"no database" * 1000)
    (tmp_path / "file").touch()
    for path in (tmp_path / "broken", tmp_path / "file" / "cache", None):
        with open_facts_cache(path) as cache:
            cache.keep(1, b"key", b"facts", DAY)
            cache.forget_unused(1, set(), DAY)
            assert cache.find(1, b"key") is None


def test_facts_that_nobody_asked_for_in_a_while_are_forgotten(tmp_path: Path) -> None:
    path, now = tmp_path / "one.facts", datetime(2018, 3, 1, tzinfo=UTC)
    path.write_bytes(b"1234")
    os.utime(path, (now.timestamp(), now.timestamp()))
    assert forget_facts(tmp_path, now - timedelta(days=1)) == 0
    assert forget_facts(tmp_path, now + timedelta(days=1)) == 4
    assert not path.exists()
