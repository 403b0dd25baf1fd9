"""Section one: the registry, the spot check, accountability and messages, the annual reports.

A figure that was not gathered drops its sentence.
"""

from collections.abc import Iterator

from reports.bulletin.document import Span, figure, words
from reports.chinese import date_text, listed, percent_text
from reports.figures import TOTAL, Accountability, Figures, ListKey, RegionFigures, RegistryTotals
from reports.figures_check import totals_row
from reports.naming import is_region
from reports.profile import Profile
from rules.registry import Level

_LEVEL_PHRASES = {
    Level.CENTRAL_DEPT: "国务院部门及其内设机构、垂直管理机构网站",
    Level.PROVINCIAL_PORTAL: "省级政府门户网站",
    Level.PROVINCIAL_DEPT: "省级政府部门网站",
    Level.CITY_PORTAL: "市级政府门户网站",
    Level.CITY_DEPT: "市级政府部门网站",
    Level.COUNTY_PORTAL: "县级政府门户网站",
    Level.COUNTY_BELOW: "县级以下政府网站",
}
_MEASURES = (
    ("interviewed", "约谈有关责任人{}名"),
    ("self_criticism", "责令书面检查{}人"),
    ("criticised", "通报批评{}人"),
    ("removed", "调离岗位或免职{}人"),
)


def registry_paragraph(registry: RegistryTotals, scope: str) -> tuple[Span, ...]:
    """Return the running sites on the day of the count, in all and by level."""
    spans = [
        words("据登记信息统计，"),
        figure(date_text(registry.as_of), registry.source.at("as_of")),
        words(f"{scope}共有正在运行的政府网站"),
        figure(registry.running, registry.source.at("running")),
        words("家，分别是："),
    ]
    for level, phrase in _LEVEL_PHRASES.items():
        count = registry.by_level.get(level, 0)
        if count:
            spans += [words(phrase), figure(count, registry.source.at(level.value)), words("家，")]
    return (*spans[:-1], words("家。"))


def spot_check_paragraph(figures: Figures, profile: Profile) -> tuple[Span, ...]:
    """Return the spot check: sample, pass rate, the regions at 100 %, and what regions and departments checked themselves."""
    return (*_sample(figures, profile), *_regions_at_all(figures), *_self_check(figures, profile))


def _sample_rows(figures: Figures) -> tuple[RegionFigures, ...]:
    """Return the rows that make up the sample: the totals of the regions, and the State Council departments where they were sampled."""
    check = figures.spot_check
    if figures.regions or check is None:
        return tuple(filter(None, (totals_row(figures), figures.central)))
    return (RegionFigures(region=TOTAL, sampled=check.sampled, problem=check.problem, source=check.source),)


def _sample(figures: Figures, profile: Profile) -> Iterator[Span]:
    rows = _sample_rows(figures)
    sampled, decided = sum(row.sampled for row in rows), sum(row.decided for row in rows)
    if not sampled:
        return
    scope = "各地区和国务院部门" if figures.central else "各地区"
    inspected = f"对{scope}政府网站逐一检查，共" if figures.whole_registry else f"从{scope}随机抽取政府网站"
    yield words(f"{figures.period.quarter_text}{inspected}")
    yield figure(sampled, *(row.source.at("sampled") for row in rows))
    yield words("个，" if figures.whole_registry else "个进行检查，")
    if decided < sampled:
        yield words("其中")
        yield figure(sampled - decided, *(row.source.at("undecided") for row in rows))
        yield words("个未能判定、不计入合格率，" if decided else "个未能判定，不计算合格率。")
    if decided:
        rate = percent_text(decided - sum(row.problem for row in rows), decided, profile.thresholds.rate_decimals)
        how = "（已判定的抽查数－问题网站数）÷已判定的抽查数"
        yield words("合格率为")
        yield figure(f"{rate}%", *(row.source.at("sampled, problem") for row in rows), how=how)
        yield words("。")


def _regions_at_all(figures: Figures) -> Iterator[Span]:
    passed = [row for row in figures.regions if row.all_passed()]
    sampled = [row for row in figures.regions if row.sampled]
    sources = tuple(row.source.at("sampled, problem") for row in passed)
    how = "抽查数大于0且问题网站数为0的地区"
    streak = figures.members(ListKey.FOUR_QUARTERS)
    if passed and len(passed) == len(sampled) > 1:
        yield figure(f"被抽查的{len(passed)}个地区", *sources, how=how)
        yield words("合格率均为100%")
    elif passed:
        yield figure(passed[0].region, passed[0].source.at("region"))
        if len(passed) > 1:
            yield words("等")
            yield figure(len(passed), *sources, how=how)
            yield words("个地区")
        yield words("抽查的网站全部合格，合格率为100%")
    if streak and streak.members:
        yield words("，" if passed else "")
        yield words("其中" if passed else "")
        yield figure(listed(streak.members), streak.source)
        yield words("已连续四个季度保持100%")
    if passed or (streak and streak.members):
        yield words("。")


def _self_check(figures: Figures, profile: Profile) -> Iterator[Span]:
    check = figures.self_check
    if check is None:
        return
    yield words("各地区、各部门自行抽查本地区、本部门网站")
    yield figure(check.sampled, check.source.at("sampled"))
    yield words("个，")
    if figures.registry and figures.registry.running:
        share = percent_text(check.sampled, figures.registry.running, profile.thresholds.rate_decimals)
        yield words("相当于运行网站总数的")
        yield figure(f"{share}%", check.source.at("sampled"), figures.registry.source.at("running"), how="自查数÷运行网站总数")
        yield words("，")
    yield words("自查合格率为")
    yield figure(f"{check.pass_percent:g}%", check.source.at("pass_rate_stated_pct"))
    yield words("。")
    if check.review:
        yield figure(check.review, check.source.at("review"))
        yield words("。")


def accountability_paragraph(figures: Figures, remarks: tuple[str, ...]) -> tuple[Span, ...]:
    """Return who was held to account, how messages were dealt with, and the operator's remarks."""
    return (*_accountability(figures.accountability), *_messages(figures), *map(words, remarks))


def _accountability(counts: Accountability | None) -> Iterator[Span]:
    measures = [(name, phrase, getattr(counts, name)) for name, phrase in _MEASURES if counts and getattr(counts, name)]
    if counts is None or not measures:
        return
    yield words("对网站不合格的责任单位和人员，各地区、各部门依规问责：")
    for number, (name, phrase, count) in enumerate(measures):
        before, after = phrase.split("{}")
        yield words(("，" if number else "") + before)
        yield figure(count, counts.source.at(name))
        yield words(after)
    yield words("。")


def _messages(figures: Figures) -> Iterator[Span]:
    messages = figures.messages
    if messages:
        yield words("“我为政府网站找错”平台共收到有效留言")
        yield figure(messages.valid, messages.source.at("valid_messages"))
        yield words("条，办结率为")
        yield figure(f"{messages.completion_percent:g}%", messages.source.at("completion_rate_stated_pct"))
        yield words("。")
    on_time = figures.members(ListKey.ON_TIME)
    if on_time and on_time.members:
        areas = [name for name in on_time.members if is_region(name)]
        departments = [name for name in on_time.members if not is_region(name)]
        examples = (*areas[:3], *departments[:2])
        yield figure(listed(examples), on_time.source)
        if len(examples) < len(on_time.members):
            yield words("等")
            yield figure(len(on_time.members), on_time.source, how="所列地区和部门的个数")
            yield words("个地区和部门")
        yield words("的留言全部按期办结。")


def annual_reports_paragraph(figures: Figures, profile: Profile) -> tuple[Span, ...]:
    """Return how far the annual reports of the past year were published; empty when that was not gathered."""
    reports = figures.annual_reports
    if reports is None:
        return ()
    spans = [words("年度报表方面，")]
    published = reports.source.at("work_report.published_sites")
    if reports.supervision_complete:
        supervisors = figure("各省（自治区、直辖市）和国务院各部门", reports.source.at("supervision_report"))
        spans += [supervisors, words("都已公布《政府网站监管年度报表》；")]
    spans += [words("公布《政府网站工作年度报表》的网站有"), figure(reports.published_sites, published), words("个")]
    if figures.registry and figures.registry.running:
        running = figures.registry.source.at("running")
        share = percent_text(reports.published_sites, figures.registry.running, profile.thresholds.rate_decimals)
        spans += [words("，占运行网站总数的"), figure(f"{share}%", published, running, how="公布报表的网站数÷运行网站总数")]
    if reports.portals_complete:
        portals = figure("各省级政府门户网站", reports.source.at("portals_with_column"))
        spans += [words("；"), portals, words("均有专栏汇总本地区的工作年度报表")]
    return (*spans, words("。"))
