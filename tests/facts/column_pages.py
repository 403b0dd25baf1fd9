"""Column pages of an invented county, in the markup families that publishing systems and hand-made pages use."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from crawler.facts.tree.document import Document

AS_OF = dt.date(2018, 6, 1)
ADDRESS = "http://www.qinghe.example/zwgk/tzgg/"


class Entry(NamedTuple):
    """An entry of an invented column."""

    title: str
    date: dt.date
    href: str

    def printed(self, form: str = "%Y-%m-%d") -> str:
        return self.date.strftime(form)


TITLES = (
    "清河县人民政府关于加强春季森林防火工作的通告",
    "2018年5月份全县空气质量状况公示",
    "关于公开征求《清河县2018—2020年养老服务发展规划》意见的公告",
    "清河县教育局2017年度部门决算公开说明",
    "关于2018年4月28日至5月1日部分路段临时交通管制的通告",
    "县政府办公室关于做好夏粮收购工作的通知",
    "关于拟认定第三批县级非物质文化遗产代表性传承人名单的公示",
    "清河县供水有限公司停水公告",
)


def entries(count: int = 8, newest: dt.date = dt.date(2018, 5, 28), step: int = 9) -> list[Entry]:
    days = [newest - dt.timedelta(days=step * index) for index in range(count)]
    return [Entry(TITLES[index % len(TITLES)], day, f"/zwgk/tzgg/{4100 + index}.html") for index, day in enumerate(days)]


MENU = "".join(
    f'<li><a href="/{name}/">{text}</a><ul><li><a href="/{name}/a/">{text}一</a></li><li><a href="/{name}/b/">{text}二</a></li></ul></li>'
    for name, text in (("xwzx", "新闻中心"), ("zwgk", "政务公开"), ("bsfw", "办事服务"), ("hdjl", "互动交流"))
)
SIDE = "".join(
    f'<li><a href="/zwgk/{name}/">{text}</a></li>' for name, text in (("tzgg", "通知公告"), ("zcwj", "政策文件"), ("ghjh", "规划计划"))
)
HOT = "".join(
    f'<li><a href="/xwzx/{number}.html">全县重点项目建设推进会召开第{number}次会议</a><span>2018-05-{number}</span></li>'
    for number in range(29, 32)
)
TODAY = '<div id="today">今天是：2018年6月1日 星期五</div>'
FOOTER = "<div>主办单位：清河县人民政府办公室 网站标识码：1305340001 冀ICP备05000000号 Copyright 2012-2018</div>"


def page(
    main: str, *, name: str = "通知公告", breadcrumb: bool = True, head: str = "", encoding: str = "utf-8", as_of: dt.date = AS_OF
) -> Document:
    """Return a column page with the usual surroundings: menu, today's date, side menu, a side list of hot news, footer."""
    where = (
        f'<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/tzgg/">{name}</a></div>'
    )
    text = (
        f'<html><head><meta charset="{encoding}"><title>{name}-清河县人民政府</title>{head}</head><body>{TODAY}<ul id="nav">{MENU}</ul>'
        f"<table><tr><td><h2>政务公开</h2><ul>{SIDE}</ul></td><td>{where if breadcrumb else ''}{main}</td>"
        f'<td><h3>热点</h3><ul class="hot">{HOT}</ul></td></tr></table>{FOOTER}</body></html>'
    )
    return Document.parse(text.encode(encoding), url=ADDRESS, as_of=as_of)


def rows(entry_of: Callable[[Entry], str], items: list[Entry], around: str = "<ul>{}</ul>") -> str:
    return around.format("\n".join(entry_of(item) for item in items))


def _fives(items: list[Entry]) -> str:
    return "".join(
        rows(lambda item: f"<li><a href='{item.href}'>{item.title}</a><span>{item.printed()}</span></li>", items[first : first + 3])
        + "<div class='line'></div>"
        for first in range(0, len(items), 3)
    )


def _pairs(items: list[Entry]) -> str:
    cells = [f"<td><a href='{item.href}'>{item.title}</a> <span>{item.printed()}</span></td>" for item in items]
    return "<table>" + "".join(f"<tr>{''.join(cells[first : first + 2])}</tr>" for first in range(0, len(cells), 2)) + "</table>"


def _cells_of_two(items: list[Entry]) -> str:
    cells = [f"<td>·</td><td><a href='{item.href}'>{item.title}</a></td><td>[{item.printed()}]</td>" for item in items]
    return "<table>" + "".join(f"<tr>{''.join(cells[first : first + 2])}</tr>" for first in range(0, len(cells), 2)) + "</table>"


FAMILIES: dict[str, Callable[[list[Entry]], str]] = {
    "date after the link": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>{e.printed()}</span></li>", items),
    "date before the link in brackets": lambda items: rows(
        lambda e: f"<li><span>[{e.printed('%Y-%m-%d %H:%M')}]</span> <a href='{e.href}'>{e.title}</a></li>", items
    ),
    "date as bare text": lambda items: rows(lambda e: f"<li>· <a href='{e.href}'>{e.title}</a> ({e.printed('%Y/%m/%d')})</li>", items),
    "date inside the link": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}<em>{e.printed('%Y.%m.%d')}</em></a></li>", items
    ),
    "date glued to the title": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.title}({e.printed()})</a></li>", items),
    "date glued before the title": lambda items: rows(lambda e: f"<li><a href='{e.href}'>[{e.printed()}]{e.title}</a></li>", items),
    "table rows": lambda items: rows(
        lambda e: f"<tr><td>·</td><td><a href='{e.href}' title='{e.title}'>{e.title[:12]}…</a></td><td>{e.printed()}</td></tr>",
        items,
        "<table>{}</table>",
    ),
    "a table for each entry": lambda items: rows(
        lambda e: f"<table><tr><td><a href='{e.href}'>{e.title}</a></td><td>{e.printed('%Y年%m月%d日')}</td></tr></table>",
        items,
        "<div>{}</div>",
    ),
    "definition list": lambda items: rows(
        lambda e: f"<dt>{e.printed()}</dt><dd><a href='{e.href}'>{e.title}</a></dd>", items, "<dl>{}</dl>"
    ),
    "siblings without rows": lambda items: rows(
        lambda e: f"<a href='{e.href}'>{e.title}</a><span>{e.printed()}</span><br>", items, "<div>{}</div>"
    ),
    "text siblings without rows": lambda items: rows(lambda e: f"{e.printed()} <a href='{e.href}'>{e.title}</a><br>", items, "<p>{}</p>"),
    "day over year and month": lambda items: rows(
        lambda e: f"<li><div><b>{e.printed('%d')}</b><i>{e.printed('%Y-%m')}</i></div><h4><a href='{e.href}'>{e.title}</a></h4></li>", items
    ),
    "month and day over year": lambda items: rows(
        lambda e: f"<div class='c'><p><b>{e.printed('%m-%d')}</b><i>{e.printed('%Y')}</i></p><a href='{e.href}'>{e.title}</a></div>",
        items,
        "<div>{}</div>",
    ),
    "year in two digits": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>[{e.date.year % 100}年{e.date.month}月{e.date.day}日]</span></li>", items
    ),
    "day for programs": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a> <time datetime='{e.printed()}T08:30:00+08:00'>8:30</time></li>", items
    ),
    "weekday and time behind the day": lambda items: rows(
        lambda e: (
            f"<li><a href='{e.href}'>{e.title}</a><i>{e.printed('%Y年%m月%d日')} 星期{'一二三四五六日'[e.date.weekday()]} 9:20</i></li>"
        ),
        items,
    ),
    "month over day over year": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>{e.date.month}月<br>{e.date.day}日<br>{e.date.year}</span></li>", items
    ),
    "label and value": lambda items: rows(
        lambda e: f"<li><h3><a href='{e.href}'>{e.title}</a></h3><p>来源：县政府办</p><p>发布时间：{e.printed()} 浏览：12次</p></li>", items
    ),
    "label beside value": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><p><span>信息发布时间∶</span><span>{e.printed()}</span></p></li>", items
    ),
    "summary with days in it": lambda items: rows(
        lambda e: (
            f"<li><a href='{e.href}'>{e.title}</a><p>根据县政府2017年3月2日第5次常务会议要求，现将有关事项通知如下，请遵照执行。</p>"
            f"<span>{e.printed()}</span><a href='{e.href}'>详细</a></li>"
        ),
        items,
    ),
    "column before the title": lambda items: rows(
        lambda e: f"<li><a href='/zwgk/tzgg/'>[通知公告]</a><a href='{e.href}'>{e.title}</a><span>{e.printed()}</span></li>", items
    ),
    "publication and deadline": lambda items: rows(
        lambda e: f"<tr><td><a href='{e.href}'>{e.title}</a></td><td>{e.printed()}</td><td>截止日期：2018-09-30</td></tr>",
        items,
        "<table>{}</table>",
    ),
    "publication and deadline columns": lambda items: rows(
        lambda e: f"<tr><td><a href='{e.href}'>{e.title}</a></td><td>{e.printed()}</td><td>2018-09-30</td></tr>",
        items,
        "<table><tr><td>标题</td><td>发布日期</td><td>截止日期</td></tr>{}</table>",
    ),
    "written by a script": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><script>document.write('<i>{e.printed('%Y/%m/%d')}</i>');</script></li>", items
    ),
    "groups of three": _fives,
    "index table": lambda items: rows(
        lambda e: (
            f"<tr><td>013-2018-{e.href[-9:-5]}</td><td>县政府办</td><td><a href='{e.href}'>{e.title}</a></td><td>{e.printed()}</td></tr>"
        ),
        items,
        "<table><tr><td>索引号</td><td>发布机构</td><td>名称</td><td>生成日期</td></tr>{}</table>",
    ),
    "without links": lambda items: rows(lambda e: f"<li><span>{e.title}</span><span>{e.printed()}</span></li>", items),
    "two lines in two cells": lambda items: rows(
        lambda e: f"<tr><td colspan='2'><a href='{e.href}'>{e.title}</a></td></tr><tr><td>来源：本站</td><td>日期：{e.printed()}</td></tr>",
        items,
        "<table>{}</table>",
    ),
    "written and published columns": lambda items: rows(
        lambda e: f"<tr><td><a href='{e.href}'>{e.title}</a></td><td>2018-01-09</td><td>{e.printed()}</td></tr>",
        items,
        "<table><thead><tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr></thead><tbody>{}</tbody></table>",
    ),
    "decided and publicised columns": lambda items: rows(
        lambda e: f"<tr><td><a href='{e.href}'>{e.title}</a></td><td>2018-02-0{e.date.day % 9 + 1}</td><td>{e.printed()}</td></tr>",
        items,
        "<table><tr><th>决定书</th><th>处罚日期</th><th>公示日期</th></tr>{}</table>",
    ),
    "begun and ended columns": lambda items: rows(
        lambda e: f"<tr><td><a href='{e.href}'>{e.title}</a></td><td>{e.printed()}</td><td>2018-05-30</td></tr>",
        items,
        "<table><thead><tr><th>主题</th><th>开始时间</th><th>结束时间</th></tr></thead><tbody>{}</tbody></table>",
    ),
    "written and published labels": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><p>成文日期：2018-01-09</p><p>发布日期：{e.printed()}</p></li>", items
    ),
    "weekday after the date": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{e.printed()} 星期三</i></li>", items),
    "date and time of a program": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{e.printed('%Y-%m-%dT08:00:00.000+08:00')}</i></li>", items
    ),
    "source before the date": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><p>【来源：县政府办】{e.printed()}</p></li>", items
    ),
    "timeline under its year": lambda items: rows(
        lambda e: f"<div><b>{e.printed('%m/%d')}</b><p><a href='{e.href}'>{e.title}</a></p></div>", items, "<div><h4>2018</h4>{}</div>"
    ),
    "units in pieces of their own": lambda items: rows(
        lambda e: f"<li><p><b>{e.date.day}</b>日<i>{e.printed('%Y年%m月')}</i></p><a href='{e.href}'>{e.title}</a></li>", items
    ),
    "library of files": lambda items: rows(
        lambda e: (
            f"<div><h4><a href='{e.href}'>{e.title}</a></h4><ul><li>发文字号：清政发〔2018〕{e.date.day}号</li>"
            f"<li>成文日期：2018年01月02日</li><li>发布日期：{e.printed()}</li></ul></div>"
        ),
        items,
        "{}",
    ),
    "two entries in a row": _pairs,
    "two entries in the cells of a row": _cells_of_two,
    "month before the day": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{e.date.month}/{e.date.day}/{e.date.year} 10:22:11 AM</i></li>", items
    ),
    "year of two digits": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><p>发布日期 {e.date:%y}-{e.date.month}-{e.date.day}</p></li>", items
    ),
    "row inside the link": lambda items: rows(
        lambda e: f"<a href='{e.href}'><li><p>{e.title}</p><p>{e.printed()}</p></li></a>", items, "<div>{}</div>"
    ),
    "date before the title in one text": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.printed()} {e.title}</a></li>", items),
    "date among other details": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>来源：县政府办　{e.printed()} | 阅读 12</span></li>", items
    ),
    "time with fractions": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{e.printed()} 08:00:00.0</i></li>", items),
    "three pieces": lambda items: rows(
        lambda e: f"<li><a href='{e.href}'>{e.title}</a><p><b>{e.date:%Y}</b>-<b>{e.date:%m}</b>-<b>{e.date:%d}</b></p></li>", items
    ),
    "title in a description": lambda items: rows(
        lambda e: f"<li><a href='{e.href}' title='标题：{e.title}&#10;发布时间：{e.printed()}'>{e.title[:8]}...</a>[{e.printed()}]</li>",
        items,
    ),
    "entries led by a picture": lambda items: rows(
        lambda e: (
            f"<li><a href='{e.href}'><img src='1.jpg'></a><h3><a href='{e.href}'>{e.title}</a></h3><p>为贯彻落实部署，通知如下。"
            f"<a href='{e.href}'>[查看详情]</a></p><span>{e.printed()}</span></li>"
        ),
        items,
    ),
    "Chinese numerals": lambda items: rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{chinese_date(e.date)}</i></li>", items),
}
"""Every family prints the same entries; the readers must see the same in all of them."""


def chinese_date(day: dt.date) -> str:
    """Return a date in Chinese numerals: 二〇一八年五月十六日."""
    digits = "〇一二三四五六七八九"

    def number(value: int) -> str:
        tens, units = divmod(value, 10)
        return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[units] if units or not tens else "")

    return "".join(digits[int(character)] for character in str(day.year)) + f"年{number(day.month)}月{number(day.day)}日"
