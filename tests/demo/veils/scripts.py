"""What only a script shows: the whole page or a part of it, kept in many forms; and templates that were never filled."""

import base64
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote

from tests.demo.veils.changes import (
    DAY,
    FOOT,
    HEAD,
    LISTS,
    WHOLE,
    Change,
    days_retold,
    entries_retold,
    in_place,
    on_columns,
    part_retold,
    retold,
)

_SHELL = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>网站</title></head><body><noscript>请启用JavaScript</noscript>"
    "<div id='app'></div><script src='/js/vendors.3f2a.js'></script><script src='/js/app.1a2b.js'></script></body></html>"
)
_LOADING = (
    "<html><head><title>网站</title></head><body><div class='head'>网站</div><div class='list' id='list'>加载中...</div>"
    "<script src='/js/list.js'></script></body></html>"
)
_FORM = (
    "<form name='aspnetForm' method='post' action='Default.aspx' id='aspnetForm'>"
    "<input type='hidden' name='__VIEWSTATE' value='/wEPDwUKLTI2'>"
    "<div id='content'></div><script src='/js/common.js'></script></form>"
)
_PARTS = {"page": WHOLE, "lists": LISTS, "head": HEAD, "foot": FOOT}


def _in_data(part: str) -> str:
    data = json.dumps({"html": part}, ensure_ascii=False).replace("</", "<\\/")
    return f"<div id='part'></div><script>window.__NUXT__={data}</script><script src='/js/app.1a2b.js'></script>"


_WAYS: dict[str, Callable[[str], str]] = {
    "for browsers without scripts": lambda part: f"<div id='part'></div><noscript>{part}</noscript><script src='/js/part.js'></script>",
    "in a template": lambda part: f"<template id='part'>{part}</template><script src='/js/part.js'></script>",
    "in a script's template": lambda part: (
        f"<script type='text/html' id='part'>{part.replace('script', 'scr')}</script><div id='here'></div>"
    ),
    "in a shadow tree": lambda part: f"<site-part><template shadowrootmode='open'>{part}</template></site-part>",
    "in a comment": lambda part: f"<div class='lazy'><!--{part.replace('--', '')}--></div><script src='/js/lazy.js'></script>",
    "in a text area": lambda part: (
        f"<textarea class='lazy' style='display:none'>{html.escape(part)}</textarea><script src='/js/lazy.js'></script>"
    ),
    "in a frame's text": lambda part: f"<iframe srcdoc=\"{html.escape(part)}\" width='100%'></iframe>",
    "written escaped": lambda part: f'<script>document.write(unescape("{quote(part)}"))</script>',
    "decoded": lambda part: (
        f"<script>document.write(decodeURIComponent(escape(atob('{base64.b64encode(part.encode()).decode()}'))))</script>"
    ),
    "in the data of a script": _in_data,
    "put in by a library": lambda part: (
        "<div id='part'></div><script src='/js/jquery.min.js'></script><script src='/js/common.js'></script>"
    ),
    "in a form": lambda part: _FORM,
    "in an included frame": lambda part: "<iframe src='/veil/part.html' width='100%' height='600'></iframe>",
}


def _written_dates(text: str) -> str:
    return DAY.sub(lambda match: f"<script>document.write(showDate('{quote(match.group())}'))</script>", text)


def _marked_up_dates(text: str) -> str:
    return DAY.sub(lambda match: f"<span class='time' data-time='{match.group()}'></span>", text)


def _titles_by_style(text: str) -> str:
    return re.sub(r"(<a\b[^>]*)>([^<]+)</a>", r"\1 data-name='\2'></a>", text, flags=re.IGNORECASE)


def _links_by_script(text: str) -> str:
    return re.sub(r"<a\b([^>]*?)href=([\"'])(/[^\"']*)\2", r'<a\1href="javascript:;" onclick="openPage(\'\3\')"', text, flags=re.IGNORECASE)


def _menu_in_array(text: str) -> str:
    links = re.findall(r"<a\b[^>]*href=[\"']([^\"']*)[\"'][^>]*>(?:<[^>]*>)*([^<]*)", text, flags=re.IGNORECASE)
    return f"<div id='menu'></div><script>var menus={json.dumps(links, ensure_ascii=False)};</script><script src='/js/menu.js'></script>"


def _entries_as(*entries: str) -> Change:
    return entries_retold(lambda found: list(entries) if found else [])


SCRIPTS: dict[str, Change] = {
    "shell": in_place(_SHELL),
    "loading": in_place(_LOADING),
    "frame": in_place("<html><head><title>网站</title></head><body><iframe src='/inner.html' width='100%'></iframe></body></html>"),
    "refused frames": in_place("<html><frameset rows='120,*'><frame src='/veil/top.html'><frame src='/veil/main.html'></frameset></html>"),
    **{f"{part} {name}": part_retold(pattern, way) for part, pattern in _PARTS.items() for name, way in _WAYS.items()},
    "lists left to a script": part_retold(LISTS, lambda part: "<ul id='list'></ul><script src='/js/list.js'></script>"),
    "foot left to a script": part_retold(FOOT, lambda part: "<script src='/js/common.js'></script>"),
    "head left to a script": part_retold(HEAD, lambda part: "<script src='/js/head.js'></script>"),
    "menu in an array": part_retold(HEAD, _menu_in_array),
    "names as pictures": retold(lambda text: re.sub(r"(?i)(<a\b[^>]*>)[^<]+</a>", r"\1<img src='/images/menu.png'></a>", text)),
    "names by style": retold(_titles_by_style),
    "links by script": retold(_links_by_script),
    "moustaches": _entries_as("<li><a href='{{item.url}}'>{{item.title}}</a><span>{{item.date}}</span></li>"),
    "dollars": _entries_as("<li><a href='${url}'>${title}</a><span>${date}</span></li>"),
    "percents": _entries_as("<li><a href='<%= item.url %>'><%= item.title %></a><span><%= item.date %></span></li>"),
    "undefined": _entries_as(*["<li><a href='undefined'>undefined</a><span>undefined</span></li>"] * 8),
    "null": _entries_as(*["<li><a href='null'>null</a><span>NaN-NaN-NaN</span></li>"] * 8),
    "labels of the server": _entries_as(
        *["<li><a href='{dede:field.arcurl/}'>{dede:field.title/}</a><span>{dede:field.pubdate/}</span></li>"] * 8
    ),
    "dates written": retold(_written_dates),
    "dates marked up": retold(_marked_up_dates),
    "dates written on columns": on_columns(retold(_written_dates)),
    "dates unfilled": days_retold("{{item.pubDate}}"),
    "dates NaN": days_retold("NaN-NaN-NaN"),
    "dates of the epoch": days_retold("1970-01-01"),
    "dates of the epoch on columns": on_columns(days_retold("1970-01-01")),
    "dates of year one": days_retold("0001-01-01"),
    "dates of 1900": days_retold("1900-01-01"),
    "dates gone": days_retold(""),
    "dates gone on columns": on_columns(days_retold("")),
    "dates of today": days_retold("2018-03-01"),
    "dates told in days": days_retold("3天前"),
    "dates told as yesterday": days_retold("昨天"),
    "dates told as months": days_retold("2个月前"),
}
