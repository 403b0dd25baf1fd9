"""Facts read before: kept by version, of no consequence where they cannot be kept."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from storage.facts_cache import cache_path, forget_facts, open_facts_cache

PAGES = {b"key": msgspec.Raw(msgspec.msgpack.encode("facts"))}


def test_what_was_kept_is_remembered_by_the_same_version_alone(tmp_path: Path) -> None:
    path = cache_path(tmp_path / "facts", "one")
    with open_facts_cache(path) as cache:
        assert cache.pages("audit") == {}
        cache.keep("audit", PAGES)
    with open_facts_cache(cache_path(tmp_path / "facts", "one")) as cache:
        assert {key: bytes(raw) for key, raw in cache.pages("audit").items()} == {key: bytes(raw) for key, raw in PAGES.items()}
    with open_facts_cache(cache_path(tmp_path / "facts", "two")) as cache:
        assert cache.pages("audit") == {}
    assert not path.exists()


def test_what_one_process_keeps_neither_hides_from_another_nor_holds_it_up(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    with open_facts_cache(path) as first, open_facts_cache(path) as second:
        first.keep("one", PAGES)
        second.keep("two", PAGES)  # were the first transaction still open, this would wait for it in vain, and keep nothing
        assert second.pages("one").keys() == first.pages("two").keys() == PAGES.keys()


def test_a_cache_that_is_damaged_or_cannot_be_made_is_none(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"no database" * 1000)
    (tmp_path / "file").touch()
    for path in (tmp_path / "broken", tmp_path / "file" / "cache", None):
        with open_facts_cache(path) as cache:
            cache.keep("audit", PAGES)
            assert cache.pages("audit") == {}


def test_facts_that_nobody_asked_for_in_a_while_are_forgotten(tmp_path: Path) -> None:
    path, now = tmp_path / "one.facts", datetime(2018, 3, 1, tzinfo=UTC)
    path.write_bytes(b"1234")
    os.utime(path, (now.timestamp(), now.timestamp()))
    assert forget_facts(tmp_path, now - timedelta(days=1)) == 0
    assert forget_facts(tmp_path, now + timedelta(days=1)) == 4
    assert not path.exists()
