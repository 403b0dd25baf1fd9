"""未添加“我为政府网站找错”监督举报平台入口

检查内容
    网站有无能打开的“我为政府网站找错”入口。
依据
    《政府网站发展指引》：底部功能区应列明“我为政府网站找错”监督举报平台入口。
判定
    pass 任一页面有指向该平台的脚本或链接，或有经本站转到该平台的链接。
    fail 首页和已查看的页面都没有入口，或者只有图标而没有链接。
    inconclusive 页脚由脚本或框架写入且未能读到；首页由脚本生成或只读到一部分；页脚有由脚本打开、看不出内容的图片，
        或可能写着整个页脚的大图片；首页有没有文字说明的图片链接未能打开。
    na 登记状态为关停、迁移或临时下线。
证据
    入口所在的位置；或者查看过的页面和只有图标的片段。
易误判
    入口由脚本载入；入口图片没有文字说明；入口在页脚框架中；网站自己的“网站纠错”不是该平台；被注释掉的旧代码不算入口。
整改建议
    按平台说明在全站页脚添加“我为政府网站找错”入口，并确认网站标识码正确。
"""

import re

from crawler.facts.records import Marks
from crawler.snapshot import PageRole
from rules.evidence import absence, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.verdict import Judgement, failed, passed, undecided

PLATFORM = re.compile(r"/exposure/|/check_web/|/errorInfo/|jiucuo|//\w+\.kaipuyun\.cn", re.IGNORECASE)
"""Where the platform's entry leads."""
MOST_PICTURED = 3
"""Pages whose pictures are shown as evidence."""


def judge(view: View) -> Judgement:
    """Look for the platform's script or link on every page that was read."""
    for page in view.pages:
        if page.facts and page.facts.marks.feedback_entry.seen:
            return passed("entry_found", "有“我为政府网站找错”入口", quote(page, page.facts.marks.feedback_entry.excerpt))
    if any(page.facts and page.facts.marks.feedback_icon_only for page in view.pages):
        proof = absence(view.home, "“我为政府网站找错”入口", "只有图标或文字，没有指向平台的链接")
        return failed("icon_only", "只有“我为政府网站找错”图标或文字，没有链接", proof, absence=True, again=1)
    for page in (*view.pages, *view.unread):
        if any(PLATFORM.search(hop.location) for hop in page.hops):
            return passed("entry_forwarded", "有经本站转到“我为政府网站找错”平台的链接", quote(page, page.hops[-1].location))
    if refused := [
        page for page in (*view.pages, *view.unread) if page.role is PageRole.PICTURE and not page.link_text and not page.is_whole
    ]:
        shown = (quote(page, page.url, "没有文字说明的图片链接") for page in refused[:MOST_PICTURED])
        return undecided("pictures_unopened", "首页有没有文字说明的图片链接未能打开，其中可能有“我为政府网站找错”入口，需人工查看", *shown)
    pictured = [(page, pictures) for page in view.pages if page.facts and (pictures := _by_script(page.facts.marks))]
    if pictured:
        evidence = tuple(quote(page, "　".join(pictures), "“我为政府网站找错”入口") for page, pictures in pictured[:MOST_PICTURED])
        return undecided(
            "unnamed_pictures",
            "页脚有没有文字说明的图片（由脚本打开，或大到可以写着整个页脚），其中可能有“我为政府网站找错”入口，需人工查看",
            *evidence,
        )
    proof = absence(view.home, "“我为政府网站找错”入口", f"查看首页及其他{len(view.pages) - 1}个页面的链接和脚本，未见指向平台的入口")
    return failed("no_entry", "未见“我为政府网站找错”入口", proof, absence=True, again=1)


def _by_script(marks: Marks) -> tuple[str, ...]:
    return (*marks.driven_pictures, *marks.wide_pictures)


RULE = SiteRule(version=3, needs=(Need.HOME, Need.PAGES), covers=(Cover.HOMEPAGE, Cover.FOOTER), judge=judge)
