"""Addresses are resolved as browsers do, compared as pages, and checked for traps."""

import csv
import html
import io

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.gather import gather
from crawler.snapshot import Reach, Target
from crawler.urls import host_of, is_file, is_trap, page_key, resolve, same_site
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.plays import PAGE, page
from tests.crawler.servers import HOME, fetching, serving
from tests.crawler.shared_suites import suite_bytes, suite_json


@pytest.mark.parametrize(
    ("reference", "base", "expected"),
    [
        ("../zwgk/", "http://www.lizhou.gov.cn/a/b/c.html", "http://www.lizhou.gov.cn/a/zwgk/"),
        ("//www.lizhou.gov.cn\\a", "https://x.gov.cn/", "https://www.lizhou.gov.cn/a"),
        ("/搜索?词=春", "http://www.lizhou.gov.cn/", "http://www.lizhou.gov.cn/%E6%90%9C%E7%B4%A2?%E8%AF%8D=%E6%98%A5"),
        ("http://荔洲.政务.cn/", None, "http://xn--bzw158b.xn--zfr164b.cn/"),
        ("http://[::1", None, None),
        ("a\ud800b", "http://www.lizhou.gov.cn/", "http://www.lizhou.gov.cn/a%EF%BF%BDb"),
        ("relative", None, None),
        ("http://", "http://www.lizhou.gov.cn/", None),
    ],
)
def test_resolve(reference: str, base: str | None, expected: str | None) -> None:
    assert resolve(reference, base) == expected


@given(st.from_regex(r"https?://[a-z0-9.:@x/?#%-]{1,20}(?:\.cn|\.xn--p1ai|\.0x7f|\.1|)[/?#:\\@\n]?[a-z0-9]{0,4}", fullmatch=True))
def test_the_short_way_to_a_host_leads_to_the_same_host(url: str) -> None:
    try:
        expected = ada_url.URL(url).host
    except ValueError:
        expected = ""
    assert host_of(url) == expected


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://www.lizhou.gov.cn/a", "www.lizhou.gov.cn"),
        ("https://www.lizhou.gov.cn", "www.lizhou.gov.cn"),
        ("https://www.lizhou.gov.cn:443/", "www.lizhou.gov.cn"),
        ("http://www.lizhou.gov.cn:8080?x", "www.lizhou.gov.cn:8080"),
        ("http://www.lizhou.gov.cn@evil.example/", "evil.example"),
        ("http://WWW.LIZHOU.GOV.CN/", "www.lizhou.gov.cn"),
        ("http://127.1/", "127.0.0.1"),
        ("mailto:a@b.cn", ""),
        ("no address", ""),
    ],
)
def test_host(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.shared
def test_public_suite_of_the_url_standard() -> None:
    cases = suite_json("url/wpt_urltestdata_dev.json")
    wrong = [case["input"] for case in cases if resolve(case["input"], case.get("base")) != case.get("href")]
    assert len(wrong) <= len(cases) * 0.05, wrong


@pytest.mark.shared
def test_public_suite_of_link_resolution() -> None:
    rows = list(csv.reader(io.StringIO(suite_bytes("url/crawlercommons_url-resolve_dev.csv").decode()), skipinitialspace=True))
    wrong = [row for row in rows if resolve(row[0], row[1]) != resolve(row[2])]
    assert rows
    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.lizhou.gov.cn/a/index.html", "https://lizhou.gov.cn/a/#top"),
        ("http://lizhou.gov.cn/a.jsp;jsessionid=1F?id=2", "http://lizhou.gov.cn/a.jsp;jsessionid=9E?id=2"),
        ("http://lizhou.gov.cn/a?PHPSESSID=1&id=2", "http://lizhou.gov.cn/a?id=2"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


def test_pages_that_differ_in_a_parameter_have_two_keys() -> None:
    assert page_key("http://lizhou.gov.cn/list?id=1") != page_key("http://lizhou.gov.cn/list?id=2")


@pytest.mark.parametrize(
    "url",
    [
        "http://lizhou.gov.cn/" + "a" * 3000,
        "http://lizhou.gov.cn/zwgk/zwgk/zwgk/list.html",
        "http://lizhou.gov.cn/" + "/".join(str(number) for number in range(20)),
        "http://lizhou.gov.cn/calendar.jsp?d=2031-01-01",
        "http://lizhou.gov.cn/plan?year=2031&month=5",
    ],
)
def test_endless_families_of_addresses_are_traps(url: str) -> None:
    assert is_trap(url)


@pytest.mark.parametrize(
    "url",
    ["http://lizhou.gov.cn/art/2018/2/27/art_12_345.html", "http://lizhou.gov.cn/list?year=2018", "http://lizhou.gov.cn/a/b/a/c.html"],
)
def test_ordinary_addresses_are_no_traps(url: str) -> None:
    assert not is_trap(url)


def test_files_and_other_hosts_are_told_from_pages_of_the_site() -> None:
    hosts = frozenset({"lizhou.gov.cn"})
    assert is_file("http://lizhou.gov.cn/a.PDF?x=1")
    assert not is_file("http://lizhou.gov.cn/down?file=a.pdf")
    assert same_site("https://www.lizhou.gov.cn/", hosts)
    assert not same_site("http://mail.lizhou.gov.cn/", hosts)
    assert not same_site("http://lizhou.gov.cn:8080/", hosts)
    assert not same_site("ftp://lizhou.gov.cn/", hosts)


@pytest.mark.shared
async def test_naughty_strings_harm_no_visit() -> None:
    """Each as a link, a title and a text of one page, and as a line of robots.txt."""
    strings = suite_json("strings/blns_dev.json")
    links = "".join(f'<li><a href="{html.escape(each)}">{html.escape(each)}</a> {each}</li>' for each in strings)
    body = PAGE.replace("</body>", f"<ul>{links}</ul></body>").encode("utf-8", "surrogatepass")
    robots = "".join(f"User-agent: {each}\nDisallow: /{each}\n" for each in strings).encode("utf-8", "replace").decode()
    async with serving(page(body), robots=robots) as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert snapshot.reach is Reach.OK, snapshot.reach_detail
    assert snapshot.home is not None
    assert snapshot.home.facts is not None
    assert len(snapshot.home.facts.links) > 10
