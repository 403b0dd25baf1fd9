"""Whether a search box, sent as it stands, searches a part of the site only."""

import re

from selectolax.lexbor import LexborNode

from crawler.facts.search.nodes import words_of
from crawler.facts.tree.text import collapse

_WIDE = re.compile(
    r"全部|所有|全站|站内|站群|本站|网站|不限|综合|智能|默认|选择|全文|标\s*题|题名|主题|内\s*容|正文|关键|百度|时间|日期|相关|匹配|精确|模糊|[升降]序"
)
"""Choices under which a title of any part of the site must be found: the whole site, or where in a text the words stand."""
_PART = re.compile(r"公开目录|信息公开|(?:政策|公文|文件|法规)(?:库|名称|检索|查询|搜索)?|索引号|文号|发文")
_LONGEST_LABEL = 20
_DAY = re.compile(r"20\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?(?:\s.*)?")


def searches_a_part(form: LexborNode, field: LexborNode) -> bool:
    """Tell whether the preset choice of a search form, or what its field asks for, is one part of the site."""
    if _PART.search(words_of(field)):
        return True
    if any(_DAY.fullmatch(collapse(node.attributes.get("value") or "")) for node in form.css("input[name]")):
        return True  # of what was published in a time that is set beforehand
    if any(len(menu.css("option")) > 1 and not _WIDE.search(_chosen_option(menu)) for menu in form.css("select[name]")):
        return True
    named = [node.attributes.get("name") for node in form.css("input[type=radio][name]")]
    checked = [node for node in form.css("input[type=radio][name]") if "checked" in node.attributes]
    return any(named.count(node.attributes.get("name")) > 1 and not _WIDE.search(_label_of(node)) for node in checked)


def _chosen_option(menu: LexborNode) -> str:
    option = menu.css_first("option[selected]") or menu.css_first("option")
    return collapse(option.text()) if option is not None else ""


def _label_of(button: LexborNode) -> str:
    """Return the text after a radio button, up to the next element with text of its own."""
    following, text = button.next, ""
    while following is not None and following.tag != "input" and len(text) < _LONGEST_LABEL:
        text += following.text()
        following = following.next
    if not text.strip() and button.parent is not None and button.parent.tag == "label":
        text = button.parent.text()
    return collapse(text)[:_LONGEST_LABEL]
