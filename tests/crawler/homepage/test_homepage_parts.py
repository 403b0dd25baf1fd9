"""A homepage is more than one document: its frames, the scripts that write its foot, the front page behind its entrance."""

from crawler.snapshot import PageRole, Reach
from tests.crawler.gathering import paths, visit
from tests.crawler.plays import PAGE
from tests.crawler.servers import HOME, Call
from tests.crawler.small_site import home, item_list, small_site


async def test_the_script_that_writes_the_foot_is_read() -> None:
    snapshot, _ = await visit()
    (foot,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert foot.facts is not None
    assert foot.facts.marks.site_code.value == "4500000000"


async def test_a_page_in_place_of_the_script_that_writes_the_foot_is_not_what_the_foot_says() -> None:
    async def play(call: Call) -> None:
        if call.path == "/js/foot.js":
            await call.answer(home(), kind="text/html")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    (foot,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert foot.facts is None
    assert not foot.is_whole


async def test_a_script_below_the_foot_is_read_where_a_mark_is_missing() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(home().replace("/js/foot.js", "/js/common.js"))
        elif call.path == "/js/common.js":
            await call.answer("document.write('网站标识码：4500000000')", kind="text/javascript")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    (script,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert script.url == f"{HOME}js/common.js"
    assert script.facts is not None
    assert script.facts.marks.site_code.value == "4500000000"


async def test_from_an_entry_page_the_crawler_goes_on_to_the_real_front_page() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(
                '<html><title>荔洲区人民政府</title><body><a href="/cn/">进入中文版</a> <a href="/en/">English</a></body></html>'
            )
        elif call.path == "/cn/":
            await call.answer(home())
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert "/cn/" in paths(snapshot, PageRole.CHANNEL)
    assert set(paths(snapshot, PageRole.COLUMN)) >= {"/yaowen/", "/tzgg/"}


async def test_what_stands_in_frames_of_the_homepage_is_read_as_a_part_of_it() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            frames = '<iframe src="/head.asp" width="1000"></iframe><iframe src="/news.asp" height="200"></iframe>'
            await call.answer(f"<html><title>荔洲区人民政府</title><body>{frames}<p>{'欢迎来到荔洲。' * 80}</p></body></html>")
        elif call.path == "/head.asp":
            await call.answer(home())
        elif call.path == "/news.asp":
            await call.answer(f"<html><body>{item_list('/yaowen/')}</body></html>")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert paths(snapshot, PageRole.FRAME) == ["/head.asp", "/news.asp"]
    assert "/hudong/" in paths(snapshot, PageRole.INTERACTION)
    assert len(snapshot.search_tries) == 3


async def test_the_other_frames_of_a_frameset_are_parts_of_the_homepage() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(
                "<html><title>荔洲区</title><frameset rows='90,*'><frame src='/top.htm'><frame src='/main.htm'></frameset></html>"
            )
        elif call.path == "/top.htm":
            await call.answer("<html><body><form action='/search'><input name='q'><input type='submit' value='搜索'></form></body></html>")
        elif call.path == "/main.htm":
            await call.answer(f"<html><title>荔洲区人民政府</title><body>{item_list('/yaowen/')}</body></html>")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert snapshot.final_url == f"{HOME}main.htm"
    assert paths(snapshot, PageRole.FRAME) == ["/top.htm"]
    assert snapshot.search_tries


async def test_a_homepage_without_links_is_a_site_of_one_page() -> None:
    async def play(call: Call) -> None:
        await call.answer(PAGE.partition("<a href")[0] if call.path == "/" else "")

    snapshot, _ = await visit(play)
    assert snapshot.reach is Reach.OK
    assert len(snapshot.pages) == 1
    assert snapshot.search_tries == ()
