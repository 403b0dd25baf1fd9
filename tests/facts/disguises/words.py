"""Other words, spaces and signs for the same thing."""

import re

from tests.facts.disguises.tree import Element, rearranges, rewrites_texts

_LABEL = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?=[:：])")
_LABEL_COLON = re.compile(r"(?<=[\u4e00-\u9fff])\s*[:：∶]")
_MORE = re.compile(r"\s*(?:查看)?(?:更\s*多|more)\s*(?:>>|»|＞＞|\+|…|\.\.\.)?\s*", re.IGNORECASE)
_SYNONYMS = (
    ("发布时间", "发稿日期"),
    ("发布日期", "发布时间"),
    ("信息来源", "来源"),
    ("主办单位", "主办"),
    ("承办单位", "承办"),
    ("网站标识码", "政府网站标识码"),
    ("您当前的位置", "当前位置"),
    ("您现在的位置", "您所在的位置"),
    ("联系电话", "咨询电话"),
    ("已回复", "已办结"),
    ("已答复", "已回复"),
    ("回复时间", "答复时间"),
    ("答复时间", "回复时间"),
    ("提交时间", "来信时间"),
    ("来信时间", "写信时间"),
    ("网站地图", "站点地图"),
    ("上一页", "上页"),
    ("下一页", "下页"),
)


def _replaced(text: str) -> str:
    for word, other in _SYNONYMS:
        if word in text:
            return text.replace(word, other)
    return text


@rewrites_texts
def labels_in_other_words(text: str) -> str:
    """Stand for other words for the same label."""
    return _replaced(text)


@rewrites_texts
def labels_with_spaces(text: str) -> str:
    """Stand for labels that are spaced out to one width: 来　源."""
    return _LABEL.sub(lambda match: "　".join(match[1]), text)


@rewrites_texts
def labels_with_hard_spaces(text: str) -> str:
    """Stand for labels that are spaced out with `&nbsp;`."""
    return _LABEL.sub(lambda match: "\xa0\xa0".join(match[1]), text)


@rewrites_texts
def colons_narrow(text: str) -> str:
    """Stand for ASCII colons."""
    return text.replace("：", ":")


@rewrites_texts
def colons_wide(text: str) -> str:
    """Stand for full-width colons behind labels."""
    return _LABEL_COLON.sub("：", text)


@rewrites_texts
def colons_as_ratio_signs(text: str) -> str:
    """Stand for the ratio sign that some input methods write for a colon."""
    return _LABEL_COLON.sub("∶", text)


@rewrites_texts
def colons_left_out(text: str) -> str:
    """Stand for labels with a space in place of the colon."""
    return _LABEL_COLON.sub(" ", text)


@rewrites_texts
def colons_with_spaces(text: str) -> str:
    """Stand for colons with spaces on both sides."""
    return _LABEL_COLON.sub("\xa0：\xa0", text)


@rewrites_texts
def labels_in_brackets(text: str) -> str:
    """Stand for labels in lenticular brackets: 【来源】."""
    return re.sub(r"(?<![\u4e00-\u9fff])(?!\w*[备码])([\u4e00-\u9fff]{2,6})[:：]", r"【\1】", text)


@rewrites_texts
def texts_padded(text: str) -> str:
    """Stand for texts that begin with full-width spaces and end with hard ones."""
    return f"　　{text.strip()}\xa0 " if text.strip() else text


@rewrites_texts
def full_width_signs(text: str) -> str:
    """Stand for brackets, slashes and bars in full width."""
    return text.translate(str.maketrans("[]()|", "［］（）｜"))


@rewrites_texts
def invisible_characters(text: str) -> str:
    """Stand for the byte order marks and zero-width spaces that files put together leave in a page."""
    return f"\ufeff{text}\u200b" if text.strip() else text


def _more(words: str, body: Element) -> None:
    for link in body.all("a"):
        if _MORE.fullmatch(link.text) and not link.elements:
            link.children = [words]


@rearranges
def more_in_english(body: Element) -> None:
    """Stand for MORE>> in place of 更多."""
    _more("MORE>>", body)


@rearranges
def more_as_plus(body: Element) -> None:
    """Stand for a plus sign in place of 更多."""
    _more("+", body)


@rearranges
def more_as_picture(body: Element) -> None:
    """Stand for a picture in place of 更多."""
    for link in body.all("a"):
        if _MORE.fullmatch(link.text):
            link.children = [Element("img", {"src": "/images/more.gif", "alt": "更多"})]


@rearranges
def breadcrumbs_with_other_signs(body: Element) -> None:
    """Stand for breadcrumbs whose steps are parted by ›› in place of >."""
    for element in body.walk():
        element.children = [
            re.sub(r"^(\s*)[>＞»/](\s*)$", r"\1››\2", child) if isinstance(child, str) else child for child in element.children
        ]


@rearranges
def titles_cut(body: Element) -> None:
    """Stand for titles that are cut for their row and whole in the title attribute."""
    for link in body.all("a"):
        if not link.elements and len(text := link.text.strip()) > 14 and not re.search(r"备|\d{5}", text):
            link.attributes["title"] = text
            link.children = [text[:12] + "..."]


@rearranges
def titles_repeated(body: Element) -> None:
    """Stand for links whose title attribute repeats their text."""
    for link in body.all("a"):
        if text := " ".join(link.text.split()):
            link.attributes.setdefault("title", text)


@rearranges
def breadcrumbs_unparted(body: Element) -> None:
    """Stand for breadcrumbs whose signs are painted by the style sheet."""
    for element in body.walk():
        element.children = [
            re.sub(r"^\s*(?:[>＞»/]|>>|&gt;)\s*$", " ", child) if isinstance(child, str) else child for child in element.children
        ]
