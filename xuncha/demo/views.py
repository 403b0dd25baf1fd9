"""What the templates are given: links, blocks, columns and the frame of every page, as plain values."""

from dataclasses import dataclass
from datetime import date

from xuncha.demo.addresses import SCHEMES, Scheme
from xuncha.demo.content import Content, Filling, Section
from xuncha.demo.site import Break, Site, Style, Trap

GROUP_SLUGS = {"新闻中心": "xwzx", "政务公开": "zwgkpd", "新闻动态": "xwpd", "信息公开": "xxgk"}
PAGE_SIZE = 15
BLOCK_SIZE = 6
INTERACTION = {Style.DEPARTMENT: "公众参与", Style.GATEWAY: "网上咨询", Style.TABLES: "领导信箱", Style.PORTAL: "政民互动"}
"""What the styles call their interaction area; the others say 互动交流."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a list or of the navigation."""

    title: str
    url: str
    day: date | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A named list on a homepage or channel page."""

    name: str
    url: str
    links: tuple[Link, ...]
    filling: Filling = Filling.LIST


@dataclass(frozen=True, slots=True)
class Menu:
    """An entry of the navigation with what opens below it."""

    name: str
    url: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a column: `addresses` in order, the current one counted from 1."""

    page: int
    total: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks the footer shows."""

    party: bool
    code: bool
    icp: bool
    police: bool
    feedback: bool
    feedback_picture: bool


def marks_of(site: Site) -> Marks:
    """Return the marks that the site's footer shows."""
    others = not site.breaks & {Break.NO_MARKS, Break.ICP_ONLY}
    code = others and site.code is not None
    return Marks(
        party=others,
        code=code,
        icp=Break.NO_MARKS not in site.breaks,
        police=others,
        feedback=not site.breaks & {Break.NO_FEEDBACK, Break.FEEDBACK_PICTURE},
        feedback_picture=Break.FEEDBACK_PICTURE in site.breaks,
    )


class Builder:
    """Turns the content of a site into what its templates print."""

    def __init__(self, site: Site, style: Style, content: Content) -> None:
        self.site, self.style, self.content = site, style, content
        self.scheme: Scheme = SCHEMES[style]
        self.numbers = {section.slug: 11 + place for place, section in enumerate(content.sections)}

    def interaction_name(self) -> str:
        """Return what the site calls its interaction area."""
        return INTERACTION.get(self.style, "互动交流")

    def column_url(self, section: Section, page: int = 1) -> str:
        """Return the address of a page of a column."""
        return self.scheme.column_address(section, self.numbers[section.slug], page)

    def links(self, section: Section) -> tuple[Link, ...]:
        """Return the entries of a column as links."""
        index = self.numbers[section.slug]
        return tuple(
            Link(entry.title, self.scheme.article_address(section, index, entry), entry.printed, entry.pinned) for entry in section.entries
        )

    def block(self, section: Section, size: int = BLOCK_SIZE) -> Block:
        """Return the head of a column as a block."""
        return Block(section.name, self.column_url(section), self.links(section)[:size], section.filling)

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the homepage."""
        return tuple(self.block(section) for section in self.content.sections if section.on_homepage)

    def groups(self) -> dict[str, list[Section]]:
        """Return the columns by the group they stand in."""
        groups: dict[str, list[Section]] = {}
        for section in self.content.sections:
            groups.setdefault(section.group, []).append(section)
        return groups

    def channel_url(self, group: str) -> str:
        """Return the address of a group's second-level page."""
        return self.scheme.channel.format(slug=GROUP_SLUGS[group])

    def interaction_links(self) -> tuple[Link, ...]:
        """Return the channels of the interaction area: the site's own letter box, or what it points to instead."""
        others = tuple(Link(label, url) for label, url in self.content.channels)
        if not self.content.letters:
            return others
        return (Link("领导信箱", self.scheme.letters), Link("我要写信", self.scheme.writing), *others)

    def menu(self) -> tuple[Menu, ...]:
        """Return the navigation."""
        menu = [
            Menu(group, self.channel_url(group), tuple(Link(section.name, self.column_url(section)) for section in sections))
            for group, sections in self.groups().items()
        ]
        menu.append(Menu("办事服务", self.scheme.guides, (Link("办事指南", self.scheme.guides),)))
        interaction = self.interaction_links()
        if self.content.letters:
            menu.append(Menu(self.interaction_name(), self.scheme.letters, interaction))
        else:
            menu += [Menu(link.title, link.url) for link in interaction]
        return tuple(menu)

    def reports(self) -> tuple[Link, ...]:
        """Return the yearly reports as links."""
        return tuple(
            Link(report.title, self.scheme.report_address(report.published, 9000 + n)) for n, report in enumerate(self.content.reports)
        )

    def frame(self, neighbours: tuple[Link, ...]) -> dict[str, object]:
        """Return what every page of the site prints around its own matter."""
        return {
            "site": self.site,
            "style": self.style.value,
            "marks": marks_of(self.site),
            "menu": self.menu(),
            "scheme": self.scheme,
            "home_url": "/",
            "reports": self.reports(),
            "neighbours": neighbours,
            "announcement": self.content.announcement,
            "interaction_links": self.interaction_links(),
            "interaction_name": self.interaction_name(),
            "interaction_heading": self.interaction_name() if self.content.letters else "信访举报",
            "searchable": not self.site.breaks & {Break.NO_SEARCH, Break.SITE_MAP_FOR_SEARCH},
            "site_map_for_search": Break.SITE_MAP_FOR_SEARCH in self.site.breaks,
            "dates_shown": Break.UNDATED_HOMEPAGE_OF_LAST_YEAR not in self.site.breaks,
            "footer_by_script": Trap.SCRIPT_FOOTER in self.site.traps,
            "commented_widgets": Trap.COMMENTED_WIDGETS in self.site.traps,
        }
