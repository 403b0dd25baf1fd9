"""无互动交流栏目

检查内容
    网站有无网上咨询、留言、信箱等互动交流渠道。
依据
    《政府网站发展指引》：政府网站应设置互动交流栏目；网上信访、纪检举报等专门渠道不计在内。
判定
    pass 任一页面有互动交流渠道的入口。
    fail 首页和已查看的页面都没有互动交流渠道的入口，且首页完整可见。
    inconclusive 首页由脚本生成、只读到一部分，没有读到导航栏，有页面未能查看，或有不带文字的图片链接未能打开；
        只有征集调查、访谈、评议类栏目。
    na 登记状态为关停、迁移或临时下线。
证据
    未见入口的页面；或者入口的名称和链接。
易误判
    入口为图片；入口只在二级页面；入口由脚本写入；只有信访或举报渠道。
整改建议
    开设网上咨询或留言栏目，明确受理和答复责任单位，并在首页显著位置提供入口。
"""

import re
from collections.abc import Iterable, Iterator

from crawler.facts.records import Link
from crawler.snapshot import Page
from rules.evidence import absence, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.verdict import Judgement, failed, passed, undecided

KINDRED = re.compile(r"征集|征求|调查|问卷|投票|访谈|评议|民意|听证|互动|接待日|问答|解答")
"""What columns of interaction are called that are no box for letters."""
NO_KIN = re.compile(r"信访|纪检|监察|举报|廉政|统计|普查|研究|报告|结果|提案|代表|委员")
LONGEST_NAME = 10
MOST_SHOWN = 3


def judge(view: View) -> Judgement:
    """Look for a channel for letters on every page that was read."""
    for page in view.pages:
        if page.facts and page.facts.interaction:
            link = page.facts.interaction[0]
            return passed("channel_found", f"有互动交流渠道：{link.text}", quote(page, f"{link.text}　{link.url}"))
    if kindred := list(_kindred(view.pages)):
        shown = (quote(page, f"{link.text}　{link.url}", "征集调查、访谈类栏目") for page, link in kindred[:MOST_SHOWN])
        return undecided("kindred_channel", "只看到征集调查、访谈、评议类互动栏目，是否为有效的咨询建言渠道须人工核对", *shown)
    if any(page.facts and page.facts.interaction_in_script for page in view.pages):
        return undecided("named_in_script", "脚本中有互动交流渠道的名称，菜单可能由脚本写入，未能看到")
    looked_at = f"查看首页及其他{len(view.pages) - 1}个页面的导航、栏目和链接，未见咨询、留言、信箱类入口"
    return failed("no_channel", "未见互动交流渠道", absence(view.home, "互动交流渠道", looked_at), absence=True, again=1)


def _kindred(pages: Iterable[Page]) -> Iterator[tuple[Page, Link]]:
    """Yield the columns of surveys, interviews and the like: interaction, though perhaps none in which the public may ask or propose."""
    for page in pages:
        for link in page.facts.links if page.facts else ():
            if len(link.text) <= LONGEST_NAME and KINDRED.search(link.text) and not NO_KIN.search(link.text):
                yield page, link


RULE = SiteRule(
    version=3, needs=(Need.HOME, Need.PAGES), covers=(Cover.HOMEPAGE, Cover.NAVIGATION, Cover.COLUMNS, Cover.PICTURES), judge=judge
)
