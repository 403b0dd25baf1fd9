"""办事指南要素不全

检查内容
    抽查的办事指南是否包括事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程八类要素。
依据
    《全国政府网站普查评分表》“服务实用情况”之“办事指南”：要素类别缺失的予以扣分；2018年第一季度通报用语“办事指南要素不全”。
判定
    pass 查看的指南数量达到要求，要素严重缺失的未达到阈值。
    fail 多个指南缺少四类及以上要素。
    inconclusive 没有看到或看到的指南太少；办事入口指向其他政府网站，指南在上级政务服务网站；要素不全的指南链接到其他政府网站上的详情。
    na 登记状态为关停、迁移或临时下线；登记为没有对外服务职能。
证据
    每个不全的指南：缺少哪些要素。
易误判
    要素写在附件、图片、弹窗里，或者用了少见的名称和版式（页面上有任何线索的要素不算缺少）；页面只有标题，链接到上级政务服务网站上的指南；只有标题没有内容；页面只读到一部分；列表页不是指南；不承担对外服务职能的单位没有办事指南。
整改建议
    对照八类要素逐项补齐办事指南，材料名称具体明确，表格样表可以下载。
"""

import re

from crawler.facts.records import Guide, Link
from crawler.snapshot import Page
from rules.domains import host_of, is_government, without_www
from rules.evidence import MAX_PIECES, of_page, quote
from rules.rule import Need, SiteRule, View
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, passed, undecided

SERVICES = re.compile(r"政务服务|网上办事|网上大厅|办事大厅|办事指南|行政审批|一网通办")
"""What links to the services of a government are called."""
ONWARDS = re.compile(r"办理|申请|申报|指南|详情|详细|查看|进入|点击|更多")
"""What a link of a guide that is told elsewhere says."""


def judge(view: View) -> Judgement:
    """Count the guides that miss several element classes."""
    read = {page.final_url: page for page in view.own_pages if page.is_whole}
    guides = [(page, page.facts.guide) for page in read.values() if page.facts and page.facts.guide]
    lacking = [(page, guide) for page, guide in guides if len(guide.missing) >= view.threshold("missing_classes")]
    onwards = {page.final_url: link for page, _ in lacking if (link := _leads_onwards(page, view))}
    poor = [(page, guide) for page, guide in lacking if page.final_url not in onwards]
    evidence = tuple(_evidence(page, guide) for page, guide in poor[:MAX_PIECES])
    elsewhere = _elsewhere(view) if len(guides) < view.threshold("guides") else None
    if elsewhere:
        page, link = elsewhere
        where = of_page(EvidenceKind.LINK, page, link.url, link.text)
        return undecided(
            "guides_elsewhere", f"本网站只看到{len(guides)}个办事指南，办事入口“{link.text}”指向{host_of(link.url)}", *evidence, where
        )
    if not guides:
        return undecided("no_guides", "没有看到办事指南，可能在上级政务服务网站，或该单位没有对外服务事项")
    if len(poor) >= view.threshold("incomplete_guides") and len(guides) >= view.threshold("guides"):
        names = list(dict.fromkeys(name for _, guide in poor for name in guide.missing))
        found, enough = f"查看{len(guides)}个办事指南，{len(poor)}个要素不全", view.threshold("incomplete_guides")
        return failed("elements_missing", found, *evidence, again=enough, elements="、".join(names))
    if onwards and len(lacking) >= view.threshold("incomplete_guides"):
        shown = [of_page(EvidenceKind.LINK, read[url], link.url, link.text) for url, link in onwards.items()]
        return undecided(
            "guides_onwards", f"{len(onwards)}个要素不全的办事指南链接到其他政府网站，不足以认定", *evidence, *shown[:MAX_PIECES]
        )
    if poor and len(guides) < view.threshold("guides"):
        return undecided("too_few_guides", f"只看到{len(guides)}个办事指南，其中{len(poor)}个要素不全，不足以认定", *evidence)
    return passed("elements_present", f"查看{len(guides)}个办事指南，{len(poor)}个要素不全", *evidence)


def _elsewhere(view: View) -> tuple[Page, Link] | None:
    """Return a link that leads to the services on another government site, such as that of the province, and the page it is on."""
    own = without_www(view.final_host)
    for page in view.pages:
        for link in page.facts.links if page.facts else ():
            if SERVICES.search(link.text) and is_government(host := host_of(link.url)) and without_www(host) != own:
                return page, link
    return None


def _leads_onwards(page: Page, view: View) -> Link | None:
    """Return a link of a guide's own, none of the homepage, that leads on to another government site: the rest is told there."""
    known = {link.url for link in view.home.facts.links} if view.home.facts else set()
    own = without_www(view.final_host)
    links = (link for link in (page.facts.links if page.facts else ()) if link.url not in known and ONWARDS.search(link.text))
    return next((link for link in links if is_government(host := host_of(link.url)) and without_www(host) != own), None)


def _evidence(page: Page, guide: Guide) -> Evidence:
    return quote(page, guide.excerpt, f"{guide.title}：缺少{'、'.join(guide.missing)}")


RULE = SiteRule(version=5, needs=(Need.HOME, Need.PAGES), judge=judge, judges_services=True)
