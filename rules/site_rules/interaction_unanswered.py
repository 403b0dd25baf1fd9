"""互动交流栏目长期不回应

检查内容
    政务咨询类栏目中，一年内的有效信件、留言是否在三个月内得到回应。
依据
    《全国政府网站普查评分表》单项否决指标“互动回应差”：一年内有超过三个月未回应有效信件、留言；在线访谈、调查征集、举报投诉类栏目除外。
判定
    pass 看到的信件、留言都已回应，或者未回应的尚未超过时限。
    fail 至少一封信件、留言在时限内没有回应，列表和信件自己的页面都没有答复。
    inconclusive 没有看到信件列表，页面没有说明信件是否已回应，或者列表写着未回应而未能打开信件核实、
        信件页面有图片、不公开、凭码查询、延期告知、由脚本载入等可能是答复的内容，
        或者未回应的从标题看是测试、广告或感谢。
    na 登记状态为关停、迁移或临时下线。
证据
    超过时限未回应的信件、留言：标题、日期、页面状态；个人信息已隐去。
易误判
    列表不显示办理状态；列表上写着未回复，打开信件却已有答复；不予受理也是一种回应；测试、广告和致谢不是有效信件；与其他单位共用主机的网站，主机上他人的信箱；访谈、征集、举报、信访类栏目。
整改建议
    尽快答复超期信件、留言并公开答复情况，建立收、转、办、答、公开的工作机制。
"""

import re
from datetime import date
from itertools import islice

from crawler.facts.records import Letter, LetterState
from crawler.snapshot import Page, PageRole
from rules.evidence import MAX_PIECES, letter
from rules.rule import Need, SiteRule, View
from rules.unrendered import undecided_by_scripts
from rules.verdict import Judgement, failed, passed, undecided
from rules.windows import months_before

EXEMPT_COLUMNS = re.compile(r"访谈|调查|征集|信访|纪检|监察|举报")
NO_QUESTION = re.compile(
    r"^\W*(?:[\da-z\W_]*|(?:再次)?(?:测试|试验|试一下|试试)\S{0,6}|[您你]好\W*|无|无标题|无主题)\W*$|\btest|^(?:这是)?(?:一个|一封)?测试"
    r"|代开\S{0,4}发票|发票代|代办(?:证件|各)|刻章办|(?:无抵押|小额|信用|快速)贷款|博彩|娱乐城|时时彩|六合彩|加(?:微信|QQ)|招\S{0,4}兼职|招商加盟"
    r"|^\W*(?:再次|衷心|非常|十分|特别)?(?:感谢|致谢|表扬|点赞|祝福|祝)|感谢信|表扬信|锦旗|新年快乐",
    re.IGNORECASE,
)
"""Titles of what is no valid message (有效信件), or asks for no answer: tests, advertisements, thanks."""
ANSWERS = (LetterState.ANSWERED, LetterState.REFUSED)


def judge(view: View) -> Judgement:
    """Judge the dated letters that the pages themselves show as unanswered."""
    exempt = {page.final_url for page in view.own_pages if _is_exempt(page)}
    counted = [page for page in view.own_pages if page.final_url not in exempt and page.found_on not in exempt]
    seen = [(page, message) for page in counted for message in _letters(page)]
    if not seen:
        letter_boxes = (page for page in counted if page.role is PageRole.INTERACTION)
        return undecided_by_scripts("no_letters_seen", "没有看到信件、留言列表，无法判定", letter_boxes)
    since = months_before(view.today, view.threshold("within_months"))
    due = months_before(view.today, view.threshold("answer_months"))
    answered = {address for page, message in seen if message.state in ANSWERS for address in _addresses(page, message)}
    waiting = [(page, message) for page, message in seen if answered.isdisjoint(_addresses(page, message))]
    opened = {
        address
        for page, message in seen
        if page.is_whole and _is_its_own_page(page, message) and not message.hinted
        for address in _addresses(page, message)
    }
    overdue = {
        next(iter(_addresses(page, message)), f"{page.final_url} {message.title}"): (page, message)
        for page, message in waiting
        if _is_overdue(message, since, due) and (page.is_whole or not _is_its_own_page(page, message))
    }
    shown = {key: found for key, found in overdue.items() if not _addresses(*found) or not opened.isdisjoint(_addresses(*found))}
    proven = {key: (page, message) for key, (page, message) in shown.items() if not NO_QUESTION.search(message.title)}
    evidence = tuple(letter(page, message) for page, message in islice((proven or shown or overdue).values(), MAX_PIECES))
    if proven:
        return failed("letters_unanswered", f"有{len(proven)}封信件、留言超过三个月未见回应", *evidence, again=1)
    if shown:
        reason = f"有{len(shown)}封信件、留言未见回应，从标题看可能是测试、广告或感谢，不一定有效"
        return undecided("letters_perhaps_invalid", reason, *evidence)
    if overdue:
        return undecided("letters_unopened", f"列表上有{len(overdue)}封信件、留言超过三个月未回应，但未能打开信件核实", *evidence)
    undated = sum(message.state is LetterState.UNANSWERED and message.asked is None for _, message in waiting)
    unknown = sum(message.state is LetterState.UNKNOWN for _, message in seen)
    if undated:
        return undecided("letters_undated", f"有{undated}封未回应的信件、留言没有日期，无法判定是否超期")
    if unknown and len(seen) - unknown < view.threshold("letters"):
        return undecided("state_unknown", f"看到{len(seen)}封信件、留言，其中{unknown}封页面没有说明是否已回应")
    return passed("answered", f"看到{len(seen)}封信件、留言，未见超期未回应的")


def _is_exempt(page: Page) -> bool:
    return bool(EXEMPT_COLUMNS.search(f"{page.link_text} {page.facts.title if page.facts else ''}"))


def _is_its_own_page(page: Page, message: Letter) -> bool:
    return message.url in (None, page.url, page.final_url)


def _addresses(page: Page, message: Letter) -> tuple[str, ...]:
    """Return the addresses a letter is known by; one without an address of its own in a list is known by none."""
    if message.url and not _is_its_own_page(page, message):
        return (message.url,)
    return (page.url, page.final_url) if len(_letters(page)) == 1 else ()


def _letters(page: Page) -> tuple[Letter, ...]:
    return page.facts.letters.letters if page.facts and page.facts.letters else ()


def _is_overdue(message: Letter, since: date, due: date) -> bool:
    return message.state is LetterState.UNANSWERED and message.asked is not None and since <= message.asked < due


RULE = SiteRule(version=3, needs=(Need.HOME, Need.PAGES), judge=judge)
