"""The entry "我为政府网站找错" and the party and government body mark (standards.md 6.1, 6.2)."""

import re

from crawler.facts.marks.seen import Sight, mark_of
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Mark, Place, Presence
from crawler.facts.tree.document import Anchor
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.signs import Sign
from crawler.facts.tree.text import EXCERPT_LENGTH, collapse

# The widget's script under any name, on the national host, its older hosts, or copied to the site itself.
_ADDRESSES = r"""/exposure/(?:images/)?jiucuo\w{0,10}\.(?:js|html|png)
    | /exposure/[\w.]{0,20}\?site_?code=
    | \.www\.gov\.cn/(?:exposure|check_web/errorInfo)/
    | /check_web/(?:errorInfo|databaseInfo)[/_]jcInfo
    | //[\w.\-:]{4,60}/errorInfo/(?:search|jcInfo)
    | jiucuo[\w.\-]{0,12}\.(?:js\b|\w{2,5}\?site_?code=)"""
_ELEMENTS = r"""\b_(?:span_)?jiucuo_?\b
    | \bclass\s*=\s*["']?[^"'<>]{0,60}\b(?:jiucuo|find-wrong)\b[^<>]{0,140}sitecode
    | \bdata-[\w\-]{1,20}\s*=\s*["']?\s*\{[^{}<>]{0,40}\bsitecode["']?\s*:\s*["']?(?:\d{10}|b[mt]\d{8})(?!\w)"""
_NEEDLES = ("jiucuo", "/exposure/", "/check_web/", "/errorinfo/", "find-wrong", "sitecode")
_FEEDBACK = Sign(re.compile(rf"(?:{_ADDRESSES})(?![^<>]{{0,300}}<)|{_ELEMENTS}", re.VERBOSE | re.IGNORECASE), _NEEDLES)
"""Within a tag: an address in the running text, before the next tag begins, is told of and is no entry."""
_WRITTEN_FEEDBACK = Sign(re.compile(rf"{_ADDRESSES}|{_ELEMENTS}", re.VERBOSE | re.IGNORECASE), _NEEDLES)
_WIDGET_ELEMENT = re.compile(r"\b(?:class|data-[\w\-]+)\s*=", re.IGNORECASE)
_FEEDBACK_NAME = re.compile(r"政[府务]网站.?找错|(?:^|我为?)网站找错|^找错$")
_LONGEST_NAME = 20
_ABOUT_FEEDBACK = re.compile(r"通知|通报|公告|函|情况|办理|规范|关于")
"""What the titles of articles about the platform hold, and its own name does not."""
_NAMED_ELEMENT_PATTERN = re.compile(
    r"""<[a-z]\w*\b[^<>]*\b(?:(?:id|class|onclick)\s*=\s*[\"']?|href\s*=\s*[\"']?javascript:)[^<>"']{0,60}
    (?<![a-z])(?:web|site|zf|wz|icon|foot|open|my|to|go|get)?[_\-]?(?:jiucuo|zhaocuo|zfwzzc|zfwzjc)(?![a-z])[^<>]*>""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED_ELEMENT = Sign(_NAMED_ELEMENT_PATTERN, ("jiucuo", "zhaocuo", "zfwzzc", "zfwzjc"))
"""An element that by its name or handler is the entry: where it leads only a script knows."""
_WRITTEN_ENTRY = Sign(
    re.compile(r"政[府务]网站找错|(?:jiucuo|zhaocuo)[\w\-]{0,12}\.(?:png|gif|jpe?g|svg)", re.IGNORECASE), ("网站找错", "jiucuo", "zhaocuo")
)
_OWN_CORRECTION = re.compile(r"^\W{0,2}(?!政府)\S{0,6}(?:纠错|挑错|报错)")
"""The site's own correction of its pages, which bears the same name in markup."""
_FEEDBACK_PICTURE = re.compile(
    r"网站找错|[\"'\s=]找错[\"'\s]|(?:(?:jiucuo|zhaocuo|zfwzzc|wzzc|zfwzjc|(?<![a-z])jc)[\w\-]{0,12}|(?<![a-z])zc\d?)\.(?:png|gif|jpe?g|svg)",
    re.IGNORECASE,
)
_PICTURE = Sign(_FEEDBACK_PICTURE, ("找错", "jiucuo", "zhaocuo", "zfwz", "wzzc", "jc", "zc.", *(f"zc{number}." for number in range(10))))
_DRIVEN = Sign(re.compile(r"javascript:", re.IGNORECASE), ("javascript:",))
_NAMED_PICTURE = re.compile(r"\b(?:alt|title)\s*=\s*[\"']?[^\s\"'>]", re.IGNORECASE)
_WORDLESS = r"(?:\s|<title\b[^<>]*>[^<>]{0,80}</title>|<(?!img\b|/?a\b|title\b)[^<>]*>){0,20}"
"""Spaces, icons and other elements without words beside a picture. The title of a drawing is not printed."""
_PICTURE_LINK = re.compile(
    rf"<a\b[^<>]*\bhref\s*=\s*[\"']?javascript:[^<>]*>{_WORDLESS}(?P<picture><img\b[^<>]*>){_WORDLESS}</a>", re.IGNORECASE
)
_OTHER_PICTURE = re.compile(
    r"weixin|wechat|weibo|qr_?code|erwei|ewm|beian|police|gonga|ipv6|wza|(?<![a-z])(?:ga|wx|wb|app)\.", re.IGNORECASE
)
_HANDLER = re.compile(r"javascript:|\bonclick\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
_NAME_REACH = 120
_BESIDE = 500
"""How far from the party mark, in characters of markup, the other pictures of the foot stand."""

_PARTY_PATTERN = re.compile(
    r"""(?:https?:)?//dcs\.conac\.cn/(?:js/[\w/.\-]+|image/\w+\.png)
    | (?:https?:)?//bszs\.conac\.cn/sitename\?[^\s"'<>\\)]+
    | //(?:\w+\.)?conac\.cn\b[^\s"'<>\\)]*
    | \b(?:id|class)\s*=\s*\\?["'](?:_ideConac|imgConac|conac)\b
    | \bid\s*=\s*_ideConac\b
    | /(?:\d{8}/)?CA\d{21}\.js
    | (?<![0-9A-F])[0-9A-F]{16}E05[03][0-9A-F]{12}(?![0-9A-F])""",
    re.VERBOSE | re.IGNORECASE,
)
_PARTY = Sign(_PARTY_PATTERN, ("conac", "e053", "e050", "/ca"))
_PARTY_PICTURE_PATTERN = re.compile(
    r"<img\b[^<>]*\b(?:alt|title)\s*=\s*[\"']?[^\"'<>\s]{0,8}(?:党政|事业单位|政府机关|机关网站标)(?:(?!招|考|干部|改革|培训|人员|会议|活动)[^\"'<>\s]){0,8}[\"'\s/>]"
    r"|<(?:a|i|span|div)\b[^<>]*\btitle\s*=\s*[\"']?(?:党政机关|事业单位)(?:网站)?(?:标[识志])?[\"'\s>]"
    r"|(?<![\w\-])(?P<value>[\w\-]{0,30}(?:conac|dzjg|dangzheng|jgbs|bszs|sydw(?!z)|shiyedanwei|党政)"
    r"[\w\-@()% ]{0,20}\.(?:png|gif|jpe?g|svg|webp))"
    r"|<img\b[^<>]*src\s*=\s*[\"']?[^\s\"'<>]*(?<![\w\-])(?:gov_?)?(?:red|blue)(?:_error|[_\-]?[12]|\(\d\)|@2x)?\.(?:png|gif|jpg|webp)",
    re.IGNORECASE,
)

_PARTY_PICTURE = Sign(
    _PARTY_PICTURE_PATTERN,
    (
        "党政",
        "事业单位",
        "政府机关",
        "机关网站",
        "conac",
        "dzjg",
        "dangzheng",
        "jgbs",
        "bszs",
        "sydw",
        "shiyedanwei",
        *(f"{colour}{end}" for colour in ("red", "blue") for end in (".", "1.", "2.", "_", "-", "(", "@")),
    ),
)
_PARTY_PLACE = Sign(
    re.compile(
        r"<[a-z]\w*\b[^<>]*\b(?:class|id)\s*=\s*[\"']?(?:[^\"'<>]*[\s_\-])?(?:dzjg(?:bs|bz|_?icon)?|conac\w{0,4})[\"'\s>]",
        re.IGNORECASE,
    ),
    ("dzjg", "conac"),
)
"""A place named for the mark, which a script or a stylesheet fills."""


def read_party_mark(sight: Sight) -> Mark:
    """Return the mark of party and government bodies: its script, its link, its rendered result, or a picture that names it."""
    found = sight.in_markup(_PARTY) or sight.in_markup(_PARTY_PICTURE, Place.IMAGE)
    if found is None and (place := sight.of_markup(_PARTY_PLACE)):
        found = mark_of(place, Place.SCRIPT)
    return found or Mark()


def read_feedback_entry(sight: Sight) -> tuple[Mark, bool]:
    """Return the feedback entry, and whether there is only a picture or text of it that leads nowhere."""
    if match := sight.of_markup(_FEEDBACK):
        return mark_of(match, Place.SCRIPT if _WIDGET_ELEMENT.search(match.group()) else Place.LINK), False
    if match := sight.of_scripts(_WRITTEN_FEEDBACK):
        return mark_of(match, Place.SCRIPT), False
    pictured = sight.of_markup(_PICTURE) is not None
    named = [anchor for anchor in sight.document.anchors if _names_feedback(sight, anchor, pictured)]
    marks = [mark for anchor in named if (mark := _mark_of_anchor(sight, anchor))]
    if marks or (marks := _with_handler(sight)) or (marks := _left_to_a_script(sight)) or (marks := _unnamed_beside_party_mark(sight)):
        return marks[0], False
    return Mark(), bool(named or pictured or _FEEDBACK_NAME.search(sight.text))


def _names_feedback(sight: Sight, anchor: Anchor, pictured: bool) -> bool:
    if "找错" in anchor.text:
        name = "".join(anchor.text.split())
        return len(name) <= _LONGEST_NAME and bool(_FEEDBACK_NAME.search(name)) and not _ABOUT_FEEDBACK.search(name)
    outline = sight.document.outline
    if not pictured or len(anchor.text) >= 12 or not outline.within(anchor.element, "img"):
        return False
    return bool(_FEEDBACK_PICTURE.search(outline.markup_of(anchor.element)))


def _mark_of_anchor(sight: Sight, anchor: Anchor) -> Mark | None:
    """Return the entry a link makes; one that only a script could make lead somewhere is `SCRIPT_ONLY`, a dead one none."""
    place = Place.LINK
    outline = sight.document.outline
    if sight.document.resolve(anchor.href) is None and not outline.has_attribute(anchor.element, "onclick"):
        if not _can_be_bound(outline, anchor):
            return None
        place = Place.SCRIPT
    state = Presence.SCRIPT_ONLY if place is Place.SCRIPT else Presence.PRESENT
    text = anchor.text or outline.markup_of(anchor.element)
    return Mark(state=state, value=anchor.href.strip() or None, place=place, excerpt=mask_personal_data(collapse(text)[:EXCERPT_LENGTH]))


def _can_be_bound(outline: Outline, anchor: Anchor) -> bool:
    """Tell whether a script may make a link lead somewhere: it says so, or has a name by which a script finds it."""
    return anchor.href.strip().lower().startswith("javascript:") or bool(outline.names(anchor.element))


def _with_handler(sight: Sight) -> list[Mark]:
    """Return the pictures and names of the entry that carry a click handler of their own."""
    if sight.of_markup(_PICTURE) is None:
        return []
    found = []
    for node in sight.document.tree.css("[onclick]"):
        html = node.html or ""
        if len(html) < 600 and _FEEDBACK_PICTURE.search(html):
            found.append(Mark(state=Presence.PRESENT, place=Place.IMAGE, excerpt=collapse(html)[:EXCERPT_LENGTH]))
    return found


def _left_to_a_script(sight: Sight) -> list[Mark]:
    """Return the entry that a script writes, or the elements that by their name are it, where a script may make them lead somewhere."""
    if written := sight.of_scripts(_WRITTEN_ENTRY):
        return [mark_of(written, Place.SCRIPT)]
    if sight.of_markup(_NAMED_ELEMENT) is None:
        return []
    scripted = sight.document.tree.css_first("script") is not None
    return [
        mark_of(match, Place.SCRIPT)
        for match in _NAMED_ELEMENT_PATTERN.finditer(sight.markup)
        if (scripted or _HANDLER.search(match.group())) and not _OWN_CORRECTION.search(_text_after(sight, match))
    ]


def _text_after(sight: Sight, match: re.Match[str]) -> str:
    """Return the words that stand next behind a tag."""
    return "".join(_TAG.sub(" ", sight.markup[match.end() : match.end() + _NAME_REACH]).split())


def _unnamed_beside_party_mark(sight: Sight) -> list[Mark]:
    """Return picture links without a name that a script drives, beside the party mark: what they are cannot be told, so none is denied."""
    if sight.of_markup(_DRIVEN) is None:
        return []
    mark = sight.of_markup(_PARTY) or sight.of_markup(_PARTY_PICTURE)
    if mark is None:
        return []
    start = max(0, mark.start() - _BESIDE)
    links = _PICTURE_LINK.finditer(sight.markup, start, mark.end() + _BESIDE)
    return [
        mark_of(link, Place.SCRIPT)
        for link in links
        if not any(named.search(link.group("picture")) for named in (_NAMED_PICTURE, _OTHER_PICTURE, _PARTY_PICTURE.pattern))
    ]
