"""A small government site, invented: what the crawler meets when all is well."""

from urllib.parse import parse_qs, urlsplit

from tests.crawler.servers import Call

COLUMNS = {
    "/yaowen/": "荔洲要闻",
    "/tzgg/": "通知公告",
    "/zcwj/": "政策文件",
    "/ghjh/": "规划计划",
    "/bmfw/": "办事服务",
    "/hudong/": "互动交流",
    "/zjlz/": "走进荔洲",
}
TITLES = (
    "全区春季防汛抗旱物资储备检查顺利完成",
    "荔洲区乡村公路养护管理现场推进会召开",
    "城北污水处理厂提标改造工程竣工验收",
    "荔洲区中小学校园食品安全专项整治启动",
    "水果产业技术培训走进西岭村果园",
    "东湖湿地公园生态修复工程进展顺利",
)


def document(title: str, body: str) -> str:
    """Return a page of the site with its navigation and foot."""
    navigation = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in COLUMNS.items())
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>{navigation}</ul></div>
<form action="/search" method="get"><input type="hidden" name="site" value="7"><input type="text" name="q">
<input type="submit" value="搜索"></form>
{body}
<div class="links"><a href="http://www.other.gov.cn/">其他网站</a><a href="/files/plan.pdf">规划全文</a>
<a href="/calendar.jsp?d=1">日历</a></div>
<div class="footer">主办：荔洲区人民政府办公室</div><script src="/js/foot.js"></script></body></html>"""


def item_list(path: str, titles: tuple[str, ...] = TITLES) -> str:
    """Return a dated list of articles."""
    rows = (
        f'<li><span>2018-02-{27 - n:02}</span><a href="{path}t{n}.html" title="{title}">{title}</a></li>' for n, title in enumerate(titles)
    )
    return f'<ul class="list">{"".join(rows)}</ul>'


def home() -> str:
    """Return the homepage: a few blocks with their newest items."""
    blocks = "".join(
        f'<div class="block"><h2><a href="{path}">{COLUMNS[path]}</a><a class="more" href="{path}">更多</a></h2>{item_list(path)}</div>'
        for path in ("/yaowen/", "/tzgg/")
    )
    return document("荔洲区人民政府门户网站", blocks)


def article(title: str) -> str:
    """Return an article."""
    return document(
        title, f"<h1>{title}</h1><p>发布时间：2018-02-20 09:00</p><div class=content><p>{'近日，区直有关部门认真组织实施。' * 30}</p></div>"
    )


def results(query: str) -> str:
    """Return the answer of a working search."""
    hits = tuple(title for title in TITLES if query in title)
    return document("搜索结果", f"<p>共找到 {len(hits)} 条结果</p>{item_list('/yaowen/', hits)}")


async def small_site(call: Call) -> None:
    """Answer as the site does."""
    address = urlsplit(call.path)
    if address.path == "/":
        await call.answer(home())
    elif address.path == "/search":
        await call.answer(results(parse_qs(address.query).get("q", [""])[0]))
    elif address.path in COLUMNS:
        await call.answer(
            document(COLUMNS[address.path], f"<div class=position>首页 &gt; {COLUMNS[address.path]}</div>{item_list(address.path)}")
        )
    elif address.path == "/js/foot.js":
        await call.answer('document.write("<p>网站标识码：4500000000</p>")', kind="application/javascript")
    elif address.path.endswith(".html"):
        await call.answer(article(TITLES[int(address.path[-6]) % len(TITLES)]))
    else:
        await call.answer("", status="404 Not Found")
