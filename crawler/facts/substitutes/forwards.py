"""Pages without content of their own: redirect stubs and framesets, and where they lead."""

import re

from crawler.facts.records import Forward, ForwardKind
from crawler.facts.substitutes.own_content import SHELL_ROOTS, has_own_content
from crawler.facts.tree.comments import without_script_comments
from crawler.facts.tree.document import Document

_LONGEST_TEXT = 300
_MOST_LINKS = 5
_REFRESH = re.compile(r"^\s*([\d.]*)\s*[;,]?\s*(?:url\s*=)?\s*[\"']?\s*([^\"'\s>]+)", re.IGNORECASE)
_LOCATION = re.compile(
    r"""(?:\b(?:window|top|self|parent|document)\s*\.\s*|(?<![\w.$]))location(?:\s*\.\s*href)?\s*=\s*(["'])(?P<set>[^"'\s]+)\1
    | \blocation\s*\.\s*(?:replace|assign)\s*\(\s*(["'])(?P<call>[^"'\s]+)\3
    | \bwindow\s*\.\s*(?:navigate|open)\s*\(\s*(["'])(?P<open>[^"'\s]+)\5(?:\s*,\s*["']_(?:self|top|parent)["'])?""",
    re.VERBOSE,
)
_MOVES = re.compile(r"\blocation\s*(?:\.\s*href)?\s*=(?!=)|\blocation\s*\.\s*(?:replace|assign)\s*\(|window\s*\.\s*(?:open|navigate)\s*\(")
_SUBMITS = re.compile(r"\.submit\s*\(\s*\)")
_NAMED = re.compile(r"\b(\w+)\s*=\s*([\"'])((?:https?:/)?/[^\"'\s]*|[\w\-./]+\.\w{2,5}(?:\?[^\"'\s]*)?)\2")
_TO_NAMED = re.compile(r"\blocation(?:\s*\.\s*href)?\s*=\s*(\w+)\s*[;\n}+]|\blocation\s*\.\s*(?:replace|assign)\s*\(\s*(\w+)\s*[)+]")
_FULL_FRAME = re.compile(r"100\s*%|100v[hw]", re.IGNORECASE)
_DEVICE = re.compile(r"userAgent|screen\s*\.\s*width|platform|mobile", re.IGNORECASE)
_HIDDEN_PATH = re.compile(r"^(?:https?://[^\s]+|/[\w\-./?=&%]+|[\w\-./]+\.s?html?)$")


def read_forward(document: Document) -> Forward | None:
    """Return how and where a page sends its reader on, or None for a page with content of its own."""
    if frames := _frames(document):
        return Forward(kind=ForwardKind.FRAME, targets=frames)
    if len(document.text) > _LONGEST_TEXT or len(document.anchors) > _MOST_LINKS or has_own_content(document):
        return None
    if targets := _resolved(document, refresh_targets(document)):
        return Forward(kind=ForwardKind.META, targets=targets)
    targets = _resolved(document, script_targets(document))
    return Forward(kind=ForwardKind.SCRIPT, targets=targets) if targets or _only_moves(document) else None


def refresh_targets(document: Document) -> tuple[str, ...]:
    """Return the addresses of `<meta http-equiv=refresh>`, as printed; a refresh of the page itself names none."""
    contents = (content for name, content in document.meta if name.lower() == "refresh")
    matches = (_REFRESH.match(content) for content in contents)
    return tuple(match.group(2) for match in matches if match and not match.group(2).isdigit())


def script_targets(document: Document) -> tuple[str, ...]:
    """Return the addresses that the inline scripts go to, as printed."""
    found: dict[str, None] = {}
    moves = False
    for script in _programs(document):
        code = without_script_comments(script)
        if document.text and _DEVICE.search(code):
            # Sends telephones elsewhere: the page itself has something to say.
            continue
        moves = moves or bool(_MOVES.search(code))
        for match in _LOCATION.finditer(code):
            found[match.group("set") or match.group("call") or match.group("open")] = None
        addresses = {match[1]: match[3] for match in _NAMED.finditer(code)}
        found.update((addresses[name], None) for match in _TO_NAMED.finditer(code) if (name := match[1] or match[2]) in addresses)
    if moves and not found and _HIDDEN_PATH.match(hidden := document.text.split("\n")[-1] if document.text else ""):
        # Column jump pages keep the address in a hidden element and read it with a script.
        found[hidden] = None
    return tuple(found)


def _only_moves(document: Document) -> bool:
    """Tell whether a page shows nothing and its script goes elsewhere, to an address put together or held by a form."""
    if document.text or document.anchors or document.tree.css_first(SHELL_ROOTS) is not None:
        return False
    return any(_MOVES.search(script) or _SUBMITS.search(script) for script in _programs(document))


def _programs(document: Document) -> tuple[str, ...]:
    """Return the inline scripts, and what the page runs once it is loaded."""
    onload = (document.tree.body.attributes.get("onload") or "") if document.tree.body else ""
    return (*document.scripts, onload) if onload else document.scripts


def _frames(document: Document) -> tuple[str, ...]:
    """Return the frames of a frameset, or the one frame that fills a page without content."""
    sources = [node.attributes.get("src") or "" for node in document.tree.css("frame[src]")]
    if not sources and len(document.text) < _LONGEST_TEXT and len(document.anchors) <= _MOST_LINKS:
        frames = document.tree.css("iframe[src]")
        sources = [node.attributes.get("src") or "" for node in frames if _FULL_FRAME.search(node.html or "")]
    return _resolved(document, tuple(sources))


def _resolved(document: Document, hrefs: tuple[str, ...]) -> tuple[str, ...]:
    addresses = (document.resolve(href) for href in hrefs)
    return tuple(dict.fromkeys(address for address in addresses if address and address != document.url))
