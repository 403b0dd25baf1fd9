"""The numbers a government site prints: 网站标识码, ICP备案, 公安备案 (standards.md 5, 6.3, 6.4)."""

import re
from collections.abc import Sequence

import msgspec

from crawler.facts.marks.pictures import foot_pictures, picture_source
from crawler.facts.marks.seen import Sight, mark_of
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Mark, Place, Presence
from crawler.facts.tree.document import Anchor
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.signs import Sign
from crawler.facts.tree.text import EXCERPT_LENGTH

_ICP_PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘陇青宁新"
_CODE = r"(?:(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{8}|[bB][mM]\d{8}|[bB][tT]\d{8})"

SITE_CODE = re.compile(rf"(?<![0-9A-Za-z]){_CODE}(?![0-9])")
"""A well-formed 网站标识码: six characters of the division, ministry or corps, four of sequence."""

_CODE_LABEL = (
    r"(?:(?:标\s*[识志示]|识\s*别)\s*(?:[编代]\s*)?[码号]|网\s*站\s*(?:标\s*[识志]|编\s*码|代\s*码)(?=[\s:\d]))\s*(?:编\s*号)?"
    r"(?:\([^()\d]{1,10}\)(?=\s*:))?(?:[\s:;.·、为是(（【\[\])】|\-]|NO\.?){0,6}"
)
"""标识码 and 识别码 with their misspellings, and what is printed between the label and the number."""
_CODE_IN_TEXT = Phrase(rf"{_CODE_LABEL}(?P<value>{_CODE})(?![0-9])", re.IGNORECASE)
_CODE_BEFORE_LABEL = re.compile(rf"[(\[【](?<=(?P<value>{_CODE}).)\s?(?:政府)?网站(?:标识|识别)码")
_CODE_MALFORMED = re.compile(rf"网\s*站\s*{_CODE_LABEL}(?P<value>[A-Za-z]{{0,4}}\d(?:\s?[\dXx×*]){{4,13}}|[Xx×*]{{4,12}})")
_CODE_IN_WIDGET = re.compile(
    rf"(?:site_?(?:id_?)?code\\?[\"']?\s*[=:]\s*\\?['\"]?|jcInfo/|jiucuo\.png\?v=)\s*(?P<value>{_CODE})(?![0-9])", re.IGNORECASE
)
_NOBODYS = re.compile(r"[A-Za-z]{0,4}(\d)\1{4,}")
"""What stands where a code is to be filled in, such as 0000000000: the mark is printed, and says nothing."""
_QUOTE = r"(?:\\?['\"]|&(?:#0?39|#34|quot|apos);)"
_CODE_OF_LINK = re.compile(rf"\bLink\(\s*{_QUOTE}(?P<value>{_CODE}){_QUOTE}")

_WIDGET_CODE = Sign(_CODE_IN_WIDGET, ("sitecode", "site_code", "siteidcode", "site_id_code", "siteid_code", "jcinfo/", "jiucuo.png?v="))
_LINK_CODE = Sign(_CODE_OF_LINK, ("link(",))
_CODE_IN_NAME = re.compile(rf"\b(?:alt|title)\s*=\s*[\"']?[^\"'<>]{{0,80}}?(?:标[识志]|识别)码\s*[:：]?\s*(?P<value>{_CODE})(?![0-9])")
_NAMED_CODE = Sign(_CODE_IN_NAME, ("标识码", "标志码", "识别码"))
_CODE_BY_NUMBER = Phrase(rf"网\s*站\s*(?:编\s*号|ID)\s*:\s*(?P<value>{_CODE})(?![0-9])", re.IGNORECASE)
"""A label that other numbers have too: only at the foot, and only before a well-formed code."""

_NUMBER = r"O?\d{6,10}\s*[\]〕]?\s*[号號]?(?:\s*[-/—]\s*\d{1,3}(?!\d))?"
_ICP = re.compile(
    rf"(?P<value>[{_ICP_PROVINCES}]\s*(?:[Il1]\s?C\s?P|IPC|[Il1]CB)\s*[(（]?[备備各]?[)）]?[\s案字序编第号:.\-\[〔]{{0,8}}{_NUMBER})",
    re.IGNORECASE,
)
_ICP_WITHOUT_PROVINCE = Phrase(rf"(?<![萌茶团喵])(?P<value>(?:ICP|icp|Icp)\s*[备備]\s*案?\s*(?:许可)?证?[\s序编号第:]{{0,6}}{_NUMBER})")
_ICP_WITHOUT_LETTERS = Phrase(
    rf"(?:备\s*案\s*[序编]?\s*号?\s*:?\s*(?P<value>[{_ICP_PROVINCES}]\s*备?\s*\d{{8}}(?!\d)(?:\s*号(?:\s*-\s*\d{{1,3}}(?!\d))?)?)"
    rf"|ICP(?:备案)?[序编]?号?\s*:\s*(?P<lettered>[{_ICP_PROVINCES}]\s*备?\s*\d{{8,10}}(?!\d))"
    r"|(?:信息产业部|工信部|工业和信息化部)(?:网站)?(?:信息)?(?:ICP)?备案[序编]?号?\s*:?\s*(?P<ministry>\d{8}(?!\d)))",
)
_ICP_MISPRINTED = Phrase(
    rf"(?P<value>[{_ICP_PROVINCES}]\s*\(?I\.?\s?C\.?\s?P\.?\)?\s*\(?[备備]?\)?案?[\s字序编第号:.\-]{{0,6}}"
    r"(?:[A-Z]\d-|[\[(〔【]\s*\d{2,4}\s*[\])〕】]\s*)?\d(?:\s?[\dOo]){3,8}\d(?!\d)\s*号?(?:\s*-\s*\d{1,3}(?!\d))?)",
    re.IGNORECASE,
)
"""A number with blanks, a letter O, its year in brackets, or that of a licence: misprinted, yet printed."""
_ICP_NUMBER_ALONE = Phrase(r"备\s*案\s*[序编]\s*号\s*:\s*(?P<value>\d{8})(?!\d)")
"""Of whose filing the number is nobody says: only at the foot."""
_ICP_TITLE = re.compile(
    rf"(?:title|alt|value)\s*=\s*[\"']?[^\"'<>]*?(?P<value>[{_ICP_PROVINCES}]\s*ICP\s*备\s*:?\s*\d{{6,10}}\s*号?(?:-\d{{1,3}})?)"
)

_POLICE_NUMBER = r"\d(?:\s?\d){10,17}"
_POLICE = re.compile(
    r"(?P<value>[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘陇青宁新兵]\s*"
    r"(?:公\s*网?\s*安\s*网?\s*备?|公\s*网?\s*备\s*安?|网\s*安\s*备)\s*案?"
    rf"[\s编号:第]{{0,6}}{_POLICE_NUMBER}\s*号?)"
)
_POLICE_UNUSUAL = Phrase(
    r"(?:公\s*[安网]|网\s*[安警监])(?:(?!电\s*话|ICP)[^\n。]){0,8}?备(?:(?!电\s*话|ICP)[^\n。]){0,8}?(?P<value>\d(?:\s?\d){7,17})(?!\d)"
    rf"|公\s*备\s*案?[\s编号:第]{{0,6}}(?P<short>{_POLICE_NUMBER})",
    re.IGNORECASE,
)
"""The labels of cities and of older years: 郑公备, 某市网警备案, 公网监备案证第…号."""
_POLICE_LABEL = re.compile(
    r"(?:公\s*(?:网\s*)?安\s*(?:机\s*关|部\s*门|部|局|网\s*监|网)?\s*(?:(?:联\s*网|网\s*站)\s*)?备\s*案?\s*(?:编\s*号|序\s*号|号|标\s*识)?"
    r"|网\s*安\s*备|备\s*案\s*编?\s*号(?=\s*:?\s*\d{14}(?!\d)))"
    rf"\s*:?\s*(?P<value>{_POLICE_NUMBER})"
)
_POLICE_LINK = re.compile(r"(?:recordcode|webSearch\?code)=\s*(?P<value>\d{11,18})", re.IGNORECASE)

_TITLED_ICP = Sign(_ICP_TITLE, ("icp",))
_LINKED_POLICE = Sign(_POLICE_LINK, ("recordcode", "websearch?code"))
_ICP_PLACEHOLDER = Phrase(
    rf"(?P<value>(?:[{_ICP_PROVINCES}]\s*|(?<![\u4e00-\u9fff]))ICP\s*备\s*案?\s*[号字]?\s*:?\s*[\dXx×*]{{3,12}}(?:\s*号)?(?:-[\dXx]{{1,3}})?)"
)
_POLICE_PLACEHOLDER = Phrase(rf"(?P<value>(?:[{_ICP_PROVINCES}]\s*)?公\s*网\s*安?\s*备\s*案?\s*号?\s*:?\s*[\dXx×*]{{3,18}}(?:\s*号)?)")
"""A number that was never filled in, or is masked: the mark is printed, its value is wrong, which is another fault than none."""

_POLICE_PICTURE = re.compile(
    r"(?<![a-z])(?:beian|gong_?an|gaba|gab|babs|batb|ghs|jinghui|police|ga)(?![a-z])[\w\-@.]{0,40}\.(?:png|gif|jpe?g|svg|webp)",
    re.IGNORECASE,
)
"""The badge of the public security filing: where no number can be read, it is still there to be seen."""

_ICP_REGISTER = re.compile(r"//(?:\w+\.)*(?:beian\.miit|miitbeian|miibeian)\.gov\.cn", re.IGNORECASE)
_POLICE_REGISTER = re.compile(r"//(?:\w+\.)*(?:beian|beian\.mps)\.gov\.cn", re.IGNORECASE)
_REGISTERS = Sign(re.compile(r"(?:beian\.miit|miitbeian|miibeian|beian|beian\.mps)\.gov\.cn", re.IGNORECASE), ("beian",))
_SOME_NUMBER = re.compile(r"\d{4,}")


def read_site_codes(sight: Sight) -> tuple[Mark, ...]:
    """Return every place a site code shows up: footer text, SiteIDCode meta, feedback widget, in that order of trust."""
    found = [
        sight.in_text(_CODE_IN_TEXT) or sight.in_text(_CODE_BEFORE_LABEL),
        sight.in_markup(_WIDGET_CODE) or sight.in_markup(_LINK_CODE) or sight.in_markup(_NAMED_CODE, Place.ATTRIBUTE),
        _code_in_meta(sight),
    ]
    if well_formed := [mark for mark in found if mark and not _NOBODYS.fullmatch(mark.value or "")]:
        return tuple(well_formed)
    doubtful = next(filter(None, found), None) or sight.in_foot(_CODE_BY_NUMBER) or sight.in_text(_CODE_MALFORMED)
    if doubtful and _NOBODYS.fullmatch(doubtful.value or ""):
        doubtful = msgspec.structs.replace(doubtful, value=None)
    return (doubtful,) if doubtful else ()


def read_icp(sight: Sight) -> Mark:
    """Return the ICP filing as printed: 京ICP备04000001号-2 and its variants, else what stands on a link to the filing register.

    ICP证 alone is a licence, not a filing.
    """
    return (
        sight.in_text(_ICP)
        or sight.in_text(_ICP_WITHOUT_PROVINCE)
        or sight.in_text(_ICP_WITHOUT_LETTERS)
        or sight.in_markup(_TITLED_ICP, Place.ATTRIBUTE)
        or sight.in_foot(_ICP_MISPRINTED)
        or sight.in_foot(_ICP_PLACEHOLDER)
        or sight.in_foot(_ICP_NUMBER_ALONE)
        or _number_on_link(sight, _ICP_REGISTER)
        or _painted_number(sight)
        or Mark()
    )


def read_police_filing(sight: Sight) -> Mark:
    """Return the public security filing as printed, else the number in or on the link to the filing register."""
    return (
        sight.in_text(_POLICE)
        or sight.in_text(_POLICE_LABEL)
        or sight.in_markup(_LINKED_POLICE)
        or sight.in_picture_names(_POLICE)
        or sight.in_foot(_POLICE_UNUSUAL)
        or sight.in_foot(_POLICE_PLACEHOLDER)
        or _number_on_link(sight, _POLICE_REGISTER)
        or _badge(sight)
        or Mark()
    )


def _number_on_link(sight: Sight, register: re.Pattern[str]) -> Mark | None:
    for anchor in _links_to_registers(sight):
        if _SOME_NUMBER.search(anchor.text) and len(anchor.text) < 60 and register.search(anchor.href) and not _of_other(register, anchor):
            return Mark(state=Presence.PRESENT, value=anchor.text, place=Place.LINK, excerpt=mask_personal_data(anchor.text))
    return None


def _painted_number(sight: Sight) -> Mark | None:
    """Return a link to the register that is a picture without a name: the number may be painted in it."""
    outline = sight.document.outline
    for anchor in _links_to_registers(sight):
        if not anchor.text and _ICP_REGISTER.search(anchor.href) and outline.within(anchor.element, "img"):
            return Mark(state=Presence.PRESENT, place=Place.IMAGE, excerpt=outline.markup_of(anchor.element)[:EXCERPT_LENGTH])
    return None


def _links_to_registers(sight: Sight) -> Sequence[Anchor]:
    """Return the links among which those to a register of filings are; none where the page names no register."""
    return sight.document.anchors if sight.of_markup(_REGISTERS) else ()


def _of_other(register: re.Pattern[str], anchor: Anchor) -> bool:
    """Tell whether a link to the register of the police carries the number of the ICP filing, a usual mix-up."""
    return register is _POLICE_REGISTER and "ICP" in anchor.text.upper()


def _badge(sight: Sight) -> Mark | None:
    """Return the badge of the filing without its number: its picture, or a link to the register that does not name another filing."""
    outline = sight.document.outline
    for picture in sight.document.derived(foot_pictures):
        if _POLICE_PICTURE.search(picture_source(outline, picture)):
            return Mark(state=Presence.PRESENT, place=Place.IMAGE, excerpt=outline.markup_of(picture)[:EXCERPT_LENGTH])
    for anchor in _links_to_registers(sight):
        if _POLICE_REGISTER.search(anchor.href) and "ICP" not in anchor.text.upper():
            return Mark(state=Presence.PRESENT, place=Place.LINK, excerpt=mask_personal_data((anchor.text or anchor.href)[:EXCERPT_LENGTH]))
    return None


def _code_in_meta(sight: Sight) -> Mark | None:
    content = sight.document.meta_content("SiteIDCode", "SiteId", "SiteCode")
    match = SITE_CODE.search(content or "")
    return mark_of(match, Place.META) if match else None
