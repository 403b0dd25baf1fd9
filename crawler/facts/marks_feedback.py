"""The entry "我为政府网站找错" and the party and government body mark (standards.md 6.1, 6.2)."""

import re

from crawler.facts.document import Anchor
from crawler.facts.marks_seen import Sight, mark_of
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Mark, Place, Presence

# The widget's script under any name, on the national host, its older hosts, or copied to the site itself.
_FEEDBACK = re.compile(
    r"""/exposure/jiucuo\w{0,10}\.(?:js|html)
    | /exposure/[\w.]{0,20}\?site_?code=
    | /check_web/errorInfo/jcInfo
    | jiucuo\w{0,10}\.js\b
    | \b_(?:span_)?jiucuo_?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FEEDBACK_NAME = re.compile(r"政府网站找错|我为网站找错|网站纠错")
_FEEDBACK_PICTURE = re.compile(r"<img\b[^<>]*(?:政府网站找错|jiucuo\w{0,10}\.(?:png|gif|jpg|jpeg))[^<>]*>", re.IGNORECASE)
_HANDLER = re.compile(r"\bon(?:click|mousedown)\s*=", re.IGNORECASE)

_PARTY = re.compile(
    r"""(?P<value>(?:https?:)?//(?:
        dcs\.conac\.cn/js/[\w/.\-]+
        | dcs\.conac\.cn/image/\w+\.png
        | bszs\.conac\.cn/sitename\?[^\s"'<>\\)]+
        | (?:\w+\.)?conac\.cn/[^\s"'<>\\)]*
    ))
    | (?:\bid|\bclass)\s*=\s*\\?["'](?:_ideConac|imgConac|conac)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PARTY_PICTURE = re.compile(
    r"<img\b[^<>]*(?:alt|title)\s*=\s*[\"'][^\"'<>]*(?:党政机关|事业单位)[^\"'<>]*[\"'][^<>]*>"
    r"|<img\b[^<>]*src\s*=\s*[\"']?(?P<value>[^\s\"'<>]*(?:conac|dzjg|dangzheng|(?:^|/)(?:red|blue)\.png)[^\s\"'<>]*)[^<>]*>",
    re.IGNORECASE,
)


def read_party_mark(sight: Sight) -> Mark:
    """Return the mark of party and government bodies: its script, its link, its rendered result, or a picture that names it."""
    return sight.in_markup(_PARTY) or sight.in_markup(_PARTY_PICTURE, Place.IMAGE) or Mark()


def read_feedback_entry(sight: Sight) -> tuple[Mark, bool]:
    """Return the feedback entry, and whether there is only a picture or text of it that leads nowhere."""
    if mark := sight.in_markup(_FEEDBACK):
        return mark, False
    for anchor in sight.document.anchors:
        if _FEEDBACK_NAME.search(anchor.text) and _leads_somewhere(sight, anchor):
            return _mark_of_anchor(anchor), False
    named = _FEEDBACK_NAME.search(sight.text) or _FEEDBACK_PICTURE.search(sight.markup)
    if named and (mark := _clickable_picture(sight)):
        return mark, False
    return Mark(), bool(named)


def _leads_somewhere(sight: Sight, anchor: Anchor) -> bool:
    return sight.document.resolve(anchor.href) is not None or "onclick" in anchor.node.attributes


def _mark_of_anchor(anchor: Anchor) -> Mark:
    return Mark(state=Presence.PRESENT, value=anchor.href.strip() or None, place=Place.LINK, excerpt=mask_personal_data(anchor.text[:200]))


def _clickable_picture(sight: Sight) -> Mark | None:
    picture = _FEEDBACK_PICTURE.search(sight.markup)
    return mark_of(picture, Place.IMAGE) if picture and _HANDLER.search(picture.group()) else None
