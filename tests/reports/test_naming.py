"""The three rules by which the bulletin names sites. The names are invented; their forms are those of the published bulletins."""

import csv
from pathlib import Path

import pytest

from reports.naming import name_in_annex, name_in_prose, quoted_site_name, region_order


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("安禾县教育局", "“安禾县教育局”网"),
        ("安禾党建网", "“安禾党建网”"),
        ("安禾县政府门户网站", "“安禾县政府门户网站”"),
        ("“禾”苗", "“‘禾’苗”网"),
    ],
)
def test_a_name_is_followed_by_the_word_for_site_unless_it_ends_in_it(name: str, printed: str) -> None:
    assert quoted_site_name(name) == printed


@pytest.mark.parametrize(
    ("name", "region", "places", "printed"),
    [
        ("安禾政务服务网", "四川", (), "四川省“安禾政务服务网”"),
        ("内蒙古自治区节水网", "内蒙古", (), "“内蒙古自治区节水网”"),
        ("新疆生产建设兵团水利局", "新疆生产建设兵团", (), "“新疆生产建设兵团水利局”网"),
        ("东溪区教育局", "河北", ("禾州市", "东溪区"), "河北省禾州市“东溪区教育局”网"),
        ("禾州市公路局", "广东", ("禾州市",), "广东省“禾州市公路局”网"),
        ("安禾县林业局", "广西", ("禾州市", "安禾县"), "广西壮族自治区“安禾县林业局”网"),
        ("禾水公共资源交易网", "山东", ("禾州市", "禾水区"), "山东省禾州市禾水区“禾水公共资源交易网”"),
        ("某部信息中心", None, (), "“某部信息中心”网"),
    ],
)
def test_prose_puts_region_and_places_before_a_name_that_does_not_show_them(
    name: str, region: str | None, places: tuple[str, ...], printed: str
) -> None:
    assert name_in_prose(name, region, places) == printed


def test_the_annex_leaves_the_region_to_its_own_column() -> None:
    assert name_in_annex("东溪区教育局", ("禾州市", "东溪区")) == "禾州市“东溪区教育局”网"


def test_regions_come_in_the_order_of_annex_two_and_unknown_ones_last() -> None:
    assert sorted(["某地", "新疆生产建设兵团", "河北", "北京"], key=region_order) == ["北京", "河北", "新疆生产建设兵团", "某地"]


@pytest.mark.shared
def test_published_names_follow_from_the_rules(published: Path) -> None:
    """Every quoted site of section two: rule 1 gives its end, rule 2 its beginning; only city and district are not in the data."""
    with (published / "cited_problems.csv").open(encoding="utf-8-sig", newline="") as lines:
        cited = [row for row in csv.DictReader(lines) if "“" in row["as_printed"]]
    assert cited
    for row in cited:
        before, quoted = row["as_printed"].split("“")
        bare = name_in_prose(row["site_name"], row["region"])
        assert f"“{quoted}" == quoted_site_name(row["site_name"])
        assert before.startswith(bare.split("“")[0])
        assert bool(before) == bool(bare.split("“")[0])
