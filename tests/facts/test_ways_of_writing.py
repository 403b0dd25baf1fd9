"""What a page shows does not hang on how it is written: in other markup, with other forms of dates and labels, it gives the same facts."""

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pytest

from crawler.facts.encoding.detection import decode
from crawler.facts.page import read_page
from crawler.facts.records import PageFacts
from tests.facts.pages import shared
from xuncha.demo.world import AS_OF, load_world

DEMO_SITES = 40
LABELLED_ON = date(2018, 3, 1)
URL = "http://www.lizhou.example/"
Rewriting = Callable[[str], str]

_KEPT = re.compile(r"<(script|style|textarea|pre)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:\s+(?:\"[^\"]*\"|'[^']*'|[^\"'>])*)?)>")
_BLOCK = r"(?:div|ul|ol|li|table|tbody|tr|td|th|p|dl|dt|dd|h\d|form|head|body|html|meta|link|title)"
_DATE = re.compile(r"(?<!\d)(20\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_DATE_ELEMENT = r"(<(span|em|i|font)\b[^<>]*>\s*[\[(]?20\d\d[-/.]\d\d?[-/.]\d\d?[\])]?\s*</\2>)"


def markup(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Rewriting:
    """Return what rewrites a pattern outside of scripts, styles and comments."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def rewrite(source: str) -> str:
        pieces, position = [], 0
        for kept in _KEPT.finditer(source):
            pieces += [compiled.sub(replacement, source[position : kept.start()]), kept.group()]
            position = kept.end()
        return "".join([*pieces, compiled.sub(replacement, source[position:])])

    return rewrite


def text(rewritten: Rewriting) -> Rewriting:
    """Return what rewrites the texts between the tags."""
    return markup(r">([^<>]*)<", lambda match: f">{rewritten(match[1])}<")


NOT_IN_THE_DEMO = "dates before their links"
WAYS: dict[str, Rewriting] = {
    "tags in capitals": markup(_TAG.pattern, lambda match: f"<{match[1]}{match[2].upper()}{match[3]}>"),
    "comments between tags": markup(r">(?=<)", "><!-- a > b -->"),
    "no white space between blocks": markup(rf"(</?{_BLOCK}\b[^<>]*>)\s+(?=</?{_BLOCK}\b)", r"\1"),
    "white space between blocks": markup(rf"(</?{_BLOCK}\b[^<>]*>)(?=</?{_BLOCK}\b)", "\\1\r\n\t\t"),
    "single quotes": markup(_TAG.pattern, lambda match: re.sub(r"=\s*\"([^\"']*)\"", r"='\1'", match.group())),
    "two more elements around the body": lambda source: markup(r"</body\s*>", "</div></div></body>")(
        markup(r"(<body\b[^>]*>)", r"\1<div id=wrapper><div class=w1200>")(source)
    ),
    "names of links in elements of their own": markup(r"(<a\b[^<>]*>)([^<>]+)(</a>)", r"\1<span>\2</span>\3"),
    "em for span": markup(r"<(/?)span\b", r"<\1em"),
    "links in the same window": markup(r"\s+target\s*=\s*[\"']?_blank[\"']?", ""),
    "no-break spaces": text(lambda shown: shown.replace(" ", "&nbsp;") if shown.strip() and "&" not in shown else shown),
    "colons as entities": text(lambda shown: shown if "&" in shown else re.sub("[:：]", lambda colon: f"&#{ord(colon[0])};", shown)),
    "dates with slashes": text(lambda shown: _DATE.sub(r"\1/\2/\3", shown)),
    "dates with points": text(lambda shown: _DATE.sub(r"\1.\2.\3", shown)),
    "dates in words": text(lambda shown: _DATE.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", shown)),
    "dates in brackets": text(lambda shown: _DATE.sub(r"[\1-\2-\3]", shown) if _DATE.fullmatch(shown.strip()) else shown),
    NOT_IN_THE_DEMO: markup(rf"(<a\b[^<>]*>[^<>]*</a>)\s*{_DATE_ELEMENT.replace(chr(92) + '2', chr(92) + '3')}", r"\2\1"),
    "发布日期": text(lambda shown: shown.replace("发布时间", "发布日期")),
    "信息发布时间": text(lambda shown: re.sub("(?<!信息)发布时间", "信息发布时间", shown)),
    "您现在的位置": text(lambda shown: re.sub("(?:您)?当前(?:的)?位置|您的位置|所在位置", "您现在的位置", shown)),
    "slashes in the breadcrumb": text(lambda shown: re.sub(r"^(\s*)(?:>|&gt;|>>|&gt;&gt;|›|»)(\s*)$", r"\1/\2", shown)),
    "识别码": text(lambda shown: shown.replace("标识码", "识别码")),
    "without telling names": lambda source: renamed(source),
}
ENCODINGS = {"gb2312": "gb18030", "utf-8": "utf-8-sig", "utf-16": "utf-16"}
"""What a page declares, and what it is in; the last two have a byte order mark."""
_OWN_NAME = re.compile(
    r"foot|bottom|copyright|search|conac|dzjg|jiucuo|zhaocuo|sitecode|hidden|none|hide|page|side|menu|nav|list|template", re.I
)


def renamed(source: str) -> str:
    """Give classes and ids that no script speaks of, and that say nothing of their part of the page, names without a meaning."""
    spoken_of = " ".join(re.findall(r"<script\b.*?</script>|\bon\w+\s*=\s*\"[^\"]*\"", source, re.DOTALL | re.IGNORECASE))

    def name(word: str) -> str:
        return word if word in spoken_of or _OWN_NAME.search(word) else f"x{hashlib.md5(word.encode()).hexdigest()[:6]}"

    names = markup(r"(\b(?:class|id)\s*=\s*[\"'])([\w\- ]+)(?=[\"'])", lambda match: match[1] + " ".join(map(name, match[2].split())))
    return names(source)


def encoded(source: str, charset: str = "utf-8", codec: str = "utf-8") -> bytes:
    return re.sub(r"charset\s*=\s*([\"']?)[\w-]+", rf"charset=\1{charset}", source).encode(codec, "replace")


def shown(content: bytes, day: date) -> dict[str, object]:
    """Return what a person sees of the facts of a page."""
    facts = read_page(content, url=URL, as_of=day)
    return {**marks_of(facts), **content_of(facts)}


def marks_of(facts: PageFacts) -> dict[str, object]:
    marks = facts.marks
    values = {"icp": marks.icp.value, "police": marks.police_filing.value, "sponsor": marks.sponsor.value, "code": marks.site_code.value}
    return {
        **{name: re.sub(r"\s", "", value or "").replace("：", ":") for name, value in values.items()},
        "party mark": marks.party_mark.state,
        "feedback": (marks.feedback_entry.state, marks.feedback_icon_only),
        "search": facts.search_form.state,
        "channels": bool(facts.interaction),
        "reports": len(facts.reports),
    }


def content_of(facts: PageFacts) -> dict[str, object]:
    column, letters = facts.column, facts.letters
    return {
        "type": facts.page_type,
        "newest": facts.newest_date,
        "published": facts.publish_date,
        "column": (len(column.items), column.empty, column.script_filled) if column else None,
        "letters": [(letter.asked, letter.answered, letter.state) for letter in letters.letters] if letters else None,
        "guide": (facts.guide.present, facts.guide.missing) if facts.guide else None,
        "notice": facts.notice.kind if facts.notice else None,
    }


class Written(NamedTuple):
    """A page as it was written."""

    name: str
    source: str


@cache
def shown_before(page: Written, day: date) -> dict[str, object]:
    return shown(encoded(page.source), day)


def differences(pages: Sequence[Written], rewriting: Callable[[str], bytes], day: date) -> list[str]:
    found, changed = [], False
    for page in pages:
        content = rewriting(page.source)
        changed = changed or content != encoded(page.source)
        before, after = shown_before(page, day), shown(content, day)
        found += [f"{page.name}: {fact} {before[fact]} became {after[fact]}" for fact in before if before[fact] != after[fact]]
    assert changed, "this way of writing changes none of the pages"
    return found


@pytest.fixture(scope="module")
def demo_pages() -> list[Written]:
    """A few pages of many sites of the demo, in all its styles."""
    world = load_world()
    state = world.state(AS_OF)
    pages = []
    for site in world.sites[:DEMO_SITES:5]:
        of_site = state.pages(site.host)
        pages += [Written(address, rendered) for address in list(of_site.addresses)[:8:7] if (rendered := of_site.render(address))]
    return pages


@pytest.fixture(scope="module")
def labelled_pages() -> list[Written]:
    files = sorted(file for folder in ("home", "inner") for file in shared("pages", folder).glob("*.html"))
    return [Written(file.name, decode(file.read_bytes(), None).text) for file in files]


@pytest.mark.parametrize("way", [way for way in WAYS if way != NOT_IN_THE_DEMO])
def test_the_demo_is_read_however_it_is_written(demo_pages: list[Written], way: str) -> None:
    assert differences(demo_pages, lambda source: encoded(WAYS[way](source)), AS_OF.date()) == []


@pytest.mark.shared
@pytest.mark.parametrize(("turn", "way"), list(enumerate(WAYS)), ids=str)
def test_real_pages_are_read_however_they_are_written(labelled_pages: list[Written], turn: int, way: str) -> None:
    some = labelled_pages[turn % 10 :: 10]
    assert differences(some, lambda source: encoded(WAYS[way](source)), LABELLED_ON) == []


@pytest.mark.shared
@pytest.mark.parametrize(("charset", "codec"), ENCODINGS.items())
def test_real_pages_are_read_in_whatever_encoding(labelled_pages: list[Written], charset: str, codec: str) -> None:
    assert differences(labelled_pages[::10], lambda source: encoded(source, charset, codec), LABELLED_ON) == []
