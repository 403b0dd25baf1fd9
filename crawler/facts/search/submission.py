"""What scripts do to a search form when it is sent: many encode the words, or send them to another address."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

_SENDERS = "input[type=submit], input[type=button], input[type=image], button, a, img"
_CALLED = re.compile(r"(?<![.\w$])([A-Za-z_$][\w$]*)\s*\(")
_HARMLESS = frozenset({"if", "return", "alert", "confirm", "trim", "function", "typeof", "$", "jQuery"})
_CHANGES = re.compile(
    r"\.value\s*=(?!=)|\.val\s*\(\s*[^)\s]|\baction\b|location|\.open\s*\(|encode|escape|base64|\.ajax|\$\.(?:get|post)|createElement",
    re.IGNORECASE,
)
_LONGEST_FUNCTION = 1_500
_TOKEN = re.compile(r"token|csrf|nonce|sign(?:ature)?$|timestamp", re.IGNORECASE)
"""Hidden fields that a script fills in before the form is sent, where they are empty."""


def is_changed_by_script(form: LexborNode, scripts: Sequence[str]) -> bool:
    """Tell whether the handlers of a form or of its buttons may change what it sends, or where to.

    A handler that only looks whether something was typed changes nothing. One whose function is in a file that was not read may.
    """
    if any(
        _TOKEN.search(node.attributes.get("name") or "") and not node.attributes.get("value") for node in form.css("input[type=hidden]")
    ):
        return True
    code = list(_handlers(form))
    for _ in range(2):
        for name in {name for part in code for name in _CALLED.findall(part)} - _HARMLESS:
            body = _body_of(name, scripts)
            if body is None:
                return True
            code.append(body)
    return any(_CHANGES.search(part) for part in code)


def _handlers(form: LexborNode) -> Iterator[str]:
    yield form.attributes.get("onsubmit") or ""
    for button in form.css(_SENDERS):
        yield (button.attributes.get("onclick") or "").removeprefix("javascript:")


def _body_of(name: str, scripts: Sequence[str]) -> str | None:
    """Return the text of a function from its opening brace on; None where no script of the page holds it."""
    head = re.compile(rf"(?:function\s+{re.escape(name)}\s*|\b{re.escape(name)}\s*=\s*function\s*)\([^)]*\)\s*\{{")
    for script in scripts:
        if found := head.search(script):
            return _until_closed(script[found.end() : found.end() + _LONGEST_FUNCTION])
    return None


def _until_closed(text: str) -> str:
    depth = 1
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if not depth:
            return text[:position]
    return text
