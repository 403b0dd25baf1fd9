"""The server, asked over real loopback connections."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from xuncha.demo.server import DemoServer, serve
from xuncha.demo.site import Behaviour, Site
from xuncha.demo.world import AS_OF, FIRST_SCAN, load_world

WORLD = load_world()


@pytest.fixture
async def demo() -> AsyncIterator[DemoServer]:
    async with serve(WORLD, AS_OF, slowness=0.3) as server:
        yield server


def site_that(behaviour: Behaviour) -> Site:
    return next(site for site in WORLD.sites if site.behaviour is behaviour and site.status == "running")


def ask(port: int, host: str, target: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        fields = {"Host": f"{host}:80"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers=fields)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


async def get(demo: DemoServer, host: str, target: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    return await asyncio.to_thread(ask, demo.port, host, target, method, **headers)


async def test_hosts_are_told_apart(demo: DemoServer) -> None:
    for host, name in (("www.nanke.gov.cn", "南柯县人民政府"), ("jyj.wuyou.gov.cn", "乌有市教育局")):
        response, body = await get(demo, host)
        assert response.status == 200
        assert f"<title>{name}</title>" in body.decode()
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.headers["Last-Modified"].endswith("2018 09:30:00 GMT")


async def test_unknown_hosts_and_pages_are_not_found(demo: DemoServer) -> None:
    assert (await get(demo, "www.gov.cn"))[0].status == 404
    assert (await get(demo, "www.nanke.gov.cn", "/nowhere.htm"))[0].status == 404


async def test_old_servers_do_not_name_their_charset(demo: DemoServer) -> None:
    response, body = await get(demo, "slj.wuyou.gov.cn")
    assert response.headers["Content-Type"] == "text/html"
    assert "乌有市水利局" in body.decode("gb18030")


async def test_gzip_for_those_who_take_it(demo: DemoServer) -> None:
    packed, body = await get(demo, "www.wuyou.gov.cn", Accept_Encoding="gzip, br")
    plain, text = await get(demo, "www.wuyou.gov.cn")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(body) == text


async def test_one_connection_serves_many_requests(demo: DemoServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
    for target in ("/", "/zwyw.htm", "/nowhere.htm"):
        writer.write(f"GET {target} HTTP/1.1\r\nHost: www.nanke.gov.cn\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        assert len(await reader.readexactly(length)) == length
    writer.close()
    await writer.wait_closed()
    assert [visit.status for visit in demo.visits] == [200, 200, 404]


async def test_a_search_over_the_wire(demo: DemoServer) -> None:
    _, body = await get(demo, "slj.wuyou.gov.cn", "/search.asp?action=title&keyword=%CB%AE%C0%FB%BE%D6")
    assert "共找到" in body.decode("gb18030")


async def test_lists_for_scripts_are_json(demo: DemoServer) -> None:
    response, body = await get(demo, "www.langhuan.gov.cn", "/api/list?channel=tzgg")
    assert response.headers["Content-Type"].startswith("application/json")
    assert {"title", "url", "date"} == set(json.loads(body)[0])


async def test_nothing_can_be_posted(demo: DemoServer) -> None:
    response, _ = await get(demo, "www.nanke.gov.cn", "/hdjl/wyxx.htm", "POST")
    assert response.status == 405


async def test_nonsense_ends_the_connection(demo: DemoServer) -> None:
    for head in (b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
        writer.write(head)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
    assert (await get(demo, "www.nanke.gov.cn"))[0].status == 200


async def test_head_has_no_body(demo: DemoServer) -> None:
    response, body = await get(demo, "www.nanke.gov.cn", "/", "HEAD")
    assert response.status == 200
    assert body == b""


@pytest.mark.parametrize(
    ("behaviour", "status", "words"),
    [
        (Behaviour.CHALLENGE_412, 412, "$_ts"),
        (Behaviour.CHALLENGE_521, 521, "document.cookie"),
        (Behaviour.FORBIDDEN, 403, "拦截"),
        (Behaviour.SERVER_ERROR, 500, "Internal Server Error"),
        (Behaviour.SCRIPT_ONLY, 200, '<div id="app"></div>'),
        (Behaviour.MAINTENANCE, 200, "升级维护中"),
        (Behaviour.MOVED, 200, "已迁移至"),
        (Behaviour.OFFLINE, 200, "临时下线"),
    ],
)
async def test_sites_that_show_no_content(demo: DemoServer, behaviour: Behaviour, status: int, words: str) -> None:
    response, body = await get(demo, site_that(behaviour).host)
    assert response.status == status
    assert words in body.decode()


async def test_every_third_visit_fails(demo: DemoServer) -> None:
    host = site_that(Behaviour.EVERY_THIRD_FAILS).host
    statuses = [(await get(demo, host))[0].status for _ in range(6)]
    assert statuses == [200, 200, 503, 200, 200, 503]


async def test_refused_and_reset_connections(demo: DemoServer) -> None:
    with pytest.raises(ConnectionRefusedError):
        await asyncio.to_thread(ask, demo.dead_port, site_that(Behaviour.REFUSES).host)
    with pytest.raises(ConnectionResetError):
        await get(demo, site_that(Behaviour.RESETS).host)
    assert demo.visits[-1].status == 0


async def test_dead_hosts_are_mapped_to_the_dead_port(demo: DemoServer) -> None:
    host = site_that(Behaviour.REFUSES).host
    assert f"{host}=127.0.0.1:{demo.dead_port}" in demo.resolve[:-1]
    assert demo.resolve[-1] == f"*=127.0.0.1:{demo.port}"


async def test_slow_sites_take_their_time(demo: DemoServer) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    response, _ = await get(demo, site_that(Behaviour.SLOW).host)
    assert response.status == 200
    assert loop.time() - started >= 0.3


async def test_robots_that_forbid_everything(demo: DemoServer) -> None:
    _, body = await get(demo, site_that(Behaviour.ROBOTS).host, "/robots.txt")
    assert b"Disallow: /" in body
    assert (await get(demo, "www.nanke.gov.cn", "/robots.txt"))[0].status == 404


async def test_the_twin_redirects_to_www(demo: DemoServer) -> None:
    response, _ = await get(demo, "taixu.gov.cn", "/zwgk/tzgg/index.html")
    assert response.status == 301
    assert response.headers["Location"] == "http://www.taixu.gov.cn/zwgk/tzgg/index.html"
    assert (await get(demo, "www.taixu.gov.cn"))[0].status == 200


async def test_the_state_of_the_world_can_be_switched(demo: DemoServer) -> None:
    later, _ = await get(demo, "www.nanke.gov.cn")
    demo.switch(FIRST_SCAN)
    earlier, _ = await get(demo, "www.nanke.gov.cn")
    assert "Feb 2018" in later.headers["Last-Modified"]
    assert "Jan 2018" in earlier.headers["Last-Modified"]
    assert [visit.as_of for visit in demo.visits] == [AS_OF, FIRST_SCAN]


async def test_the_log_names_what_was_asked(demo: DemoServer) -> None:
    await get(demo, "www.nanke.gov.cn", "/tzgg.htm")
    visit = demo.visits[-1]
    assert (visit.host, visit.target, visit.status) == ("www.nanke.gov.cn", "/tzgg.htm", 200)
