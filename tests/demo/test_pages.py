"""The pages: well-formed enough for a parser, in the encodings they claim, with links that lead somewhere."""

from urllib.parse import quote_plus

import pytest
from selectolax.lexbor import LexborHTMLParser

from xuncha.demo.pages import SitePages
from xuncha.demo.site import Break, Site, Style
from xuncha.demo.world import AS_OF, load_world

WORLD = load_world()
STATE = WORLD.state(AS_OF)
STYLED = {site.style: site for site in reversed(WORLD.sites) if site.sound and not site.traps & {"frameset", "meta_refresh"}}


def links_of(text: str) -> set[str]:
    return {str(node.attributes["href"]) for node in LexborHTMLParser(text).css("a[href]")}


@pytest.mark.parametrize("site", WORLD.sites, ids=lambda site: site.host)
def test_every_page_renders_in_its_charset(site: Site) -> None:
    pages = STATE.pages(site.host)
    for address in pages.addresses:
        text = pages.render(address)
        assert text and text.encode(pages.charset).decode(pages.charset) == text


@pytest.mark.parametrize("style", Style)
def test_internal_links_lead_to_pages(style: Style) -> None:
    pages = STATE.pages(STYLED[style].host)
    dead = {
        link
        for address in pages.addresses
        if not address.startswith(("/js/", "/api/"))
        for link in links_of(pages.render(address) or "")
        if link.startswith("/") and not link.startswith("//") and link not in pages.addresses
    }
    assert dead == set()


@pytest.mark.parametrize("style", Style)
def test_pages_parse_into_titles_and_text(style: Style) -> None:
    site = STYLED[style]
    pages = STATE.pages(site.host)
    for address, (template, values) in pages.addresses.items():
        if not template.endswith((".js", ".json")):
            tree = LexborHTMLParser(pages.render(address) or "")
            title = tree.css_first("title")
            assert title is not None and values["title"] in title.text()
            assert site.name in tree.text()


def test_styles_differ_in_their_markup() -> None:
    shapes = set()
    for style in Style:
        tree = LexborHTMLParser(STATE.pages(STYLED[style].host).render("/") or "")
        shapes.add(tuple(sorted({str(node.attributes.get("class")) for node in tree.css("body [class]")})))
    assert len(shapes) == len(Style)


def test_old_tables_are_gbk_declared_as_gb2312() -> None:
    pages = STATE.pages(STYLED[Style.TABLES].host)
    body = (pages.render("/") or "").encode(pages.charset)
    assert b"charset=gb2312" in body
    assert "水利局".encode("gbk") in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def search(pages: SitePages, title: str, charset: str = "utf-8") -> str:
    field = pages.search_field
    return pages.search(f"{field}={quote_plus(title, encoding=charset)}".encode())


@pytest.mark.parametrize("style", Style)
def test_sound_searches_find_what_is_there_and_nothing_else(style: Style) -> None:
    pages = STATE.pages(STYLED[style].host)
    title = next(values["title"] for template, values in pages.addresses.values() if template.endswith("/article.html"))
    assert title in links_text(search(pages, title))
    assert title in links_text(search(pages, title, "gb18030"))
    assert "没有找到" in search(pages, "蘅嵬罅毳髟齑")
    assert "没有找到" in search(pages, "")


def links_text(text: str) -> set[str]:
    return {node.text() for node in LexborHTMLParser(text).css(".result-list a")}


def test_a_broken_search_finds_nothing() -> None:
    site = next(site for site in WORLD.sites if Break.SEARCH_FINDS_NOTHING in site.breaks)
    pages = STATE.pages(site.host)
    title = next(values["title"] for template, values in pages.addresses.values() if template.endswith("/article.html"))
    assert "没有找到" in search(pages, title)


def test_the_footer_script_writes_plain_markup() -> None:
    site = next(site for site in WORLD.sites if "script_footer" in site.traps)
    pages = STATE.pages(site.host)
    assert "网站标识码" not in (pages.render("/") or "")
    script = pages.render("/js/footer.js") or ""
    assert f"网站标识码：{site.code}" in script
    assert all(line.startswith('document.writeln("') and line.endswith('");') for line in script.splitlines())
