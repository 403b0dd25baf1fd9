"""What was read on one night is not read again on the next, as long as it means the same."""

from datetime import date, timedelta
from pathlib import Path

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts
from storage.facts_cache import KEPT_UNUSED, FactsCache, open_facts_cache
from xuncha.audit.remembered_reading import RememberingReader, facts_file

NIGHT = date(2018, 3, 1)
URL = "http://www.example.gov.cn/tzgg/"


def page(printed: str) -> bytes:
    row = f"<li><a href='/tzgg/1.html'>关于开展安全生产检查的通知</a><span>{printed}</span></li>"
    return f"<html><head><title>通知公告</title></head><body><ul>{row * 3}</ul></body></html>".encode()


class Counting:
    """The real reader, and how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        self.times += 1
        return read_page(content, content_type=content_type, url=url, as_of=as_of, query=query)


async def times_read(cache: FactsCache, contents: list[bytes], night: date, *, site_id: int = 1, url: str = URL) -> int:
    """Read pages through the memory, check that they come out as without it, and return how many were really read."""
    counting = Counting()
    reader = RememberingReader(counting, cache, site_id)
    for content in contents:
        facts = await reader(content, content_type="text/html", url=url, as_of=night)
        assert facts.newest_date == read_page(content, content_type="text/html", url=url, as_of=night).newest_date
    reader.forget_unused(night)
    return counting.times


async def test_an_unchanged_page_is_read_once(tmp_path: Path) -> None:
    whole, yearless = page("2018-02-20"), page("02-20")
    with open_facts_cache(facts_file(tmp_path)) as cache:
        assert await times_read(cache, [whole, yearless], NIGHT) == 2
        assert await times_read(cache, [whole, yearless], NIGHT + timedelta(days=1)) == 0
        assert await times_read(cache, [page("2018-03-02")], NIGHT + timedelta(days=2)) == 1
    with open_facts_cache(facts_file(tmp_path)) as cache:
        assert await times_read(cache, [whole], NIGHT + timedelta(days=3)) == 0


async def test_it_is_read_again_at_another_address_of_another_site_and_when_its_days_mean_another_year(tmp_path: Path) -> None:
    yearless = page("02-20")
    with open_facts_cache(facts_file(tmp_path)) as cache:
        assert await times_read(cache, [yearless], NIGHT) == 1
        assert await times_read(cache, [yearless], NIGHT, url=URL + "2.html") == 1
        assert await times_read(cache, [yearless], NIGHT, site_id=2) == 1
        assert await times_read(cache, [yearless], NIGHT + timedelta(days=365)) == 1


async def test_what_a_site_shows_no_more_is_forgotten(tmp_path: Path) -> None:
    before, after = page("2018-02-20"), page("2018-03-01")
    with open_facts_cache(facts_file(tmp_path)) as cache:
        assert await times_read(cache, [before], NIGHT) == 1
        assert await times_read(cache, [after], NIGHT + KEPT_UNUSED + timedelta(days=1)) == 1
        assert await times_read(cache, [before], NIGHT + KEPT_UNUSED + timedelta(days=1)) == 1


async def test_what_was_damaged_is_read_again(tmp_path: Path) -> None:
    class Damaged(FactsCache):
        def find(self, site_id: int, key: bytes) -> bytes | None:
            return b"\xc1"

    assert await times_read(Damaged(), [page("2018-02-20")], NIGHT) == 1
