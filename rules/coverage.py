"""What must have been seen of a site before something may be called absent from it."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.facts.edition import is_for_telephones, is_traditional
from crawler.facts.records import PageFacts, PageType
from crawler.snapshot import Page, PageRole, RenderOutcome, SiteSnapshot
from rules.domains import is_government
from rules.reasons import BROWSER_WANTED, EngineReason
from rules.rule import Cover
from rules.sightings import FRONT, shows_entries

ENOUGH_COLUMNS = 20
"""Columns that must have been read before something may be called absent from a site that has more of them."""
USUAL = frozenset("政府网站公开信息服务新闻中心通知告动态人民互办事工作局县市区委")
FEWEST_USUAL = 3
"""Characters that every government's homepage has, and how many different ones of them show that it can be read."""
INNER = frozenset(
    {PageType.COLUMN, PageType.ARTICLE, PageType.GUIDE, PageType.SEARCH_RESULTS, PageType.INTERACTION_LIST, PageType.INTERACTION_DETAIL}
)
"""What a homepage is not: where it seems to be one, a cache or a server has brought another page."""
MARK_HOST = re.compile(r"conac\.|(?:^|\.)beian\.|miitbeian|miibeian|zfwzgl|zfwzzc|kaipuyun|12377|12388|12389|cyberpolice|^www\.gov\.cn$")
"""Where the pictures of the footer lead: marks, filings, reports of misconduct, the central portal."""
LISTS = (PageRole.COLUMN, PageRole.CHANNEL)
FEWEST_LISTS = 3
"""Pages with lists that a homepage is compared with: what all of them lead to is the frame of the site."""
PARTS = (PageRole.HOME, PageRole.FRAME, PageRole.FOOTER)
"""What a homepage is put together from."""
MOST_WORDS = 80
"""Characters of a script that are quoted."""
NOT_RENDERED = {
    RenderOutcome.RENDERED: "有请求未能完成",
    RenderOutcome.NO_BROWSER: "浏览器未能启动",
    RenderOutcome.LIMIT: "已达到渲染页数或请求数上限",
    RenderOutcome.BUSY: "浏览器没有空闲",
    RenderOutcome.TIMEOUT: "超时",
    RenderOutcome.CRASHED: "浏览器出错",
    RenderOutcome.TOO_LARGE: "超过大小上限",
    RenderOutcome.LEFT: "页面转到了别处",
    RenderOutcome.UNREAD: "结果无法读取",
}
"""Why a homepage in a browser did not show all that a reader sees."""
FILE = re.compile(r"\.(?:jpe?g|png|gif|bmp|pdf|docx?|xlsx?|pptx?|zip|rar|mp4|swf|apk|exe)$", re.IGNORECASE)


class Gap(NamedTuple):
    """Why nothing may be called absent."""

    reason: str
    """In Simplified Chinese."""
    code: EngineReason = EngineReason.COVERAGE_LOW


def gap_in(covers: tuple[Cover, ...], snapshot: SiteSnapshot) -> Gap | None:
    """Say what was not seen of that which must be seen before something may be called absent; None for nothing."""
    coverage = snapshot.coverage
    if Cover.HOMEPAGE in covers and (gap := _homepage_gap(snapshot)):
        return Gap(gap)
    if Cover.HOMEPAGE in covers and (adding := _added_by_script(snapshot)):
        reason = f"首页的脚本可能添加未能读到的内容（{adding[:MOST_WORDS]}），{BROWSER_WANTED}，不能认定缺失"
        return Gap(reason, EngineReason.NEEDS_BROWSER)
    if Cover.NAVIGATION in covers and not any(page.facts and page.facts.navigation for page in snapshot.pages):
        return Gap("没有读到导航栏，导航可能是图片或由脚本、框架写入，不能认定缺失")
    if Cover.NAVIGATION in covers and snapshot.home and snapshot.home.facts and snapshot.home.facts.head_by_script:
        return Gap("首页头部由脚本写入而未能读到，不能认定缺失")
    if Cover.LISTS in covers and not _shows_lists(snapshot):
        return Gap("首页没有看到信息列表，列表可能由脚本写入，不能认定缺失")
    if Cover.FOOTER in covers and _footer_unread(snapshot):
        if snapshot.home and snapshot.home.lacks_browser:
            return Gap(f"页脚由脚本写入，{BROWSER_WANTED}", EngineReason.NEEDS_BROWSER)
        return Gap("页脚由脚本或框架写入且未能读到，不能认定缺失")
    if Cover.COLUMNS in covers and coverage.columns_seen < min(coverage.columns_found, ENOUGH_COLUMNS):
        return Gap(f"找到{coverage.columns_found}个栏目，只看到{coverage.columns_seen}个，不能认定缺失")
    if Cover.PICTURES in covers and (unopened := _nameless_unopened(snapshot)):
        return Gap(f"首页有{unopened}个没有文字说明的图片链接未能打开，不能认定缺失")
    return None


def _homepage_gap(snapshot: SiteSnapshot) -> str | None:
    coverage, home = snapshot.coverage, snapshot.home
    if home is None or home.facts is None or not coverage.homepage_seen:
        return "首页内容未取得，不能认定缺失"
    if coverage.homepage_limited or home.facts.limited:
        return "首页只读到一部分（超过读取上限或者没有写完），不能认定缺失"
    if coverage.script_dependent or home.facts.script_dependent:
        return "首页内容由脚本生成，未执行脚本，不能认定缺失"
    if not home.is_whole:
        return "首页没有完整读到，不能认定缺失"
    if home.rendering is not None and home.rendering.leaves_doubt:
        return f"首页的脚本可能添加内容，而浏览器未能完整打开首页（{NOT_RENDERED[home.rendering.outcome]}），不能认定缺失"
    if coverage.out_of_time and not home.was_in_browser:
        return "网站的检查时限已到，首页的脚本可能添加的内容没有来得及查看，不能认定缺失"
    if _scripts_unread(snapshot):
        return "首页有脚本文件未能读到，可能由其添加内容，不能认定缺失"
    if _frames_unread(snapshot):
        return "首页有框架未能读到，不能认定缺失"
    if home.facts.page_type in INNER:
        return "首页的网址上显示的是一个内页（列表或文章），首页本身可能没有看到，不能认定缺失"
    if is_for_telephones(home.facts.title, (link.text for link in home.facts.links)):
        return "看到的首页是手机版，不能认定缺失"
    if not _is_legible(home.facts):
        return "首页几乎没有能读懂的简体中文（可能是乱码、外文版或繁体版），不能认定缺失"
    if _is_frame_alone(home, snapshot.pages):
        return "首页只有各页共有的页头、导航和页脚，首页本身的内容可能没有看到，不能认定缺失"
    return _gap_behind_the_entry(snapshot)


def _frames_unread(snapshot: SiteSnapshot) -> bool:
    """Tell whether a part of the homepage stands in a frame that was not read, or in a frame of one that was."""
    parts = [page for page in snapshot.pages if page.role in PARTS]
    seen = {url for page in parts if page.is_whole or page.is_gone for url in (page.url, page.final_url)}
    return any(page.role is PageRole.FRAME and not (page.is_whole or page.is_gone) for page in parts) or any(
        not seen.issuperset(page.facts.frames) for page in parts if page.facts
    )


def _scripts_unread(snapshot: SiteSnapshot) -> bool:
    """Tell whether a script file of a front page was asked for, since no browser ran it, and could not be read."""
    asked = [page for page in snapshot.pages if page.role is PageRole.FOOTER]
    files = {url for page in snapshot.pages if page.role in FRONT and page.facts and not page.was_in_browser for url in page.facts.scripts}
    return any(page.url in files and not (page.is_whole or page.is_gone) for page in asked)


def _added_by_script(snapshot: SiteSnapshot) -> str:
    """Return by what words a script of the homepage, or of a file of it, adds content, where there was no browser to show it."""
    if not snapshot.coverage.without_browser:
        return ""
    parts = (page.facts for page in snapshot.pages if page.role in PARTS and page.facts and not page.was_in_browser)
    return next((facts.additions for facts in parts if facts.additions), "")


def _added_behind_the_entry(snapshot: SiteSnapshot) -> str:
    """Return by what words a script of a page behind an entrance, or of a file of it, adds content: no browser shows these."""
    channels = [page for page in snapshot.pages if page.role is PageRole.CHANNEL and page.facts and not page.was_in_browser]
    files = {url for page in channels if page.facts for url in page.facts.scripts}
    parts = (*channels, *(page for page in snapshot.pages if page.role is PageRole.FOOTER and page.url in files))
    return next((page.facts.additions for page in parts if page.facts and page.facts.additions), "")


def _is_legible(facts: PageFacts) -> bool:
    """Tell whether the title and links of a homepage are in Chinese as offices write it: not in another language or edition, nor spoilt."""
    words = [facts.title, *(link.text for link in facts.links)]
    return len(USUAL.intersection(chain(*words))) >= FEWEST_USUAL and not is_traditional("".join(words))


def _gap_behind_the_entry(snapshot: SiteSnapshot) -> str | None:
    """Say what was not seen behind a homepage that only leads on: a picture with a link to the site proper lacks everything."""
    channels = [page for page in snapshot.pages if page.role is PageRole.CHANNEL and not page.is_gone]
    unseen = sum(not (page.is_whole and page.facts and _is_legible(page.facts)) for page in channels)
    if unseen:
        return f"首页只是入口，{len(channels)}个二级页面有{unseen}个没有完整读到，不能认定缺失"
    if adding := _added_behind_the_entry(snapshot):
        return f"首页只是入口，其二级页面的脚本可能添加未能读到的内容（{adding[:MOST_WORDS]}），不能认定缺失"
    if not channels and snapshot.coverage.columns_found == 0:
        return "从首页没有看到其他页面，首页可能只是入口，不能认定缺失"
    return None


def _is_frame_alone(home: Page, pages: Iterable[Page]) -> bool:
    """Tell whether a homepage leads nowhere that each list of the site does not lead.

    The head and foot of a site with a message between them look so: a firewall's, a login's, an error's, or none.
    """
    known = {link.url for link in home.facts.links} if home.facts else set()
    lists = [{link.url for link in page.facts.links} for page in pages if page.role in LISTS and page.is_whole and page.facts]
    return bool(known) and len(lists) >= FEWEST_LISTS and all(map(known.issubset, lists))


def _shows_lists(snapshot: SiteSnapshot) -> bool:
    """Tell whether the homepage, or a page behind its entrance, shows entries, and no place of it waits for a script to fill it."""
    filled_later = any(page.facts.filled_later for page in snapshot.pages if page.role in FRONT and page.facts)
    return shows_entries(snapshot.pages) and not filled_later


def _footer_unread(snapshot: SiteSnapshot) -> bool:
    """Tell whether a script or frame writes the homepage's footer, or may write a part of it, that was not read."""
    home = snapshot.home
    if home is None or home.facts is None:
        return False
    marks = home.facts.marks
    footers = [page for page in snapshot.pages if page.role is PageRole.FOOTER]
    read = {url for page in footers if page.is_whole for url in (page.url, page.final_url)}
    if not (read | {page.url for page in footers if page.is_gone}).issuperset(marks.foot_scripts):
        return True
    if not marks.footer_by_script:
        return False
    named = [page for page in footers if page.url not in marks.foot_scripts]
    return not named or not all(page.is_whole for page in named) or not read.issuperset(marks.footer_sources)


def _nameless_unopened(snapshot: SiteSnapshot) -> int:
    """Count the links of the homepage without a name that were not opened: pictures of which nobody knows what they lead to."""
    home = snapshot.home
    if home is None or home.facts is None:
        return 0
    opened = {url for page in snapshot.pages if page.is_whole or page.is_gone for url in (page.url, page.final_url)}
    pressed = len(home.facts.pressed_pictures)
    return pressed + sum(not link.text and link.url not in opened and _may_lead_on(link.url, home.final_url) for link in home.facts.links)


def _may_lead_on(url: str, home: str) -> bool:
    """Tell whether a link may lead to a part of the site, here or on another government host: marks, files and advertisements do not."""
    try:
        address, own = urlsplit(url), urlsplit(home).hostname
    except ValueError:
        return False
    host = address.hostname or ""
    return not FILE.search(address.path) and (host == own or (is_government(host) and not MARK_HOST.search(host)))
