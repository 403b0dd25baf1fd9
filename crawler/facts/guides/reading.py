"""Service guides (办事指南): which of the eight element classes of the official indicators a page fills (standards.md 3.2)."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.columns.waiting import fetches_content
from crawler.facts.frames import read_frames
from crawler.facts.guides.frame import lines_without_frame
from crawler.facts.guides.headings import BASIS, CONDITIONS, MATERIALS, NAME, PROCEDURE, classes_of_heading
from crawler.facts.guides.missing import lacking
from crawler.facts.guides.panels import panels_of
from crawler.facts.guides.parts import Content, Part, content_of, labels_apart, split_into_parts
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import GUIDE_ELEMENTS, Guide
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.printed_lines import without_signs
from crawler.facts.tree.script_files import unknown_script
from crawler.facts.tree.text import EXCERPT_LENGTH

FEWEST_HEADINGS = 3
"""So many classes must show a heading before a page is taken for a guide."""

_FEWEST_UNDER_SUCH_TITLE = 2
_SPECIFIC = frozenset({NAME, BASIS, CONDITIONS, MATERIALS, PROCEDURE})
"""Address, hours and telephone alone are a contact page."""
_POSSIBLE_HEADING = Phrase(
    r"(依\s?据|条\s?件|材\s?料|资\s?料|流\s?程|程\s?序|步\s?骤|[项目]\s?名\s?称)(?:图|目录|清单)?[^\n\w]{0,3}(?:$|[:：】\s])"
    r"|^(?:设定|法律|政策|办理|申请|申报|受理|审批|许可|办事|工作)(依据|条件|材料|流程|程序)(?=\w)",
    re.MULTILINE,
)
_FEWEST_POSSIBLE = 2
_GUIDE_TITLE = re.compile(r"(?:办事|服务|办理|审批|申报|申请|申办|业务|许可|事项|工作)\s*(?:指南|须知|规程|流程)|指南")
_SERVICE_GUIDE = re.compile(r"(?:办事|服务|办理)指南")
_OTHER_TITLE = re.compile(
    r"通知|公告|公示|通报|意见|办法|方案|招聘|招录|招考|招标|采购|条例|规定|决定|总结|报告|公开指南|报考指南|投资指南|旅游指南|简章|启事|答记者问|解读|信箱|留言"
)
_WHOLE_GUIDE = re.compile(r"指南|须知|规程|告知[书单]|明白[纸卡]|服务手册")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|rtf|zip|rar|ofd|xlsx?|jpe?g|png)(?:$|[?#])", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s*(?:--+|[-_|—–>»]|\s{2,})\s*")
_GENERIC_TITLE = re.compile(
    r".*(?:网|网站|门户|政府|委员会|[局厅院办署]|中心|平台|大厅|首页|频道|栏目)|(?:办事|服务|办理|网上)*(?:指南|大厅|服务|详情|详细|内容|须知|事项|信息|公开)+"
)
_LINES_OF_A_NAME = 8
_POSSIBLE_NAME = re.compile(r"(?!.*(?:位置|首\s*页|登录|注册|欢迎|搜索|返回|打印|关闭|时间|电话|[:：>|]))[\u4e00-\u9fff].{3,50}")
_SERVICE = re.compile(
    r"(?:登记|许可|审批|备案|核发|认定|确认|给付|补贴|补助|申领|申报|申请|办理|换发|补发|变更|注销|年检|年审|审核|核准|检定|鉴定|资格)证?$"
)
_MOST_HEADINGS = 100
_TAB_BAR = 3
"""So many headings in a row, with nothing between them, are tabs, links to the parts, or a table's head, not parts without content."""

_OF_THE_SITE = re.compile(r"foot|head|top|bottom|nav|menu|left|right", re.IGNORECASE)
"""Frames that hold what all pages of a site share."""
_GIVEN_UP = re.compile(r"(?:事项|项目|许可|业务)(?:现?已|已经)?(?:取消|废止|停止(?:办理|受理)|暂停(?:办理|受理)|下放)")
_NEXT_PAGE = re.compile(r"\W*下一?页\W*")


def read_guide(document: Document) -> Guide | None:
    """Return which element classes a service guide fills; None when the page is no guide, or a list of guides.

    A class is present with any content, 无 and 见附件 included; missing without a heading or without content under it, where nothing else
    on the page hints at it. In between it is neither: where it may be told in words or a layout that were not understood, in a picture, a
    file or a panel that is not in the markup, or by a script.
    Nothing is missing where the whole guide is offered as a file as well.
    """
    possible = len({heading.groups() for heading in _POSSIBLE_HEADING.finditer(document.text)})
    is_called_guide = _is_called_guide(document)
    title = _title(document)
    if possible < _FEWEST_POSSIBLE and not is_called_guide:
        return None
    if _OTHER_TITLE.search(title) and not _SERVICE_GUIDE.search(title):
        return None
    name = _item_name(title)
    lines = labels_apart(lines_without_frame(document, name))
    parts = split_into_parts(lines)
    contents = list(_contents(document, parts))
    filled_later = any(content is Content.EMPTY for _, content in contents) and (fetches_content(document) or unknown_script(document))
    if filled_later:
        contents = [(element, Content.UNCLEAR if content is Content.EMPTY else content) for element, content in contents]
    headings = {element for element, _ in contents}
    fewest = _FEWEST_UNDER_SUCH_TITLE if is_called_guide else FEWEST_HEADINGS
    if len(headings) < fewest or not headings & _SPECIFIC or not any(content is not Content.UNCLEAR for _, content in contents):
        return None
    first = next(part.line for part in parts if part.classes)
    contents += [(NAME, Content.FILLED)] if name else ((NAME, content) for content in _name_above(lines[:first]))
    told = {element: {content for other, content in contents if other == element} for element in GUIDE_ELEMENTS}
    present = tuple(element for element in GUIDE_ELEMENTS if told[element] & {Content.FILLED, Content.ATTACHED})
    untold = tuple(element for element in GUIDE_ELEMENTS if told[element] <= {Content.EMPTY})
    unseen = any(told[element] and Content.EMPTY not in told[element] for element in GUIDE_ELEMENTS if element not in (NAME, *present))
    is_complete = not (unseen or filled_later or document.limited or _has_guide_to_download(document) or _is_told_elsewhere(document))
    return Guide(
        title=mask_personal_data(name or title),
        present=present,
        missing=lacking(untold, document, lines, parts, name) if is_complete else (),
        attached=tuple(element for element in present if Content.FILLED not in told[element]),
        excerpt=_excerpt(parts),
    )


def _name_above(lines: list[str]) -> Iterator[Content]:
    """Yield what the lines above the first heading tell of the service's name: one may be it, and surely is where it says what is done."""
    for line in map(without_signs, lines[-_LINES_OF_A_NAME:]):
        if _POSSIBLE_NAME.fullmatch(line) and _item_name(line):
            yield Content.FILLED if _SERVICE.search(line) else Content.UNCLEAR


def _has_guide_to_download(document: Document) -> bool:
    """Tell whether the whole guide is offered as a file as well: what the page leaves out may stand there."""
    return any(_WHOLE_GUIDE.search(anchor.text) and _FILE.search(anchor.href) for anchor in document.anchors)


def _is_told_elsewhere(document: Document) -> bool:
    """Tell whether a part of the guide stands in a frame or on a following page, or the service is no longer given."""
    if any(not _OF_THE_SITE.search(frame) for frame in read_frames(document)) or _GIVEN_UP.search(document.text):
        return True
    return any(_NEXT_PAGE.fullmatch(anchor.text) and document.resolve(anchor.href) for anchor in document.anchors)


def _contents(document: Document, parts: list[Part]) -> Iterator[tuple[str, Content]]:
    """Yield each class with what stands under each of its headings."""
    at = 0
    while at < len(parts):
        bar = _bar(parts, at)
        if len(bar) >= _TAB_BAR and not bar[0].in_cell and all(part.in_cell for part in bar[1:]):
            # A heading over a table: what follows are the names of the table's columns.
            yield from ((element, Content.FILLED if bar[-1].value else Content.UNCLEAR) for element in bar[0].classes)
            at += 1
            bar = bar[1:]
        if len(bar) >= _TAB_BAR:
            yield from _contents_of_bar(document, bar)
            at += len(bar)
            continue
        following = parts[at + 1] if at + 1 < len(parts) else None
        content = _content_of_part(parts[at], following)
        yield from ((element, content) for element in parts[at].classes)
        at += 1


def _bar(parts: list[Part], at: int) -> list[Part]:
    """Return the headings in a row that nothing separates, with the one after them, which took up all that follows."""
    bare = list(takewhile(lambda part: not part.value and not part.heading.endswith((":", "：")), parts[at:]))
    return [*bare, *parts[at + len(bare) : at + len(bare) + 1]] if bare else []


def _contents_of_bar(document: Document, bar: list[Part]) -> Iterator[tuple[str, Content]]:
    """Yield the classes of a bar. A table of several rows under it is a list of services, or the table of one class (材料名称, 份数)."""
    panels = panels_of(document, [part.heading for part in bar])
    if panels is None and len({element for part in bar for element in part.classes}) > 1:
        return
    for at, (part, leads) in enumerate(zip(bar, _lead_to_the_end(bar), strict=True)):
        panel = panels[at] if panels else None
        if panel is not None:
            content = Content.FILLED if document.text_of(panel) or panel.css_first("img") is not None else Content.UNCLEAR
        else:
            content = content_of(bar[-1].value) if bar[-1].value and leads else Content.UNCLEAR
        yield from ((element, content) for element in part.classes)


def _lead_to_the_end(bar: list[Part]) -> list[bool]:
    """Tell of each heading whether all headings after it belong to it: what stands under the last of them is its content."""
    found = []
    later: set[frozenset[str]] = set()
    for part in reversed(bar):
        classes = frozenset(part.classes)
        found.append(all(classes & other for other in later))
        later |= {classes} - {frozenset()}
    return found[::-1]


def _content_of_part(part: Part, following: Part | None) -> Content:
    """Judge a part by its lines; what stands under a heading can be introduced by another one of the same class, or of none."""
    if part.value or following is None:
        return content_of(part.value)
    if not following.classes or set(following.classes) & set(part.classes):
        return Content.UNCLEAR
    return Content.EMPTY


def _is_called_guide(document: Document) -> bool:
    breadcrumb = document.derived(read_breadcrumb)
    names = breadcrumb.names[-2:] if breadcrumb else ()
    return any(map(_GUIDE_TITLE.search, (document.title, document.meta_content("ArticleTitle") or "", *names)))


def _title(document: Document) -> str:
    named = document.meta_content("ArticleTitle") or document.title
    if _item_name(named):
        return named
    headings = (document.text_of(node) for node in document.tree.css("h1, h2, h3")[:_MOST_HEADINGS])
    return next((heading for heading in headings if _item_name(heading)), named)


def _item_name(title: str) -> str:
    """Return the part of a title that names the service itself; empty where it only names the site or the kind of page."""
    parts = (part.strip(" 【】[]《》") for part in _TITLE_PARTS.split(title))
    named = (part for part in parts if 4 <= len(part) <= 60 and part.count(" ") < 2 and not _GENERIC_TITLE.fullmatch(part))
    return next((part for part in named if classes_of_heading(part) is None), "")


def _excerpt(parts: Iterable[Part]) -> str:
    printed = (" ".join([part.heading, *map(without_signs, part.value[:2])]) for part in parts if part.classes)
    return mask_personal_data(" ".join(printed))[:EXCERPT_LENGTH]
