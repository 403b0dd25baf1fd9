"""Hints at the elements of a service guide: loose words that say that an element may be told, however the page is laid out.

An element is called missing only where nothing hints at it. That a layout was misread then costs a finding, and accuses nobody.
"""

import re
from collections.abc import Iterable, Sequence

from crawler.facts.columns.waiting import mentions
from crawler.facts.guides.frame import own_lines
from crawler.facts.guides.headings import BASIS, CONDITIONS, MATERIALS, NAME, PLACE, PROCEDURE, TELEPHONE, TIME
from crawler.facts.guides.parts import Part, is_attached
from crawler.facts.tree.document import Document
from crawler.facts.tree.printed_lines import EMPTY_CELL, IMAGE, without_signs
from crawler.facts.tree.text import half_width

_HINTS = {
    NAME: re.compile(r"名称|事项|项目|业务"),
    BASIS: re.compile(
        r"依据|[依按参遵]照|根据|执行|法律|法规|政策|条例|中华人民共和国|第[〇一二三四五六七八九十百\d]{1,6}条|[(〔\[【](?:19|20)\d\d[)〕\]】]|令第"
        r"|《[^《》]{1,60}(?:法|规定|细则|决定|通知|意见|规则|规范|标准|制度|方案)[^《》]{0,20}》|[^依执违守方办书司合]法(?:$|[\s。,;、)])"
    ),
    CONDITIONS: re.compile(
        r"条件|范围|对象|符合|适用|要求|资格|(?<!收费)标准|具备|满足|情形|年满|周岁|凡|前提|限制|哪些人|什么人|谁"
        r"|(?:申请|申办|申报|申领|办理|参保)[人者]\s*:|的(?:公民|居民|村民|个人|家庭|企业|单位|人员|职工)"
    ),
    MATERIALS: re.compile(
        r"材料|资料|证件|证明|提交|提供|递交|携带|要件|手续|文件|原件|复印|照片|表格|[请报记批核]表|申请书|清单|执照|身份证|户口|填写|填报"
        r"|一式|[两二三]份|[要需]带|附件"
    ),
    PLACE: re.compile(
        r"地点|址|窗口|大厅|服务厅|中心|网点|场所|位置|哪里|哪儿|何处|在哪|派出所|办事处|委会|街道|乡镇|社区|服务站|登记处|[一二三四五六七八九十\d][楼层]|[楼室座]"
        r"|乘车|公交|交通|门牌|(?<![\d〕\])】第])\d{1,5}号|[路街巷道](?:\d|$)|(?:受理|承办|经办|办理|接待|窗口|责任)(?:单位|机关|机构|部门|科室|处|点)|[局委厅院所][\u4e00-\u9fff]{1,8}[股科处室站队]"
        r"|[到去在向至][^\s。,;、:]{2,20}(?:办理|申请|申报|提交|领取|登记|咨询)"
    ),
    TIME: re.compile(
        r"(?<!发布|更新|成文|生成|录入|添加|发表|公布|编辑|浏览|有效)(?:时间|时限|期限|日期)|时段|工作日|小时|[周期][一二三四五六日天末]|节假日|即办|即时|当场|当[日天]|假日|法定[假节工期时办\d]|办公(?![室厅楼])|上班|开放|开馆|开门|营业(?!执照)"
        r"|[上下]午|每[天日周月年季]|多久|多长|随时|全天|限时|截止|\d[:时点]|(?<![月\d])\d{1,3}个?[日天月]|[一二三四五六七八九十]个?(?:[日天]|月内)|[天月日]内"
    ),
    TELEPHONE: re.compile(
        r"电话|热线|咨询|联系|致电|拨打|手机|传真|监督|投诉|微信|分机|打[给电]|找谁|联络|问[询讯]|总[机台]|客服|邮箱|信箱|QQ|[☎☏📞]|[Tt][Ee][Ll]|(?<!\d)(?:0\d{2,3}[-—)\s]{0,2})?[1-9]\d{6,7}(?!\d)"
        r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:1[12]|9[56])\d{1,4}(?!\d)"
    ),
    PROCEDURE: re.compile(
        r"流程|程序|步骤|环节|途径|过程|第[一二三四五\d]步|怎[么样]办|如何办|[→➔➜⇒↓►]|-+>|初审|复审|审核|审查|核准|公示|发证|领证|领取|送达|办结(?!时|期)"
        r"|(?:申请|受理|提交)\s?[—\-、,/](?!材料|资料)"
    ),
}
_DATE = re.compile(r"(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s{0,3}\d{1,2}:\d\d(?::\d\d)?)?")
_SIGN = re.compile("[\ue000-\ue006]")
_ATTRIBUTES = re.compile(
    r"<(?!(?:a|area|link|meta)\s)[a-z][a-z\d]*\s[^<>]*?\s(?:title|label|value|summary|data-[a-z-]{1,20})=[\"']?([^\"'<>]{2,200})",
    re.IGNORECASE,
)
"""What is shown of an element when it is pointed at, or kept for scripts."""
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}")
_PLACES = ("div", "section", "article", "ul", "ol", "dl", "table", "tbody", "td")
_MOST_PLACES = 100
_FORM = re.compile(r"[表书证照]|样本|范本|文本")
"""What files to be filled in are called: they tell nothing of the service."""


def without_hint(elements: Sequence[str], document: Document, lines: list[str], parts: Sequence[Part], title: str) -> tuple[str, ...]:
    """Return those of the elements at which a guide does not hint, of those that it tells under no heading.

    There are none where anything may be told by a picture or a file among the texts, or by a script that knows an empty place.
    """
    if not elements:
        return ()
    before, after = own_lines(document, lines, parts, title)
    pictured = any(map(_is_picture, before)) or any(_has_more_than_text(part, lines[part.line]) for part in parts)
    if pictured or _has_place_for_script(document):
        return ()
    own = [*before, *after, *_ATTRIBUTES.findall(document.markup)]
    return tuple(element for element in elements if not _is_hinted(element, own, lines, parts))


def _is_hinted(element: str, own: list[str], lines: list[str], parts: Sequence[Part]) -> bool:
    """Tell whether a guide hints at an element; where its heading stands before an empty cell, what follows the cell counts alone."""
    bare = [part for part in parts if element in part.classes]
    empty_cells = [part for part in bare if part.value[:1] == (EMPTY_CELL,)]
    if empty_cells:
        return any(_hints_at(element, part.value) for part in empty_cells)
    if any(_stands_among_labels(lines, part.line) for part in bare):
        return True
    headings = {lines[part.line] for part in bare}
    return _hints_at(element, (line for line in own if line not in headings))


def _hints_at(element: str, lines: Iterable[str]) -> bool:
    text = _DATE.sub(" ", half_width("\n".join(_SIGN.sub(" ", line) for line in lines)))
    return any(map(_HINTS[element].search, (text, "".join(text.split()))))


def _has_more_than_text(part: Part, heading: str) -> bool:
    """Tell whether a picture or a file that is no form stands beside the text under a heading; alone there, it tells of that heading."""
    value = part.value[1:] if IMAGE in heading else part.value
    texts = [line for line in value if without_signs(line)]
    files = [line for line in texts if part.classes and is_attached(line)]
    pictured = bool(texts) and any(map(_is_picture, value))
    return pictured or (len(files) < len(texts) and not all(_FORM.search(without_signs(line)) for line in files))


def _has_place_for_script(document: Document) -> bool:
    """Tell whether an inline script knows an empty element by its id: it may put there what the page does not tell."""
    scripts, outline = "\n".join(document.scripts), document.outline
    empty = (element for element in outline.with_tags(*_PLACES) if outline.starts[element] == outline.stops[element])
    names = dict.fromkeys(name for element in empty for name in outline.attribute(element, "id").split())
    return any(mentions(scripts, f"#{name}") for name in list(names)[:_MOST_PLACES])


def _is_picture(line: str) -> bool:
    return IMAGE in line and not without_signs(line)


def _stands_among_labels(lines: list[str], at: int) -> bool:
    """Tell whether a heading stands in a row of short names with nothing between them: they may be tabs, or the head of a table."""
    around = [_LABEL.fullmatch(without_signs(line)) is not None for line in lines[max(at - 1, 0) : at + 3]]
    return at > 0 and any(map(all, zip(around, around[1:], around[2:], strict=False)))
