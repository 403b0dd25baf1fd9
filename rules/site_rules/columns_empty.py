"""多个栏目为空白

检查内容
    导航和首页上的栏目打开后有无内容。
依据
    《全国政府网站普查评分表》单项否决指标“栏目不更新”：空白栏目5个（含）以上；空白栏目指开设后未提供任何信息的栏目。
判定
    pass 空白栏目数量低于阈值，加上未能判定的也不会达到。
    fail 空白栏目数量达到阈值。
    inconclusive 加上由脚本写入或未能打开、名称重复而可能是同一栏目的，可能达到阈值；
        两个以上显示为空白的栏目，首页或历次巡查见过其中的信息（列表可能未能载入）；首页上也没有任何信息。
    na 登记状态为关停、迁移或临时下线。
证据
    每个空白栏目的名称、链接和页面上的提示文字。
易误判
    列表由脚本写入；只有下级栏目入口的栏目；互动信箱没有来信；列表的最后一页；同一栏目有几个网址；与其他单位共用主机的网站，主机上他人的栏目。
    首次巡查没有历史可比：数据库停了几个小时，各栏目都显示“暂无数据”而首页也没有这些栏目的信息时，与确实空白的网站看不出区别，
    只靠隔一段时间的再次查看（second_look_after，栏目须相同）分辨；故障比这更久的，须在确认前人工打开核对。
整改建议
    补充栏目内容；没有内容保障的栏目在补充前先行撤下或整合。
"""

from crawler.facts.records import ColumnClass
from rules.columns import ENOUGH_REFUTED, SiteColumn, columns_unopened, distinct, is_empty, is_refuted
from rules.evidence import MAX_PIECES
from rules.rule import Need, SiteRule, View
from rules.sightings import shows_entries
from rules.unrendered import undecided_by_scripts
from rules.verdict import Judgement, failed, passed, undecided


def judge(view: View) -> Judgement:
    """Count the columns whose own page shows an empty list."""
    columns = [column for column in view.columns if _counts(column.column_class)]
    blank = [column for column in columns if is_empty(column)]
    refuted = [column for column in blank if is_refuted(column)]
    in_doubt = len(refuted) >= ENOUGH_REFUTED or not shows_entries(view.pages)
    empty = distinct(column for column in blank if not in_doubt and column not in refuted and view.is_own(column.page))
    unopened = sum(_counts(link.column_class) for link in columns_unopened(view.home, (*view.pages, *view.unread)))
    unseen = unopened + sum(_unseen(column) for column in columns) + len(blank) - len(empty)
    enough = view.threshold("empty")
    evidence = tuple(column.evidence() for column in empty[:MAX_PIECES])
    if len(empty) >= enough:
        return failed("columns_empty", f"{len(columns)}个栏目中有{len(empty)}个为空白", *evidence, again=enough)
    if len(empty) + unseen >= enough:
        sentence = f"{len(empty)}个栏目为空白，另有{unseen}个栏目未能看到内容或尚未查看"
        return undecided_by_scripts("columns_unseen", sentence, (column.page for column in columns), *evidence)
    if not columns:
        return undecided("no_columns", "没有找到栏目")
    return passed("columns_filled", f"{len(columns)}个栏目中有{len(empty)}个为空白", *evidence)


def _counts(column_class: ColumnClass) -> bool:
    """Leave out letter boxes (nobody may have written) and special topics."""
    return column_class not in (ColumnClass.INTERACTION, ColumnClass.TOPIC)


def _unseen(column: SiteColumn) -> bool:
    """Tell whether nobody knows what is in a column. A dead link is no column, and no secret."""
    if column.column and column.column.script_filled:
        return True
    return not column.page.is_whole and not column.page.is_gone


RULE = SiteRule(version=3, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
