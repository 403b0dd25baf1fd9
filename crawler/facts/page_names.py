"""What a page is called and where it stands: by its title, its page tags and its breadcrumb."""

import re

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

_BREADCRUMB = Phrase(
    r"(?:当 ?前|所 ?在|[您你] ?的|现 ?在|目 ?前|页面)的?\s*(?:页面)?位\s*置|位 ?置\s*[:：]"
    r"|当前栏目\s*[:：]|(?<![^\n])(?:网站)?首\s*页\s*(?:>+|»"
    r"|›|→|-\s*>)"
    r"|(?<![^\n])(?:网站)?首\s?页 ?[-—/] ?[\u4e00-\u9fff]{2,12}(?: ?[-—/] ?[\u4e00-\u9fff]{2,12})?\n"
)
HOME_COLUMN = re.compile(r"(?:网站|本站)?(?:首\s*页|主\s*页)|home|index", re.IGNORECASE)
TITLE_PARTS = re.compile(r"\s*(?:[-_|—–>«»]+|\s[·•]\s)\s*")
_SITE_NAME = re.compile(
    r"(?:政府|门户|网|网站群?|局|委员会|委|厅|办公室|办|中心|院|部|处|馆|校|学会|协会|信息港|之窗|在线|平台|管委会|公署|大学"
    r"|首\s*页)(?:[(（][^)）]*[)）])?$|^(?:首\s*页|欢迎)|门户网站|官方网站|官网|欢迎您|^中国\s?[·•]?\s?[\u4e00-\u9fff]{2,6}$"
    r"|^[\u4e00-\u9fff]{2,10}(?:[大支总]队|调查队|海关|监狱|中学|小学|幼儿园|医院|党校|[县市区省]委|人大|常委会|政协|总工会|妇联|残联|科协|文联|侨联|工商联|供销社|红十字会"
    r"|开发区|高新区|新区|[农林牧]场|(?:试验|示范|保税|自贸|园)区|街道|[镇乡县市区州盟旗])$"
)
_TITLE_LABEL = re.compile(r"^(?:标\s*题|(?:信息|文件)?名\s*称)\s*[:：]\s*")
_LEAST_ALIKE = 0.7
"""The share of its pairs of characters that a headline has in common with the title."""


def is_inner(document: Document) -> bool:
    """Tell whether a page says that it lies below the homepage: a breadcrumb of columns, or the page tags of columns and articles."""
    column_name = document.meta_content("ColumnName")
    named = bool(column_name and not HOME_COLUMN.fullmatch(column_name))
    return named or bool(document.meta_content("ArticleTitle")) or has_breadcrumb(document)


def has_breadcrumb(document: Document) -> bool:
    """Tell whether the page says where it stands; a marker with no names after it is left for a script, on homepages too."""
    breadcrumb = document.derived(read_breadcrumb)
    return bool(_BREADCRUMB.occurs(document.text)) and (breadcrumb is None or bool(breadcrumb.names))


def is_site_name(document: Document) -> bool:
    """Tell whether the title names the site and nothing else."""
    site = document.meta_content("SiteName")
    if site and document.title == site:
        return True
    first = TITLE_PARTS.split(document.title)[0].strip("【】[] ")
    return len(first) <= 30 and bool(_SITE_NAME.search(first))


def is_named_within_site(document: Document) -> bool:
    """Tell whether the title names something first and the site last, as pages below the homepage do."""
    parts = TITLE_PARTS.split(document.title)
    return len(parts) > 1 and not _SITE_NAME.search(parts[0]) and bool(_SITE_NAME.search(parts[-1]))


def title_heads_text(document: Document) -> bool:
    """Tell whether the first part of the title stands as a line of its own in the page, as the headline of an article does.

    The two are often typed separately: a line that is nearly the same counts.
    """
    first = TITLE_PARTS.split(document.title)[0]
    if len(first) < 8 or _SITE_NAME.search(first):
        return False
    lines = document.text.split("\n")
    return any(line == first or _is_alike(line, first) or (first in line and _TITLE_LABEL.sub("", line) == first) for line in lines)


def _is_alike(line: str, title: str) -> bool:
    """Compare by the pairs of characters that two lines of about the same length share."""
    if len(title) < 12 or not 0.75 * len(title) <= len(line) <= 1.34 * len(title):
        return False
    pairs, wanted = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (line, title))
    return len(pairs & wanted) >= _LEAST_ALIKE * min(len(pairs), len(wanted)) and line[0] == title[0]
