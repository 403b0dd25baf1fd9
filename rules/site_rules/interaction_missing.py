"""无互动交流栏目

检查内容
    网站有无网上咨询、留言、信箱等互动交流渠道。
依据
    《政府网站发展指引》：政府网站应设置互动交流栏目；网上信访、纪检举报等专门渠道不计在内。
判定
    pass 任一页面有互动交流渠道的入口。
    fail 首页和已查看的页面都没有互动交流渠道的入口，且首页完整可见。
    inconclusive 首页由脚本生成、只读到一部分，没有读到导航栏，有页面未能查看，或有不带文字的图片链接未能打开。
    na 登记状态为关停、迁移或临时下线。
证据
    未见入口的页面；或者入口的名称和链接。
易误判
    入口为图片；入口只在二级页面；入口由脚本写入；只有信访或举报渠道。
整改建议
    开设网上咨询或留言栏目，明确受理和答复责任单位，并在首页显著位置提供入口。
"""

from rules.evidence import absence, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.verdict import Judgement, failed, passed, undecided


def judge(view: View) -> Judgement:
    """Look for a channel for letters on every page that was read."""
    for page in view.pages:
        if page.facts and page.facts.interaction:
            link = page.facts.interaction[0]
            return passed("channel_found", f"有互动交流渠道：{link.text}", quote(page, f"{link.text}　{link.url}"))
    if any(page.facts and page.facts.interaction_in_script for page in view.pages):
        return undecided("named_in_script", "脚本中有互动交流渠道的名称，菜单可能由脚本写入，未能看到")
    looked_at = f"查看首页及其他{len(view.pages) - 1}个页面的导航、栏目和链接，未见咨询、留言、信箱类入口"
    return failed("no_channel", "未见互动交流渠道", absence(view.home, "互动交流渠道", looked_at), absence=True)


RULE = SiteRule(
    version=2, needs=(Need.HOME, Need.PAGES), covers=(Cover.HOMEPAGE, Cover.NAVIGATION, Cover.COLUMNS, Cover.PICTURES), judge=judge
)
