"""网页底部功能区标识缺失

检查内容
    底部功能区是否列明党政机关网站标识、网站标识码、ICP备案编号和公安机关备案标识。
依据
    《政府网站发展指引》：底部功能区至少要列明党政机关网站标识、“我为政府网站找错”监督举报平台入口、网站标识码、网站主办单位及联系方式、ICP备案编号、公安机关备案标识。
判定
    pass 四项标识在首页或已查看的页面上都能看到。
    fail 至少一项在所有已查看的页面上都看不到，且页脚可以读到。
    inconclusive 页脚由脚本或框架写入且未能读到；首页由脚本生成或只读到一部分；只缺党政机关网站标识，而页脚有看不出内容的图片；
        页脚有可能写着全部标识的大图片（包括背景图片、画布）。
    na 登记状态为关停、迁移或临时下线。
证据
    每项缺失的标识和查看过的页面。
易误判
    标识为图片，图片没有文字说明；标识由脚本写入；备案号被标签拆开或漏字；页脚在框架中。
整改建议
    在全站页脚补齐缺失的标识，并链接到相应的查询页面。
"""

from collections.abc import Callable

from crawler.facts.records import Mark, Marks
from rules.evidence import absence, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.verdict import Judgement, failed, passed, undecided

PARTY_MARK = "党政机关网站标识"
REQUIRED: tuple[tuple[str, Callable[[Marks], Mark]], ...] = (
    (PARTY_MARK, lambda marks: marks.party_mark),
    ("网站标识码", lambda marks: marks.site_code),
    ("ICP备案编号", lambda marks: marks.icp),
    ("公安机关备案标识", lambda marks: marks.police_filing),
)
"""The four marks of the bulletin's wording, in its order."""
MOST_PICTURED = 3
"""Pages whose pictures are shown as evidence."""


def judge(view: View) -> Judgement:
    """Look for each mark on every page that was read; a picture without a name may be the party mark, and is left to people."""
    shown = [(page, page.facts.marks) for page in view.pages if page.facts]
    missing = [name for name, read in REQUIRED if not any(read(marks).seen for _, marks in shown)]
    if PARTY_MARK in missing and (pictured := [(page, marks.unnamed_pictures) for page, marks in shown if marks.unnamed_pictures]):
        missing.remove(PARTY_MARK)
        if not missing:
            evidence = tuple(quote(page, "　".join(pictures), PARTY_MARK) for page, pictures in pictured[:MOST_PICTURED])
            return undecided("unnamed_pictures", "页脚有没有文字说明的图片，其中可能有党政机关网站标识，需人工查看", *evidence)
    if missing and (wide := [(page, marks.wide_pictures) for page, marks in shown if marks.wide_pictures]):
        evidence = tuple(quote(page, "　".join(pictures), joined(missing)) for page, pictures in wide[:MOST_PICTURED])
        return undecided("wide_pictures", f"未见{joined(missing)}的文字，而页脚有可能写着标识的图片，需人工查看", *evidence)
    if missing:
        looked_at = f"查看首页及其他{len(view.pages) - 1}个页面的页脚、链接、标签和脚本，未见该标识"
        evidence = tuple(absence(view.home, name, looked_at) for name in missing)
        return failed("marks_missing", f"未见{joined(missing)}", *evidence, absence=True, again=len(missing), marks=joined(missing))
    evidence = tuple(next(quote(page, read(marks).excerpt, name) for page, marks in shown if read(marks).seen) for name, read in REQUIRED)
    return passed("marks_present", "四项标识齐全", *evidence)


def joined(names: list[str]) -> str:
    """Join names as official prose does: A、B和C."""
    return names[0] if len(names) == 1 else "、".join(names[:-1]) + "和" + names[-1]


RULE = SiteRule(version=3, needs=(Need.HOME, Need.PAGES), covers=(Cover.HOMEPAGE, Cover.FOOTER), judge=judge)
