"""The flat sequences say of a page what its tree says, on careless and hostile markup too."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.facts.tree.elements import Elements
from crawler.facts.tree.text import collapse

_TEXTLESS = frozenset({"option", "textarea", "template", "svg", "title", "button", "object", "iframe"})


def elements(body: str) -> Elements:
    return Elements(LexborHTMLParser(f"<html><body>{body}</body></html>").body, ())


def _walked(body: str) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    root = LexborHTMLParser(f"<html><body>{body}</body></html>").body
    assert root is not None
    nodes: list[LexborNode] = list(root.traverse(include_text=True))
    seen = [node for node in nodes if node.tag and not node.tag.startswith("-")]
    tags = [(node.tag or "", {name: value or "" for name, value in node.attributes.items()}) for node in seen]
    texts = [
        text
        for node in nodes
        if node.tag == "-text"
        and node.parent is not None
        and node.parent.tag not in _TEXTLESS
        and (text := collapse(node.text_content or ""))
    ]
    return tags, texts


MARKUP = (
    '<div class="a"" onclick="if(a>b&&c<d) x()" title=\'一"二\' =y="1" a<b="2" hidden>&amp;lt; &nbsp; &gt; 公告</div>',
    "<ul><li>一<li>二<p>三</ul></div></b>尾",
    "<iframe src=x><b>不读</b></iframe><noframes><b>原样</b></noframes><p>后",
    "<template><p>模板<template><p>内</template></template><p>后",
    '甲<!-- <p>注</p> -->乙<!x>丙<?php echo "a>b" ?>丁</ >戊<!-- 未完 <p>己',
    "<table>外<tr><td>一<td>二<tr><td>三</table><img src=a alt=图><br><hr><input value='&quot;'>",
    "<svg><clipPath a=1></clipPath><foreignObject><p>内</p></foreignObject></svg><select><option>一<option>二</select>",
    "<textarea>\n\n<b>字</textarea><pre>\n\n前</pre><plaintext></b><i>余",
    "<a title='x href=' href='/b'>链</a><a href>空</a>",
)


def test_elements_attributes_and_texts_are_those_of_the_tree() -> None:
    for body in MARKUP:
        flat, (tags, texts) = elements(body), _walked(body)
        assert [(tag, flat.attributes(element)) for element, tag in enumerate(flat.tags)] == tags
        # A comment does not cut a text in two here.
        assert "".join(flat.texts) == "".join(texts)
        for element, (_, attributes) in enumerate(tags):
            assert {name: flat.attribute(element, name) for name in attributes} == attributes


def test_every_element_covers_what_stands_in_it() -> None:
    flat = elements("<div><p>一<b>二</b>三</p><img></div><p>四</p>")
    div, first, second = flat.with_tags("div", "p")
    assert flat.texts[flat.starts[div] : flat.stops[div]] == ["一", "二", "三", ""]
    assert (flat.children(div), flat.within(div, "b", "img")) == ([first, first + 2], [first + 1, first + 2])
    assert flat.ancestors(first) == [first, div, 0]
    assert flat.running_text(first) == "一二三"
    assert flat.markup_of(first) == "<p>\n一<b>二</b>三</p>"
    assert flat.running_text(second) == "四"


def test_a_page_without_markup_is_empty() -> None:
    assert Elements(None, ()).tags == []
