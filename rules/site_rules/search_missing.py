"""无搜索功能

检查内容
    网站有无站内搜索框。
依据
    《政府网站发展指引》附件《网页设计规范》：网站应提供信息检索功能。
判定
    pass 首页或已查看的页面有搜索框（包括由脚本驱动的）。
    fail 首页和已查看的页面都没有搜索框，且首页完整可见。
    inconclusive 首页由脚本生成或只读到一部分，没有读到导航栏（页头可能由脚本、框架写入），或有不带文字的图片链接未能打开。
    na 登记状态为关停、迁移或临时下线。
证据
    查看过的页面；或者搜索框的位置。
易误判
    搜索框在框架或脚本中；搜索入口为单独页面；搜索框没有放在form里。
整改建议
    在首页显著位置提供站内搜索，并保证搜索结果准确可用。
"""

from crawler.facts.records import SearchState
from rules.evidence import absence, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.verdict import Judgement, failed, passed


def judge(view: View) -> Judgement:
    """Look for a search box on every page that was read."""
    for page in view.pages:
        if page.facts and page.facts.search_form.state is not SearchState.ABSENT:
            return passed("search_found", "有站内搜索框", quote(page, page.facts.search_form.excerpt, "搜索框"))
    looked_at = f"查看首页及其他{len(view.pages) - 1}个页面的表单、输入框和脚本，未见站内搜索框"
    return failed("no_search", "未见站内搜索框", absence(view.home, "搜索框", looked_at), absence=True, again=1)


RULE = SiteRule(version=2, needs=(Need.HOME, Need.PAGES), covers=(Cover.HOMEPAGE, Cover.NAVIGATION, Cover.PICTURES), judge=judge)
