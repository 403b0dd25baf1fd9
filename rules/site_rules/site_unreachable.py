"""站点长期无法访问

检查内容
    一周内间隔访问首页，统计超过15秒（含）打不开的次数占比。
依据
    《全国政府网站普查评分表》单项否决指标“站点无法访问”：监测1周，每天间隔性访问20次以上，累计占比5%（含）以上。
判定
    pass 访问次数达到要求，打不开的占比低于阈值。
    fail 访问次数达到要求，打不开的占比达到或超过阈值。
    inconclusive 有效访问次数不足，或一周内每天的次数不足；被安全防护拦截、只见到提示页的访问不计入有效访问；登记为临时下线的日子不计。
    na 登记状态为关停、迁移或临时下线。
证据
    一周的访问统计：次数、打不开次数、逐日分布。
易误判
    安全防护拦截（403、412、521）不是打不开；本机网络故障不能算作网站的问题；一次打不开不能作出认定。
    防火墙不作应答、悄悄丢弃本机网络的访问时，与打不开看不出区别，登记网址写错时也一样：确认前须从另一网络、按单位名称核实。
整改建议
    查明服务器、域名解析或网络故障并恢复访问；需要停机维护的，按程序报备并在首页公告。
"""

from collections.abc import Iterable
from datetime import date

from rules.dossier import KnockDay
from rules.rule import Need, SiteRule, View
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, passed, undecided
from rules.windows import days_before


def judge(view: View) -> Judgement:
    """Judge the share of failed visits in the window."""
    a_day, wanted = view.threshold("visits_a_day"), view.threshold("window_days")
    days = _window(view.knocks, view.today, wanted, a_day)
    opened, lost = sum(day.opened for day in days), sum(day.failed for day in days)
    unsure, visits, needed = sum(day.unsure for day in days), opened + lost, view.threshold("visits")
    if visits < needed:
        blocked = f"，另有{unsure}次被拦截或无法确认" if unsure else ""
        return undecided("too_few_visits", f"一周内有效访问{visits}次，其中打不开{lost}次{blocked}；不足{needed}次，不能认定")
    full_days = sum(_is_full(day, a_day) for day in days)
    if full_days < wanted:
        seen = f"有效访问{visits}次，其中打不开{lost}次"
        return undecided("too_few_days", f"{seen}；访问满{a_day}次的只有{full_days}天，不足{wanted}天，不能认定")
    daily = "；".join(f"{day.day}打开{day.opened}次、打不开{day.failed}次" for day in days)
    evidence = Evidence(kind=EvidenceKind.KNOCKS, label=f"访问{visits}次，打不开{lost}次", excerpt=daily)
    if lost * 100 >= view.threshold("failed_percent") * visits:
        return failed("too_many_failed_visits", f"一周内访问{visits}次，{lost}次打不开", evidence)
    return passed("opens", f"一周内访问{visits}次，{lost}次打不开", evidence)


def _window(knocks: Iterable[KnockDay], today: date, length: int, a_day: int) -> list[KnockDay]:
    """Return the days that are judged: so many up to today, or up to yesterday while today has not had its visits yet."""
    known = {day.day: day for day in knocks}
    last = today if today in known and _is_full(known[today], a_day) else days_before(today, 1)
    first = days_before(last, length - 1)
    return [known[day] for day in sorted(known) if first <= day <= last]


def _is_full(day: KnockDay, a_day: int) -> bool:
    return day.opened + day.failed >= a_day


RULE = SiteRule(version=3, needs=(Need.KNOCKS,), judge=judge, judges_content=False)
