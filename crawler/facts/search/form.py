"""The site's own search box: a form that can be sent as it stands, or one that only a script can send."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.facts.records import SearchForm, SearchState
from crawler.facts.search.nodes import excerpt_of, names_of, words_of
from crawler.facts.search.scope import searches_a_part
from crawler.facts.search.submission import is_changed_by_script
from crawler.facts.search.traces import read_trace
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.text import collapse

_SEARCH = Phrase(
    r"搜\s*索|搜一[搜下]|搜[你您]|[要在想]搜|(?<![\u4e00-\u9fff])搜(?![\u4e00-\u9fff])|想(?:要|了解|查|找)|检\s*索|查找|站内|全文|全站|关键[字词]|输入标题|search|sousuo|jiansuo|soso|quanwen|(?<![a-z])(?:sous?|ssk?)(?![a-z])|so\.html|/s\?|/s$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:q|qt|s|kw|wd|key|word|query|search|keyword|keywords|kw_temp|intext|showkeycode|searchword|search_?(?:text|key|input|content"
    r"|txt)?|"
    r"(?:txt|head|site|in)?(?:search|key)_?(?:words?|key|text|content|input|value)?\d?|sou|souso|sousuo|title)",
    re.IGNORECASE,
)
_OTHER_QUERY = Phrase(
    r"受理|办件|办理(?:号|编号|进度)|申请[号编单]|查询[码号]|编号|密码|口令|验证码|身份证|手机|姓名|用户名|账号|帐号|登[录陆]|流水号"
    r"|案号|企业名|信用代码|邮箱|信件|留言|学号|准考证"
    r"|login|passw|user_?name|e-?mail|captcha|verify|valid(?:ate)?code|rand_?code|bianhao|subscri",
    re.IGNORECASE,
)
_NARROW = Phrase(r"职位|岗位|招聘|书名|题名|办[理事]\S{0,2}事项|事项名称|航班|车次|公交|车牌|景[区点]|药品|楼盘|房源|快递|天气|邮编")
"""What a search of one matter asks for: it may be all the site has, yet what is searched for there proves nothing about the site."""
_OTHER_FORM = re.compile(r"leader_?mail|guest_?book|gb_?book|mailbox|letter", re.IGNORECASE)
_MOST_CONTROLS = 150
_FIELDS_LOOKED_AT = 10
"""Of one form or element: with more of them it is there to be filled in, not to search."""
_LINKS_IN_A_FORM = 25
_BOX_TEXT = 150
_MOST_FIELDS = 3
_TYPED = frozenset({"", "text", "search"})
_LEADS_TO_ANSWER = re.compile(r"query|find(?!_?(?:pass|pwd))|chaxun|result|jieguo|retriev|(?<![a-z])so(?![a-z])", re.IGNORECASE)
_NO_SEARCH = re.compile(
    r"页|跳|日期|时间|金额|数|投票|调查|评论|复制|page|date|time|calc|https?:|vote|survey|comment|share|num|count", re.IGNORECASE
)
_ASKED = "input[type=text], input:not([type]), input[type=radio], input[type=checkbox], input[type=password], textarea"
_PRESSED = "input[type=submit], input[type=button], input[type=image], button, img, a"
_UNUSABLE_ACTION = re.compile(r"\s*(?:#|javascript:|about:|void|$)", re.IGNORECASE)


class _Box(NamedTuple):
    """A text field that may be a search box, and its form where it has one."""

    field: LexborNode
    form: LexborNode | None
    rank: int
    narrow: bool
    """It asks for one matter only."""


def read_search_form(document: Document) -> SearchForm:
    """Return the search box of a page.

    PRESENT: a form with an address; JS_ONLY: a field, a frame or a page of its own, which need a script or a further step.
    """
    boxes = list(_boxes(document))
    if not boxes:
        return read_trace(document) or SearchForm()
    best = max(boxes, key=lambda box: box.rank + _can_be_sent(box))
    if not best.rank and (trace := read_trace(document)):
        return trace
    return _present(document, best, best.form) if best.form is not None and _can_be_sent(best) else _script_driven(best)


def _can_be_sent(box: _Box) -> bool:
    return box.form is not None and not box.narrow and not _UNUSABLE_ACTION.match(box.form.attributes.get("action") or "#")


def _boxes(document: Document) -> Iterator[_Box]:
    last_form: LexborNode | None = None
    fields: Counter[int] = Counter()
    for node in document.tree.css("form, input")[:_MOST_CONTROLS]:
        if node.tag == "form":
            last_form = node
            continue
        attributes = node.attributes
        if (attributes.get("type") or "").strip().lower() not in _TYPED:
            continue
        form = _form_of(node, last_form)
        if (around := form if form is not None else node.parent) is not None:
            fields[around.mem_id] += 1
            if fields[around.mem_id] > _FIELDS_LOOKED_AT:
                continue
        if rank := _rank(document, node, form):
            narrow = bool(_NARROW.occurs(words_of(node)))
            yield _Box(node, form, 1 if narrow else rank, narrow)
        elif _says_nothing(node, form):
            yield _Box(node, form, 0, narrow=True)


def _says_nothing(node: LexborNode, form: LexborNode | None) -> bool:
    """Tell whether a field stands alone with something to press and without a word of what it asks for: it may be the search."""
    box = form if form is not None else _surroundings(node)
    if box is None or len(box.css(_ASKED)) != 1 or box.css_first(_PRESSED) is None:
        return False
    seen = f"{words_of(node)} {words_of(box)} {_near_text(box)}"
    return not _OTHER_QUERY.occurs(seen) and not _NO_SEARCH.search(seen)


def _form_of(node: LexborNode, last_form: LexborNode | None) -> LexborNode | None:
    """Return the form of a field; a form torn out of its table by the parser stands empty before its fields."""
    parent = node.parent
    while parent is not None:
        if parent.tag == "form":
            return None if _wraps_page(parent) else parent
        parent = parent.parent
    return last_form if last_form is not None and last_form.css_first("input") is None else None


def _wraps_page(form: LexborNode) -> bool:
    """Tell whether a form is wrapped around the whole page, as ASP.NET does: what is sent by it only a script knows."""
    return len(form.css("a")) > _LINKS_IN_A_FORM


def _rank(document: Document, node: LexborNode, form: LexborNode | None) -> int:
    """Return how much speaks for a site search; 0 for a field that asks for something else."""
    own = words_of(node)
    around = words_of(form) if form is not None else ""
    near = _near_text(form if form is not None else node.parent)
    wide = near if form is not None else near + _near_text(_surroundings(node))
    if _OTHER_QUERY.occurs(own) or _OTHER_FORM.search(around) or (form is not None and _asks_for_more(form)):
        return 0
    name = (node.attributes.get("name") or node.attributes.get("id") or "").strip()
    if form is None and node.parent is not None:
        wide = f"{wide} {names_of(node.parent)}"
    is_search = (node.attributes.get("type") or "").strip().lower() == "search" or bool(_SEARCH.occurs(own))
    rank = 2 * is_search + 2 * bool(_SEARCH.occurs(around)) + bool(_FIELD.fullmatch(name)) + bool(_SEARCH.occurs(wide))
    if rank <= 2 and _OTHER_QUERY.occurs(near + around):
        return 0
    return rank or int(form is not None and _is_bare_search(form))


def _is_bare_search(form: LexborNode) -> bool:
    """Tell whether a form without a word is a search all the same: one field, something to press, an address that answers."""
    if len(form.css("input[type=text], input:not([type])")) != 1 or form.css_first(_PRESSED) is None:
        return False
    return (form.attributes.get("method") or "get").strip().lower() == "get" and bool(
        _LEADS_TO_ANSWER.search(form.attributes.get("action") or "")
    )


def _asks_for_more(form: LexborNode) -> bool:
    """Tell whether a form wants a password, a text, or many fields: then it is no search box of a page's head."""
    if form.css_first("input[type=password], textarea") is not None:
        return True
    return len(form.css("input[type=text], input:not([type])")) > _MOST_FIELDS


def _surroundings(node: LexborNode) -> LexborNode | None:
    """Return the largest small box around a field outside of forms: cell, row or bar."""
    box = parent = node.parent
    for _ in range(3):
        if parent is None or len(parent.text()) > _BOX_TEXT:
            break
        box, parent = parent, parent.parent
    return box


def _near_text(node: LexborNode | None) -> str:
    """Return the text, button values and picture names around a field, as far as they are short."""
    if node is None:
        return ""
    text = collapse(node.text())
    if len(text) > 300:
        return ""
    buttons = node.css("input[type=submit], input[type=button], input[type=image], button, img, a")[:8]
    return text + " " + " ".join(words_of(button) for button in buttons)


def _present(document: Document, box: _Box, form: LexborNode) -> SearchForm:
    method = (form.attributes.get("method") or "get").strip().lower()
    return SearchForm(
        state=SearchState.PRESENT,
        action=document.resolve(form.attributes.get("action")),
        method=method if method in ("get", "post") else "get",
        field=box.field.attributes.get("name") or None,
        hidden=tuple(_other_fields(form, box.field)),
        scripted=is_changed_by_script(form, document.scripts),
        partial=searches_a_part(form, box.field),
        excerpt=excerpt_of(form),
    )


def _script_driven(box: _Box) -> SearchForm:
    field = box.field.attributes.get("name") or box.field.attributes.get("id")
    return SearchForm(state=SearchState.JS_ONLY, field=field or None, excerpt=excerpt_of(box.field))


def _other_fields(form: LexborNode, field: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield what a browser would send beside the typed words: hidden fields, checked boxes, the first or chosen option."""
    for node in form.css("input[name], select[name]"):
        attributes = node.attributes
        name = attributes.get("name") or ""
        kind = (attributes.get("type") or "text").lower()
        if not name or node.mem_id == field.mem_id or name == field.attributes.get("name"):
            continue
        if node.tag == "select":
            option = node.css_first("option[selected]") or node.css_first("option")
            if option is not None:
                yield name, option.attributes.get("value") or collapse(option.text())
        elif kind == "hidden" or (kind in ("radio", "checkbox") and "checked" in attributes):
            yield name, attributes.get("value") or ""
    yield from _pressed(form)


def _pressed(form: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield what the first button of a form adds to it: some answer nothing without it."""
    button = form.css_first("input[type=submit], input[type=image], button:not([type=button]):not([type=reset])")
    if button is None:
        return
    name = button.attributes.get("name") or ""
    if (button.attributes.get("type") or "").lower() == "image":
        prefix = f"{name}." if name else ""
        yield from ((f"{prefix}{axis}", "1") for axis in "xy")
    elif name:
        yield name, button.attributes.get("value") or ""
