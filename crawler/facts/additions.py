"""What the scripts of a page add to it that nobody reads in them: what they fetch, what they decode, what a stranger's file writes."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.facts.frames import LOADED_FRAGMENT, is_of_government
from crawler.facts.tree.comments import without_script_comments
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.script_files import is_effect, script_files

_ADDING = Phrase(
    r"\.ajax\s*\(|\$\.(?:get|post|getJSON|getScript)\s*\(|jQuery\.(?:get|post|getJSON|getScript)\s*\(|XMLHttpRequest|XMLHTTP|\bfetch\s*\(|\baxios\b"
    rf"|(?!{LOADED_FRAGMENT})\.load\s*\(\s*[\"'`]"
    r"|EventSource\s*\(|\bWebSocket\s*\(|\bWorker\s*\(|\bimport\s*[(\"'{*]|\bimport\s+\w+\s+from\b"
    r"|createElement\s*\(\s*[\"'](?:script|iframe|object|embed)[\"']|<(?:script|iframe|object|embed)\s[^<>]{0,80}(?:src|data)\s*="
    r"|\batob\s*\(|fromCharCode\s*\(\s*(?:\d{2,3}\s*,\s*\d|parseInt)|ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef|eval\s*\(\s*function\s*\(p,\s*a,|\.reverse\s*\(\s*\)\s*\.join"
    r"|new\s+Vue\b|\bcreateApp\s*\(|ReactDOM|customElements\.define|applyBindings|angular\.module|laytpl|juicer\s*\(|\.tmpl\s*\(|\btemplate\s*\(\s*[\"']"
    r"|Handlebars|Mustache\.|cloneNode\s*\([^()]*\)[^;]{0,80}template|\.content\.cloneNode|attachShadow"
)
"""Words of a script that fetches content, loads a file or frame, decodes what nobody can read in it, or fills in a template.

Fragments that it names plainly are read: see `crawler.facts.frames`."""

_BEFORE, _BEHIND = 200, 300
"""Characters around such words in which the address is looked for that they are about."""
_STRING = re.compile(r"""["'`=]([^"'`\s<>=]*(?:/|\.(?:js|json|jspx?|s?html?|do|action|aspx?|ashx|php|txt|xml|inc)\b)[^"'`\s<>]*)""")
_NO_ADDRESS = re.compile(r"(?:application|text|image)/[\w+.-]+(?:;.*)?|(?:https?:)?//?|\W+")
"""What looks like an address and is none: kinds of content, the beginnings of addresses."""
_OF_NO_CONTENT = re.compile(
    r"count|hits?(?![a-z])|click|visit|(?<![a-z])pv|stat(?!ic|e|us)|tongji|online|log(?:in|out|s)?(?![a-z])|weather|tianqi|moji|sojson|calendar|rili|clock"
    r"|hm\.baidu|cnzz|umeng|51\.?la|zhanzhang|push\.js|linksubmit|passport|session|user|auth|ticket|addtrack|views?(?![a-z])|print|analytics|vas\.js|(?<=[/.])tj(?=[/.])|gtag|googletag|gridsum|webdissector|growingio|sensors|piwik|matomo"
    r"|share|jiathis|weixin|wx\.qq|jweixin|weibo|qrcode|conac|bszs|jiucuo|exposure|beian|kaipuyun|12377|suggest|captcha|yzm|verif|vote"
    r"|api\.map|maps?\.|video|player|slide|swiper|banner|piaofu|float|wza|accessib|wzawaka|barrier|gb2big5|tw_cn|translate|favicon|jquery|bootstrap|html5|respond"
    r"|\.(?:jpe?g|png|gif|bmp|svg|ico|css|mp4|swf|woff2?|ttf)\b",
    re.IGNORECASE,
)
"""Addresses of counters, analysts, marks, weather, logins and effects: what comes from there is no part of the site's own content."""
_STYLED = re.compile(r"content(?<!\wcontent)\s*:\s*[\"'][^\"'{}<>]*(?:[\u4e00-\u9fff]{4}|\d{6})[^\"'{}<>]*[\"']")
"""Words that a style puts into the page."""
_LIBRARIES = re.compile(r"bootcdn|bootcss|cdnjs|jsdelivr|unpkg|staticfile|googleapis|baomitu|libs?\.baidu|bdstatic", re.IGNORECASE)
"""Hosts of public libraries, which hold nothing of a site's."""
_MOST_CHARACTERS = 200_000
"""Of a script that is looked through."""


def read_additions(document: Document) -> str:
    """Return the words by which a script of a page, or a style, adds what was not read; empty where none does.

    What a script writes from strings of its own is read in it, and counters, analysts, clocks and effects add no content.
    """
    for script in document.scripts:
        if _ADDING.search(script) and (words := next(_adding(without_script_comments(script[:_MOST_CHARACTERS])), "")):
            return words
    if styled := _STYLED.search(document.source):
        return styled.group()
    return next(_files_of_strangers(document), "")


def _adding(script: str) -> Iterator[str]:
    for match in _ADDING.finditer(script):
        behind = _addresses(script[match.start() : match.end() + _BEHIND])
        about = next(behind, "") or next(_addresses(script[max(0, match.start() - _BEFORE) : match.start()]), "")
        if not (about and _OF_NO_CONTENT.search(about)):
            yield f"{match.group()} {about}".strip()


def _addresses(text: str) -> Iterator[str]:
    return (found for found in _STRING.findall(text) if not _NO_ADDRESS.fullmatch(found))


def _files_of_strangers(document: Document) -> Iterator[str]:
    """Yield the script files on hosts of no government, which are not read: all but libraries, effects and counters."""
    for source in script_files(document):
        address = document.resolve(source)
        if address is None or is_effect(source) or is_of_government(address, document.url) or _OF_NO_CONTENT.search(source):
            continue
        if not _LIBRARIES.search(urlsplit(address).hostname or ""):
            yield address
