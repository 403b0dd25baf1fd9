"""What other systems put on a page besides: comments, scripts, hidden parts, windows, attributes, icons."""

import re

from tests.facts.disguises.tree import INLINE, PLAIN, Element, Node, Raw, parse, rearranges

_ICON = Raw('<svg><title>icon</title><path d="M0 0h9v9z"></path></svg>')
_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_BLOCK = ("div", "ul", "ol", "dl", "table", "p", "section", "form")


def _between(body: Element, *put: Node) -> None:
    """Put something behind every block that stands where a block may stand."""
    for element in [body, *body.all("div", "section", "td", "article", "center")]:
        element.children = [
            node
            for child in element.children
            for node in ((child, *put) if isinstance(child, Element) and child.name in _BLOCK else (child,))
        ]


@rearranges
def comments(body: Element) -> None:
    """Stand for the comments of template authors, old rows and marks among them."""
    old = Raw("<!-- 列表 开始 <li><a href='/old.html'>旧的条目标题文字</a><span>2009-01-01</span></li> -->")
    for element in body.all("li", "td", "dd", "div"):
        element.children = [old, *element.children]
    body.children.append(Raw("<!-- 主办单位：旧单位 网站标识码：1100000001 京ICP备05000001号 -->"))


@rearranges
def conditional_comments(body: Element) -> None:
    """Stand for what only old browsers load."""
    _between(body, Raw("<!--[if lt IE 9]><script src='/js/html5shiv.js'></script><![endif]-->"))


@rearranges
def inline_scripts(body: Element) -> None:
    """Stand for pages with a script behind every block."""
    _between(body, Raw("<script type='text/javascript'>var position = 0; function show(id) { document.getElementById(id); }</script>"))


@rearranges
def hidden_menu(body: Element) -> None:
    """Stand for the menu of small screens, hidden on others."""
    links = "".join(f"<li><a href='/m/{word}.html'>手机版{word}</a></li>" for word in ("首页", "新闻", "公开", "服务"))
    body.children = [Raw(f"<div class='mobile' style='display:none'><ul>{links}</ul></div>"), *body.children]


@rearranges
def hidden_list(body: Element) -> None:
    """Stand for a hidden list that a script copies: its entries are nobody's news."""
    rows = "".join(f"<li><a href='/t/{n}.html'>示例条目的标题文字{n}</a><span>2010-01-0{n}</span></li>" for n in range(1, 9))
    body.children.append(Raw(f"<div style='display: none'><ul>{rows}</ul></div><template><ul>{rows}</ul></template>"))


@rearranges
def hidden_empty_notice(body: Element) -> None:
    """Stand for the words that a script shows where nothing is found."""
    _between(body, Raw("<div style='display:none;'>暂无数据</div>"))


@rearranges
def announcement_on_top(body: Element) -> None:
    """Stand for a window on top of the page with something to agree to."""
    words = "温馨提示：本网站使用浏览器缓存以改善您的访问体验，继续浏览即表示同意。"
    body.children = [
        Raw(f"<div class='tip' style='position:fixed;top:0'><p>{words}</p><a href='javascript:;'>知道了</a></div>"),
        *body.children,
    ]


@rearranges
def floating_windows(body: Element) -> None:
    """Stand for windows that float over a page: a campaign, a code to scan, the way to the top."""
    body.children.append(
        Raw(
            "<div id='float' style='position:fixed'><a href='/zt/2018/'><img src='/images/f.gif' alt='专题'></a><a href='#'>关闭</a></div>"
            "<div style='position:fixed;bottom:0'><ul><li>微信</li><li>微博</li><li><a href='#top'>返回顶部</a></li></ul></div>"
        )
    )


@rearranges
def old_browser_hint(body: Element) -> None:
    """Stand for hints to those whose browser is old or runs no scripts."""
    hints = (
        "<noscript><strong>本网站需要启用JavaScript才能正常访问</strong></noscript>",
        "<!--[if lte IE 8]><p>您的浏览器版本过低，请升级</p><![endif]-->",
    )
    body.children = [*map(Raw, hints), *body.children]


@rearranges
def accessible(body: Element) -> None:
    """Stand for pages made accessible: roles, labels and places for the keyboard on everything."""
    roles = {"ul": "list", "li": "listitem", "a": "link", "table": "table", "tr": "row", "td": "cell", "img": "img"}
    for element in body.walk():
        if element.name in roles:
            element.attributes |= {"role": roles[element.name], "tabindex": "0"}
            if label := " ".join(element.text.split())[:60]:
                element.attributes["aria-label"] = label


@rearranges
def rendered_on_server(body: Element) -> None:
    """Stand for pages that a Vue or Nuxt server wrote: scope attributes and empty comments."""
    for element in body.walk():
        element.attributes["data-v-7ba5bd90"] = ""
        if element.name in ("div", "ul", "section"):
            element.children = [Raw("<!---->"), *element.children, Raw("<!--]-->")]
    body.children = [Element("div", {"id": "__nuxt", "data-server-rendered": "true"}, body.children)]


def pasted_from_word(page: str) -> str:
    """Stand for texts pasted from a word processor: every run of Latin letters and digits in a span, its own markup all over."""
    root = parse(page)
    for element in [each for body in root.all("body")[:1] for each in body.all("p", "td")]:
        if element.inline:
            for holder in list(element.walk()):
                holder.children = [node for child in holder.children for node in (_runs(child) if isinstance(child, str) else [child])]
            element.attributes["style"] = "text-indent:32pt;mso-char-indent-count:2.0;mso-pagination:widow-orphan"
            if element.name == "p":
                element.attributes["class"] = "MsoNormal"
                element.children.append(Element("span", {"lang": "EN-US"}, [Element("o:p")]))
    return PLAIN.page(root)


def _runs(text: str) -> list[Node]:
    runs = [run for run in re.split(r"([A-Za-z0-9]+)", text) if run]
    return [
        Element("span", {"lang": "EN-US", "style": "mso-hansi-font-family:仿宋"}, [run]) if run[0].isascii() and run[0].isalnum() else run
        for run in runs
    ]


@rearranges
def icons_in_links(body: Element) -> None:
    """Stand for icons drawn in the page before every link."""
    for link in body.all("a"):
        link.children = [_ICON, *link.children]


@rearranges
def pictures_as_bullets(body: Element) -> None:
    """Stand for bullets that are pictures."""
    for item in body.all("li", "dd"):
        item.children = [Element("img", {"src": _DOT, "width": "3"}), " ", *item.children]


@rearranges
def signs_as_bullets(body: Element) -> None:
    """Stand for bullets that are signs of the text."""
    for item in body.all("li", "dd"):
        if item.all("a"):
            item.children = ["· ", *item.children]


@rearranges
def empty_icons(body: Element) -> None:
    """Stand for icons of a font: empty elements in every entry and heading."""
    for item in body.all("li", "dd", "h1", "h2", "h3", "h4", "a", "td"):
        item.children = [Element("i", {"class": "iconfont"}), *item.children, Element("em")]


def _dated_items(body: Element) -> list[Element]:
    """Return the entries of lists that print a day."""
    return [
        item
        for item in body.all("li")
        if len(item.elements) <= 4
        and not item.all("li", "div", "table")
        and item.all("a")
        and re.search(r"\d{1,2}[-/.月]\d{1,2}", item.text)
    ]


@rearranges
def new_icons(body: Element) -> None:
    """Stand for the picture that marks news as new."""
    for item in _dated_items(body):
        place = next(number for number, child in enumerate(item.children) if isinstance(child, Element)) + 1
        item.children = [*item.children[:place], Element("img", {"src": "/images/new.gif", "alt": "新"}), *item.children[place:]]


@rearranges
def numbered(body: Element) -> None:
    """Stand for lists whose entries are numbered."""
    for number, item in enumerate(_dated_items(body), 1):
        item.children = [Element("span", {"class": "no"}, [f"{number}"]), *item.children]


@rearranges
def kinds_before_titles(body: Element) -> None:
    """Stand for lists that link the kind of every entry before its title."""
    for item in _dated_items(body):
        item.children = [Element("a", {"href": "/kind/", "class": "kind"}, ["[通知]"]), *item.children]


@rearranges
def click_counts(body: Element) -> None:
    """Stand for lists that print how often an entry was read."""
    for number, item in enumerate(_dated_items(body), 1):
        item.children = [*item.children, Element("span", {"class": "hits"}, [f"阅读：{number * 37}次"])]


@rearranges
def summaries(body: Element) -> None:
    """Stand for lists with the beginning of each text below its title, other days among it."""
    words = "本报讯 2009年3月5日以来，各级各部门认真贯彻落实会议精神，全力推进重点项目建设，取得了明显成效……"
    for item in _dated_items(body):
        item.children = [*item.children, Element("p", {"class": "summary"}, [words])]


@rearranges
def pictures_before_titles(body: Element) -> None:
    """Stand for lists with a picture to every entry, which leads to the same page."""
    for item in _dated_items(body):
        href = item.all("a")[0].attributes.get("href", "")
        item.children = [Element("a", {"href": href, "class": "pic"}, [Element("img", {"src": "/images/1.jpg"})]), *item.children]


@rearranges
def blank_texts(body: Element) -> None:
    """Stand for markup with a line for every tag of a block."""
    for element in body.walk():
        if element.name not in INLINE:
            element.children = [
                node
                for child in element.children
                for node in (("\n\t\t  ", child, "\r\n  ") if isinstance(child, Element) and child.name not in INLINE else (child,))
            ]
