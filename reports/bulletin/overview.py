"""Section one: the registry, the spot check, accountability and messages, the annual reports.

A figure that was not gathered drops its sentence.
"""

from collections.abc import Iterable, Iterator

from reports.bulletin.document import Span, figure, words
from reports.chinese import date_text, listed, percent_text
from reports.figures.records import Accountability, AnnexList, Figures, ListKey, Recheck, RegistryTotals, derived, states_rate
from reports.profile import Profile
from reports.trend.series import POINT, Change, QuarterSummary, changes, sample_rows
from rules.registry import Level

_MEASURES = (
    ("interviewed", "约谈有关责任人{}名"),
    ("self_criticism", "责令书面检查{}人"),
    ("criticised", "通报批评{}人"),
    ("removed", "调离岗位或免职{}人"),
)


def registry_paragraph(registry: RegistryTotals, profile: Profile) -> tuple[Span, ...]:
    """Return the running sites on the day of the count, in all and by level."""
    spans = [
        words("据登记信息统计，"),
        figure(date_text(registry.as_of), registry.source.at("as_of")),
        words(f"{profile.scope}共有正在运行的政府网站"),
        figure(registry.running, registry.source.at("running")),
        words("家，分别是："),
    ]
    for level in Level:
        count = registry.by_level.get(level, 0)
        if count:
            spans += [words(profile.level_names(level).prose), figure(count, registry.source.at(level.value)), words("家，")]
    return (*spans[:-1], words("家。"))


def spot_check_paragraph(figures: Figures, profile: Profile, streaks: AnnexList | None) -> tuple[Span, ...]:
    """Return the spot check: sample, pass rate, the units praised, and what they checked themselves."""
    return (*_sample(figures, profile), *_praised(figures, profile, streaks), *_self_check(figures, profile))


def _sample(figures: Figures, profile: Profile) -> Iterator[Span]:
    rows = sample_rows(figures)
    sampled, decided = sum(row.sampled for row in rows), sum(row.decided for row in rows)
    if not sampled:
        return
    stated = states_rate(sampled, decided)
    scope = f"{profile.units.collective}和国务院部门" if figures.central else profile.units.collective
    inspected = f"对{scope}政府网站逐一检查，共" if figures.whole_registry else f"从{scope}随机抽取政府网站"
    yield words(f"{figures.period.quarter_text}{inspected}")
    yield figure(sampled, *(row.source.at("sampled") for row in rows))
    yield words("个，" if figures.whole_registry else "个进行检查，")
    if decided < sampled:
        yield words("其中")
        yield figure(sampled - decided, *(row.source.at("undecided") for row in rows))
        yield words("个未能判定、不计入合格率，" if stated else "个未能判定，不计算合格率。")
    if stated:
        rate = percent_text(decided - sum(row.problem for row in rows), decided, profile.thresholds.rate_decimals)
        how = "（已判定的抽查数－问题网站数）÷已判定的抽查数"
        yield words("合格率为")
        yield figure(f"{rate}%", *(row.source.at("sampled, problem") for row in rows), how=how)
        yield words("。")


def _praised(figures: Figures, profile: Profile, streak: AnnexList | None) -> Iterator[Span]:
    """Yield the units at the pass rate that is praised, and those that have been there for four quarters."""
    percent, noun = profile.thresholds.passed_percent, profile.units.noun
    passed = [row for row in figures.regions if row.reaches(percent)]
    sampled = [row for row in figures.regions if row.sampled]
    sources = tuple(row.source.at("sampled, problem") for row in passed)
    how = f"抽查数大于0且合格率达到{percent}%的{noun}"
    whole = "抽查的网站全部合格，合格率为100%" if percent == 100 else f"合格率达到{percent}%"
    if passed and len(passed) == len(sampled) > 1:
        yield figure(f"被抽查的{len(passed)}个{noun}", *sources, how=how)
        yield words("合格率均为100%" if percent == 100 else f"合格率均达到{percent}%")
    elif passed:
        yield figure(passed[0].region, passed[0].source.at("region"))
        if len(passed) > 1:
            yield words("等")
            yield figure(len(passed), *sources, how=how)
            yield words(f"个{noun}")
        yield words(whole)
    if streak and streak.members:
        yield words("，其中" if passed else "")
        yield figure(listed(streak.members), streak.source)
        yield words(f"已连续四个季度保持{percent}%" if percent == 100 else f"已连续四个季度达到{percent}%")
    if passed or (streak and streak.members):
        yield words("。")


def changes_sentences(summary: QuarterSummary, past: Iterable[QuarterSummary], decimals: int) -> Iterator[Span]:
    """Yield how pass rate and running sites changed against the last quarter and the year before, a sentence each."""
    for change in changes(summary, past):
        parts = [part for part in (_rate_change(change, summary, decimals), _running_change(change)) if part]
        if parts:
            yield words(f"与{change.name}（{change.before.period.text}）相比，")
            for number, part in enumerate(parts):
                yield words("，" if number else "")
                yield from part
            yield words("。")


def _rate_change(change: Change, now: QuarterSummary, decimals: int) -> tuple[Span, ...]:
    if change.points is None:
        return ()
    shown = max(decimals, 1)
    step = POINT // 10**shown
    units = (2 * abs(change.points) + step) // (2 * step)
    sources = (derived(now.period.name, "sampled, problem"), change.before.source("sampled, problem"))
    if not units:
        return (words("合格率"), figure("基本持平", *sources, how="两个季度合格率之差"))
    text = f"{units // 10**shown}.{units % 10**shown:0{shown}d}"
    direction = "上升" if change.points > 0 else "下降"
    return (words(f"合格率{direction}"), figure(text, *sources, how="两个季度合格率之差"), words("个百分点"))


def _running_change(change: Change) -> tuple[Span, ...]:
    if change.running is None:
        return ()
    source = change.before.source("running")
    if not change.running:
        return (words("正在运行的网站"), figure("数量不变", source, how="两个季度运行网站总数之差"))
    direction = "增加" if change.running > 0 else "减少"
    return (words(f"正在运行的网站{direction}"), figure(abs(change.running), source, how="两个季度运行网站总数之差"), words("家"))


def _self_check(figures: Figures, profile: Profile) -> Iterator[Span]:
    check = figures.self_check
    if check:
        yield words(f"{profile.units.reporters}自行抽查本地区、本部门网站")
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
    if check and check.review:
        yield figure(check.review, check.source.at("review"))
        yield words("。")
    elif figures.recheck:
        yield from _recheck(figures.recheck, profile)


def _recheck(recheck: Recheck, profile: Profile) -> Iterator[Span]:
    yield words("从上报的网站中抽取")
    yield figure(recheck.size, recheck.source.at("size"))
    yield words("个进行复核，")
    if recheck.undecided:
        yield words("其中")
        yield figure(recheck.undecided, recheck.source.at("undecided"))
        yield words("个未能判定，")
    if not recheck.decided:
        yield words("未计算一致率。")
        return
    yield words("与上报结果一致的")
    yield figure(recheck.agreed, recheck.source.at("agreed"))
    yield words("个，一致率为")
    rate = percent_text(recheck.agreed, recheck.decided, profile.thresholds.rate_decimals)
    yield figure(f"{rate}%", recheck.source.at("agreed, decided"), how="一致数÷已判定的复核数")
    yield words("。")


def accountability_paragraph(figures: Figures, profile: Profile, remarks: tuple[str, ...]) -> tuple[Span, ...]:
    """Return who was held to account, how messages were dealt with, and the operator's remarks."""
    return (*_accountability(figures.accountability, profile), *_messages(figures, profile), *map(words, remarks))


def _accountability(counts: Accountability | None, profile: Profile) -> Iterator[Span]:
    measures = [(name, phrase, getattr(counts, name)) for name, phrase in _MEASURES if counts and getattr(counts, name)]
    if counts is None or not measures:
        return
    yield words(f"对网站不合格的责任单位和人员，{profile.units.reporters}依规问责：")
    for number, (name, phrase, count) in enumerate(measures):
        before, after = phrase.split("{}")
        yield words(("，" if number else "") + before)
        yield figure(count, counts.source.at(name))
        yield words(after)
    yield words("。")


def _messages(figures: Figures, profile: Profile) -> Iterator[Span]:
    messages = figures.messages
    if messages:
        yield words("“我为政府网站找错”平台共收到有效留言")
        yield figure(messages.valid, messages.source.at("valid_messages"))
        yield words("条，办结率为")
        yield figure(f"{messages.completion_percent:g}%", messages.source.at("completion_rate_stated_pct"))
        yield words("。")
    on_time = figures.members(ListKey.ON_TIME)
    if on_time and on_time.members:
        areas = [name for name in on_time.members if profile.units.is_area(name)]
        departments = [name for name in on_time.members if not profile.units.is_area(name)]
        examples = (*areas[:3], *departments[:2])
        yield figure(listed(examples), on_time.source)
        if len(examples) < len(on_time.members):
            yield words("等")
            yield figure(len(on_time.members), on_time.source, how="所列地区和部门的个数")
            yield words(f"个{profile.units.noun}和部门")
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
