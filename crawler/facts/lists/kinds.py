"""Lists that are no lists of entries, told from the names in them."""

import re

from crawler.facts.lists.items import ENTRY_LENGTH, ItemList

_OFFICE = re.compile(
    r"(?:局|委|委员会|政府|办公室|办|网|网站|厅|院|部|中心|站|大学|学院|学校|公司|集团|系统|平台|协会|法院|检察院|开发区|园区|县|市|区|备案.{0,4}|[备证字]\D{0,3}\d{5,}号(?:-\d+)?)$"
)
_LONGEST_OFFICE = 16
_CLAIMED = 30
_UTILITY = re.compile(
    r"关于(?:我们|本站)|联系我们|联系方式|网站(?:地图|声明|帮助)|使用帮助|站点地图|版权声明|隐私|无障碍|(?:我要)?纠错|(?:【|\[)?(?:打印|关闭)|分享|收藏"
    r"|上一[篇条]|下一[篇条]"
)


def names_offices(found: ItemList) -> bool:
    """Tell whether a list is one of links to offices and other sites: at least half of its names end like such names."""
    titles = [item.title for item in found.items]
    return sum(len(title) <= _LONGEST_OFFICE and _OFFICE.search(title) is not None for title in titles) * 2 >= len(titles)


def offers_utilities(found: ItemList) -> bool:
    """Tell whether a list is one of links that every page has: print, close, share, about us."""
    return sum(_UTILITY.search(item.title) is not None for item in found.items) >= 2


def holds_entries(found: ItemList) -> bool:
    """Tell lists of entries from menus and lists of offices: dates beside them, or titles as long as titles are."""
    if found.dated:
        return True
    titles = [item.title for item in found.items]
    if len(titles) < 2 or sum(min(len(title), _CLAIMED) for title in titles) < ENTRY_LENGTH * len(titles):
        return False
    return not names_offices(found) and not offers_utilities(found)
