"""Fonts of the PDF: the standard's own where they are installed, else free ones of the same kind, else what covers the characters."""

from collections.abc import Collection
from enum import StrEnum

from crawler.facts.records import Record
from reports.errors import OutputError


class Role(StrEnum):
    """What a font is for (GB/T 9704-2012)."""

    TITLE = "title"
    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    SONGTI = "songti"


NAMES = {Role.TITLE: "小标宋", Role.FANGSONG: "仿宋", Role.KAITI: "楷体", Role.HEITI: "黑体", Role.SONGTI: "宋体"}
_OWN_KIND = {
    Role.TITLE: (
        "FZXiaoBiaoSong-B05",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "方正小标宋简体",
        "FandolSong",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
    ),
    Role.FANGSONG: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang"),
    Role.KAITI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", "AR PL KaitiM GB", "LXGW WenKai"),
    Role.HEITI: ("SimHei", "黑体", "STHeiti", "FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    Role.SONGTI: (
        "SimSun",
        "宋体",
        "STSong",
        "FandolSong",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "AR PL UMing CN",
        "AR PL SungtiL GB",
    ),
}
_ANY_KIND = tuple(dict.fromkeys(family for role in (Role.SONGTI, Role.HEITI, Role.KAITI, Role.FANGSONG) for family in _OWN_KIND[role]))


class ChosenFonts(Record, frozen=True, kw_only=True):
    """The families of each role, first the one for the text, then others for what it lacks; and the roles without a font of their kind."""

    families: dict[Role, tuple[str, ...]]
    lacking: tuple[Role, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what the reader of a document must know, in Chinese."""
        return tuple(f"PDF：本机没有{NAMES[role]}字体，以“{self.families[role][0]}”代替。" for role in self.lacking)


def choose_fonts(installed: Collection[str]) -> ChosenFonts:
    """Return the fonts to set the bulletin in, from the families installed here.

    A role without a font of its kind falls back to another Chinese font, with a warning. Raises `OutputError` where there is none at all.
    """
    known = {family.casefold(): family for family in installed}
    present = [known[family.casefold()] for family in _ANY_KIND if family.casefold() in known]
    if not present:
        raise OutputError("no_chinese_font")
    families, lacking = {}, []
    for role, candidates in _OWN_KIND.items():
        own = [known[family.casefold()] for family in candidates if family.casefold() in known]
        families[role] = tuple(dict.fromkeys([*own[:1], *present]))
        if not own:
            lacking.append(role)
    return ChosenFonts(families=families, lacking=tuple(lacking))
