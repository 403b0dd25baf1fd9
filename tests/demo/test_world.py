"""The world promises: enough sites and styles, every rule broken in different ways, nothing that could be a real site."""

import csv
import io
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from rules.registry import SITE_CODE, Level, Status
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Severity
from storage.registry.import_file import read_registry
from xuncha.demo.site import DOWN, RULE_OF_BREAK, UNSEEN, Behaviour, Break, Style, Trap
from xuncha.demo.world import load_world, registry_csv

WORLD = load_world()
INVENTED_PLACES = re.compile(
    r"乌有|子虚|南柯|华胥|归墟|琅嬛|太虚|瑶池|玄圃|若木|昆吾|不周|扶桑|青丘|方丈|莫须|虚无|烂柯|瑶台|亡是|水月|黄粱|桃源洞|丹丘|夸父|大荒|北溟|精卫|广寒|昆仑墟"
)


def test_size() -> None:
    assert len(WORLD.sites) >= 44
    assert len({site.style for site in WORLD.sites}) == len(Style) >= 9


def test_every_style_has_a_sound_site() -> None:
    assert {site.style for site in WORLD.sites if site.sound} == set(Style)


def test_every_rule_that_accuses_is_broken_in_two_ways_at_least() -> None:
    ways: dict[str, set[Break | Behaviour]] = defaultdict(set)
    hosts: dict[str, set[str]] = defaultdict(set)
    for site in WORLD.sites:
        for way in site.breaks:
            ways[RULE_OF_BREAK[way]].add(way)
        if site.behaviour in DOWN and site.status is Status.RUNNING:
            ways["site_unreachable"].add(site.behaviour)
        for rule in site.planted:
            hosts[rule].add(site.host)
    accusing = {rule for rule, clause in find_standard(DEFAULT_STANDARD).rules.items() if clause.severity is not Severity.NOTICE}
    assert set(ways) == accusing
    assert {rule for rule, found in ways.items() if len(found) < 2} == set()
    assert {rule for rule, found in hosts.items() if len(found) < 2} == set()


def test_every_break_trap_and_behaviour_is_used() -> None:
    assert {way for site in WORLD.sites for way in site.breaks} == set(Break)
    assert {trap for site in WORLD.sites for trap in site.traps} == set(Trap)
    assert {site.behaviour for site in WORLD.sites} == set(Behaviour)


def test_truth_does_not_contradict_itself() -> None:
    for site in WORLD.sites:
        assert not site.planted & site.undecidable, site.host
        if site.status is not Status.RUNNING:
            assert not site.planted and not site.undecidable, site.host
        assert not (site.sound and site.planted), site.host


def test_hosts_and_codes_are_unique() -> None:
    assert not [host for host, count in Counter(site.host for site in WORLD.sites).items() if count > 1]
    assert not [code for code, count in Counter(site.code for site in WORLD.sites if site.code).items() if count > 1]


def test_nothing_can_be_taken_for_a_real_site() -> None:
    for site in WORLD.sites:
        assert INVENTED_PLACES.match(site.place), site.host
        if site.code:
            assert SITE_CODE.fullmatch(site.code) and site.code[2:4] == "99", site.host


def test_suffixes_are_broken_exactly_where_planted() -> None:
    for site in WORLD.sites:
        assert ("domain_suffix" in site.planted) == (not site.host.endswith(".gov.cn")), site.host


def test_unregistered_sites_are_linked_by_registered_ones() -> None:
    linked = {host for site in WORLD.registered for host in site.links}
    unregistered = {site.host for site in WORLD.sites if not site.registered}
    assert unregistered == linked
    assert len(unregistered) >= 2
    assert unregistered == {site.host for site in WORLD.sites if "site_unregistered" in site.planted}


def test_second_sites_share_their_sponsor() -> None:
    for site in (site for site in WORLD.sites if "site_duplicate" in site.planted):
        others = [other for other in WORLD.registered if other.sponsor == site.sponsor and other.host != site.host]
        assert [other.status for other in others] == [Status.RUNNING], site.host


@pytest.mark.parametrize("behaviour", sorted(UNSEEN - DOWN - {Behaviour.CLOSED}))
def test_what_cannot_be_seen_is_undecidable(behaviour: Behaviour) -> None:
    sites = [site for site in WORLD.sites if site.behaviour is behaviour and site.status is Status.RUNNING]
    assert sites
    for site in sites:
        assert {"homepage_stale", "search_missing", "footer_marks_missing"} <= site.undecidable
        assert site.planted == frozenset()


def test_registry_file() -> None:
    rows = list(csv.DictReader(io.StringIO(registry_csv(WORLD))))
    assert list(rows[0]) == ["网站标识码", "网站名称", "首页网址", "主办单位", "地区", "类别", "状态"]
    assert [row["首页网址"] for row in rows] == [site.url for site in WORLD.registered]
    assert {Level(row["类别"]) for row in rows} == {site.level for site in WORLD.registered}
    assert {Status(row["状态"]) for row in rows} == set(Status)
    assert len({row["地区"] for row in rows}) >= 8
    assert all(row["网站标识码"] and row["地区"] for row in rows)


def test_the_importer_takes_every_row_of_the_registry_file(tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    file.write_text(registry_csv(WORLD), encoding="utf-8")
    entries, rejected = read_registry(file)
    assert rejected == []
    assert [entry.row.site_code for entry in entries] == [site.code for site in WORLD.registered]
    assert [entry.row.status for entry in entries] == [site.status for site in WORLD.registered]
