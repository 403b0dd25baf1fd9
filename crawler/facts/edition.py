"""The edition of a page: sites have others in traditional characters, or for telephones, in which much is sought in vain."""

import re
from collections.abc import Iterable

_TRADITIONAL = frozenset(
    "們個為國這時會來過學對發開裡後說與當無動實現進種問還經車東長見門點義關係業產電機氣總統計錄條報導務應該處環農鄉鎮縣區廳檢測級織線續給紀約終維網"
    "際陽陸隊階險隨雖雙離難雲靈靜頁項順須預領頭題額願類顯風飛館馬驗體魚黨齊龍態辦聞劃聯濟標識備號資訊證擊戰執護設論議詢諮請調"
)
"""Characters that pages in simplified characters print in quotations and names only."""
_FEWEST = 5


_FOR_TELEPHONES = re.compile(r"手机版|手机网|移动版|移动端|触屏版|WAP版?|触屏", re.IGNORECASE)
_TO_THE_OTHER = re.compile(r"\W*(?:访问|返回|切换[至到]?|进入)?(?:电脑版?|PC版?|PC端|桌面版)(?:网站)?\W*", re.IGNORECASE)


def is_for_telephones(title: str, links: Iterable[str]) -> bool:
    """Tell whether a page is that for telephones: by its title, or by a link to the one for desks."""
    return _FOR_TELEPHONES.search(title) is not None or any(_TO_THE_OTHER.fullmatch(name) for name in links)


def is_traditional(text: str) -> bool:
    """Tell whether a text is told in traditional characters: several different ones of those that are met most."""
    return len(_TRADITIONAL.intersection(text)) >= _FEWEST


def holds_traditional(title: str) -> bool:
    """Tell whether a title holds any character that a search over simplified ones does not find."""
    return not _TRADITIONAL.isdisjoint(title)
