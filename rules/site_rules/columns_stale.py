"""多个栏目长期不更新

检查内容
    动态、要闻类栏目两周内，通知公告、政策文件类栏目6个月内，人事、规划计划类栏目一年内有无更新。
依据
    《全国政府网站普查评分表》单项否决指标“栏目不更新”：前两类未更新栏目累计5个（含）以上，或应更新但长期未更新的栏目10个（含）以上。
判定
    pass 已查看的栏目中未更新的数量低于阈值，加上未能判定的也不会达到。
    fail 未更新的栏目数量达到任一阈值。
    inconclusive 加上由脚本写入、没有日期、不按时间倒序、自称停止更新或已归档、另有较新年份页面或未能打开的栏目可能达到阈值；
        两个以上栏目的页面比首页或历次巡查所见的旧（可能是旧副本）；首页上也没有任何信息，空白栏目不足为凭。
    na 登记状态为关停、迁移或临时下线。
证据
    每个未更新的栏目：名称、链接、最新一条的日期，或者是空白栏目。
易误判
    历史专题、归档栏目及专题下的栏目不在检查之列；列表不显示日期而文章有日期；按时间正序排列、最新信息在末页的列表；
    第二页以后的列表；置顶的旧信息；未来日期不算更新；打开时先显示往年的列表；分成几个列表的栏目；同一列表有几个网址；与其他单位共用主机的网站，主机上他人的栏目；
    判定日之后、访问之前发布的信息。
    首次巡查没有历史可比：缓存或备用服务器给出的全站旧副本，没有Age头、首页与栏目一样旧时，与确实停更的网站看不出区别，
    只靠隔一段时间的再次查看（second_look_after）分辨；副本一直没有更换的，须在确认前从另一网络打开核对。
整改建议
    逐个栏目明确责任单位和更新周期，补充更新；长期没有内容保障的栏目予以整合或撤并。
"""

from datetime import date

from crawler.facts.records import ColumnClass
from crawler.snapshot import Page
from rules.columns import ColumnState, SiteColumn, columns_unopened, distinct, freshness_limit, settled, state_of
from rules.evidence import MAX_PIECES
from rules.rule import Need, SiteRule, View
from rules.sightings import shows_entries
from rules.unrendered import undecided_by_scripts
from rules.verdict import Judgement, failed, passed, undecided

SHORT_WINDOW = (ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICY)


def judge(view: View) -> Judgement:
    """Count the stale columns of each class against both thresholds of the clause.

    A blank column is one form of a column that was not updated for long (standards.md 1.3).
    """
    judged = [(column, limit, _state(view, column, limit)) for column in view.columns if (limit := _limit(view, column.column_class))]
    states = settled(judged, front_shows=shows_entries(view.pages))
    unopened = sum(_limit(view, link.column_class) is not None for link in columns_unopened(view.home, (*view.pages, *view.unread)))
    counted = [column for column, state in states if state is ColumnState.STALE and column.column_class in SHORT_WINDOW]
    stale_short = _of_first_level(counted, view.home) if view.threshold("first_level_only", 0) else counted
    blank = [column for column, state in states if state is ColumnState.EMPTY]
    empty = distinct(blank)
    stale = [column for column, state in states if state is ColumnState.STALE or column in empty]
    unseen = sum(state is ColumnState.UNSEEN for _, state in states) + unopened + len(blank) - len(empty)
    enough_short, enough = view.threshold("stale_named"), view.threshold("stale_total")
    evidence = tuple(column.evidence(_limit(view, column.column_class)) for column in stale[:MAX_PIECES])
    found = f"查看{len(states)}个栏目，{len(stale)}个超过规定时限未更新"
    if len(stale) >= enough:
        return failed("columns_stale", found, *evidence, again=enough)
    if len(stale_short) >= enough_short:
        counted_ones = (column.evidence(_limit(view, column.column_class)) for column in stale_short[:MAX_PIECES])
        return failed("columns_stale", f"{found}，其中动态、公告、政策类{len(stale_short)}个", *counted_ones, again=enough_short)
    if len(stale_short) + unseen >= enough_short or len(stale) + unseen >= enough:
        sentence = f"{len(stale)}个栏目未更新，另有{unseen}个栏目未能判定或尚未查看"
        return undecided_by_scripts("columns_unseen", sentence, (column.page for column, *_ in judged), *evidence)
    if not states:
        return undecided("no_columns", "没有找到可以判定更新时限的栏目")
    return passed("columns_updated", found, *evidence)


def _state(view: View, column: SiteColumn, limit: date) -> ColumnState:
    """Return what can be said of a column; of one beside the site, on a host that it shares, nothing that accuses."""
    state = state_of(column, limit, view.threshold("undated_articles", 0))
    return state if state is ColumnState.FRESH or view.is_own(column.page) else ColumnState.UNSEEN


def _of_first_level(columns: list[SiteColumn], home: Page) -> list[SiteColumn]:
    """Leave out the columns of notices and policy that the homepage's navigation does not name: the index counts first-level ones only."""
    named = {link.url for link in home.facts.navigation} if home.facts else set()
    return [column for column in columns if column.column_class is ColumnClass.NEWS or not named.isdisjoint(column.addresses)]


def _limit(view: View, column_class: ColumnClass) -> date | None:
    return freshness_limit(
        column_class,
        view.today,
        news_days=view.threshold("news_days"),
        notice_months=view.threshold("notice_months"),
        plan_months=view.threshold("plan_months"),
    )


RULE = SiteRule(version=4, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
