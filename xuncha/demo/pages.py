"""The pages of a demo site on a day: address -> template and values, rendered when asked for."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jinja2
from markupsafe import Markup

from xuncha.demo import numbers
from xuncha.demo.content import Content, Entry, Guide, Section
from xuncha.demo.site import Break, Site, Style, Trap
from xuncha.demo.views import PAGE_SIZE, Builder, Link, Pager

_TEMPLATES = Path(__file__).parent / "templates"
LETTER_TABLES = frozenset({Style.TABLES, Style.DATED_PATHS, Style.TABS, Style.PORTAL, Style.GRID_FORMS})
"""Styles whose letter box is a table with the state of each letter; in the others the state stands on the letters' own pages."""
GUIDE_TABLES = frozenset({Style.TABLES, Style.NUMBERED_COLUMNS, Style.PORTAL, Style.GATEWAY, Style.GRID_FORMS})
"""Styles whose service guides are tables; in the others they are headings with paragraphs."""

Page = tuple[str, dict[str, Any]]
"""A page not yet rendered: the name of its template and the values for it."""
Addressed = tuple[str, Page]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for function in (numbers.icp_number, numbers.police_number, numbers.police_letter, numbers.party_mark_path, numbers.party_mark_token):
        environment.filters[function.__name__] = function
    environment.filters["written_by_script"] = _written_by_script
    environment.filters["body_as_json"] = _body_as_json
    return environment


def _written_by_script(markup: str) -> Markup:
    """Return the script that writes a piece of markup, line by line."""
    lines = (json.dumps(line.strip(), ensure_ascii=False) for line in str(markup).splitlines() if line.strip())
    return Markup("\n").join(Markup("document.writeln({});").format(Markup(line)) for line in lines)


def _body_as_json(page: str) -> Markup:
    """Return the content of a page as a script gets it that puts it into an empty one."""
    body = re.split(r"(?i)<body[^>]*>|</body>", str(page))[1]
    return Markup(json.dumps({"html": body}, ensure_ascii=False))


def render_notice(name: str, site: Site) -> str:
    """Return a page that stands in the place of a whole site: a notice, a challenge, an empty shell."""
    return _environment().get_template(f"notices/{name}.html").render(site=site)


class SitePages:
    """The pages of one site in one state of the world."""

    def __init__(self, site: Site, style: Style, content: Content, neighbours: tuple[Link, ...]) -> None:
        self.site, self.style = site, style
        self._builder = Builder(site, style, content)
        self._content = content
        self._frame = self._builder.frame(neighbours) | {"layout": f"{style}/layout.html"}

    @property
    def charset(self) -> str:
        """Return the character encoding of the pages as Python names it."""
        return "gb18030" if self.style is Style.TABLES else "utf-8"

    @property
    def search_path(self) -> str:
        """Return the path that the site's search form asks."""
        return self._builder.scheme.search

    @property
    def search_field(self) -> str:
        """Return the name of the field that the site's search form sends."""
        return self._builder.scheme.field

    @cached_property
    def addresses(self) -> dict[str, Page]:
        """Return every page but the answers to searches: its address with template and values."""
        return dict(self._all())

    def render(self, target: str) -> str | None:
        """Return the page at a request target (path and query), or None where there is none."""
        found = self.addresses.get(target)
        return self._render(*found) if found else None

    def _render(self, template: str, values: dict[str, Any]) -> str:
        return _environment().get_template(template).render(self._frame | values)

    def search(self, query: bytes) -> str:
        """Return the answer to a search: the entries and guides whose titles hold all the words asked for."""
        words = _words(query, self.search_field)
        found = [link for link in self._titles() if words and all(word in link.title for word in words)]
        if Break.SEARCH_FINDS_NOTHING in self.site.breaks:
            found = []
        return self._render("shared/search.html", {"title": "搜索结果", "query": " ".join(words), "hits": found[:20], "total": len(found)})

    def _titles(self) -> Iterator[Link]:
        for section in self._content.sections:
            yield from self._builder.links(section)
        yield from self._guide_links()
        yield from self._builder.reports()

    def _all(self) -> Iterator[Addressed]:
        yield from self._front()
        for group, sections in self._builder.groups().items():
            blocks = tuple(self._builder.block(section, 8) for section in sections)
            yield self._builder.channel_url(group), ("shared/channel.html", {"title": group, "blocks": blocks})
        for section in self._content.sections:
            yield from self._column(section)
        yield from self._interaction()
        yield from self._guides()
        for report, link in zip(self._content.reports, self._builder.reports(), strict=True):
            yield link.url, ("shared/report.html", {"title": report.title, "report": report})
        yield "/js/footer.js", ("shared/footer_script.js", {})
        for address in ("/map.html", "/map.asp"):
            yield address, ("shared/map.html", {"title": "网站地图"})
        yield "/about.html", ("shared/about.html", {"title": "关于我们"})

    def _front(self) -> Iterator[Addressed]:
        home = (f"{self.style}/home.html", {"title": self.site.name, "blocks": self._builder.blocks()})
        if Trap.META_REFRESH in self.site.traps:
            yield "/", ("shared/refresh.html", {"target": "/index/"})
            yield "/index/", home
        elif Trap.HOMEPAGE_BY_SCRIPT in self.site.traps:
            yield "/", ("shared/application.html", {"title": self.site.name})
            yield "/static/js/app.5e31c7.js", ("shared/application.js", {})
            yield "/api/front", ("shared/front.json", home[1] | {"front": home[0]})
        elif Trap.FRAMESET in self.site.traps:
            yield "/", ("shared/frameset.html", {})
            yield "/top.html", ("shared/frame_top.html", {})
            yield "/main.html", home
        else:
            yield "/", home

    def _column(self, section: Section) -> Iterator[Addressed]:
        links = self._builder.links(section)
        pages = max(1, -(-len(links) // PAGE_SIZE))
        addresses = tuple(self._builder.column_url(section, page) for page in range(1, pages + 1))
        for page, address in enumerate(addresses, 1):
            values = {
                "title": section.name,
                "section": section,
                "group": section.group,
                "group_url": self._builder.channel_url(section.group),
                "links": links[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
                "pager": Pager(page, len(links), addresses),
                "siblings": [Link(other.name, self._builder.column_url(other)) for other in self._builder.groups()[section.group]],
            }
            yield address, (f"{self.style}/column.html", values)
        yield f"/api/list?channel={section.slug}", ("shared/list.json", {"rows": json.dumps([_row(link) for link in links])})
        for entry, link in zip(section.entries, links, strict=True):
            yield link.url, (f"{self.style}/article.html", self._article(section, entry))

    def _article(self, section: Section, entry: Entry) -> dict[str, Any]:
        return {
            "title": entry.title,
            "entry": entry,
            "clock": time(8 + entry.number % 9, entry.number * 7 % 60),
            "section": section,
            "column_url": self._builder.column_url(section),
        }

    def _interaction(self) -> Iterator[Addressed]:
        if not self._content.letters:
            return
        scheme, letters = self._builder.scheme, sorted(self._content.letters, key=lambda letter: letter.asked, reverse=True)
        rows = [(letter, scheme.letter.format(number=letter.number)) for letter in letters]
        form = "letter_table" if self._states_in_list() else "letter_cards"
        yield scheme.letters, (f"shared/{form}.html", {"title": "领导信箱", "letters": rows})
        yield scheme.writing, ("shared/write.html", {"title": "我要写信"})
        for letter, address in rows:
            yield address, ("shared/letter.html", {"title": letter.title, "letter": letter})

    def _states_in_list(self) -> bool:
        return Break.LETTERS_WAIT_ON_PAGES not in self.site.breaks and self.style in LETTER_TABLES

    def _guide_links(self) -> tuple[Link, ...]:
        scheme = self._builder.scheme
        return tuple(Link(guide.title, scheme.guide.format(number=guide.number)) for guide in self._content.guides)

    def _guides(self) -> Iterator[Addressed]:
        links = self._guide_links()
        yield self._builder.scheme.guides, ("shared/guides.html", {"title": "办事指南", "links": links})
        for guide, link in zip(self._content.guides, links, strict=True):
            yield link.url, self._guide(guide)

    def _guide(self, guide: Guide) -> Page:
        form = "guide_table" if self._guides_are_tables() else "guide_texts"
        return f"shared/{form}.html", {"title": guide.title, "guide": guide}

    def _guides_are_tables(self) -> bool:
        if self.site.breaks & {Break.THIN_GUIDE_TABLES, Break.THIN_GUIDE_TEXTS}:
            return Break.THIN_GUIDE_TABLES in self.site.breaks
        return self.style in GUIDE_TABLES

    @cached_property
    def modified(self) -> datetime | None:
        """Return when the site last published something (UTC)."""
        newest = max((entry.appeared for section in self._content.sections for entry in section.entries), default=None)
        return datetime.combine(newest, time(9, 30), UTC) if newest else None


def _row(link: Link) -> dict[str, str]:
    return {"title": link.title, "url": link.url, "date": f"{link.day}"}


def _words(query: bytes, field: str) -> list[str]:
    """Return the words of a search field, sent in UTF-8 or, as browsers do from a GBK page, in GBK."""
    for pair in query.split(b"&"):
        name, _, value = pair.partition(b"=")
        if name.decode("ascii", "replace") == field:
            raw = unquote_to_bytes(value.replace(b"+", b" "))
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("gb18030", "replace")
            return text.rstrip("…. ").split()
    return []
