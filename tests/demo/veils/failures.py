"""Servers that fail, and say so in many ways: in place of the page, in its frame, or in the middle of it."""

import re

from tests.demo.veils.changes import DAY, ENTRY, Asked, Change, entries_retold, framed, in_place, on_columns, retold
from xuncha.demo.answers import Answer

_TOMCAT = (
    "<html><head><title>Apache Tomcat/7.0.52 - Error report</title></head><body><h1>HTTP Status 500 - </h1><p>Exception report</p>"
    "<pre>java.lang.NullPointerException\n\tat org.apache.jsp.list_jsp._jspService(list_jsp.java:92)</pre></body></html>"
)
_MYSQL = "<b>Warning</b>:  mysql_connect(): Too many connections in <b>D:\\www\\inc\\conn.php</b> on line <b>12</b><br>"
_OLE = (
    "<font face='宋体' size=2><p>Microsoft OLE DB Provider for SQL Server</font> <font size=2>错误 '80004005'</font>"
    "<p>超时已过期</font><p>/inc/conn.asp，行 14"
)
_YELLOW = "<h1>“/”应用程序中的服务器错误。<hr></h1><h2><i>超时时间已到。在操作完成之前超时时间已过或服务器未响应。</i></h2>"


def _list_said(message: str) -> Change:
    """Return the change that puts a message in place of the lists of a page."""
    return entries_retold(lambda entries: [message])


def _pagers_zero(text: str) -> str:
    return re.sub(r"共\s*(<\w+>)?\d+(</\w+>)?\s*(条|页)", r"共0\3", text)


def _cut_with(message: str) -> Change:
    """Return the change that breaks a page off where its lists begin, as a script of the server does that fails there."""

    def tell(text: str) -> str:
        first = next((match.start() for match in ENTRY.finditer(text) if DAY.search(match.group())), None)
        return text if first is None else text[:first] + message

    return retold(tell)


def _in_the_middle(message: str) -> Change:
    """Return the change that keeps a whole page, with a message instead of its lists."""
    return _list_said(f"<div>{message}</div>")


def _both(first: Change, second: Change) -> Change:
    def change(asked: Asked, answer: Answer) -> Answer:
        return second(asked, first(asked, answer))

    return change


FAILURES: dict[str, Change] = {
    "unavailable": in_place("<html><body>Service Unavailable</body></html>", 503),
    "server error": in_place("<html><body>服务器内部错误</body></html>", 500),
    "bad gateway": in_place(
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
    ),
    "Tomcat's report": in_place(_TOMCAT),
    "no database": in_place("<html><body>数据库连接失败！请检查连接字串。</body></html>"),
    "maintenance": in_place("<html><head><title>系统维护</title></head><body>系统正在维护升级中，请稍后访问。</body></html>"),
    "nothing": in_place(""),
    "moved": in_place("<html><head><title>网站迁移公告</title></head><body>本网站已迁移至新网址，请访问新网站。</body></html>"),
    "answer to a program": lambda asked, answer: Answer(200, b'{"code": 500, "message": "error"}', {"Content-Type": "application/json"}),
    "not found in the frame": framed(
        "<div class='error'><h2>抱歉，您访问的页面不存在或已被删除</h2><a href='/'>返回首页</a></div>", "提示信息"
    ),
    "error in the frame": framed("<div class='error'><h2>系统繁忙，请稍后再试</h2></div>", "出错了"),
    "empty frame": framed(""),
    "frame that says nothing is there": framed("<div class='list'><p>暂无数据</p></div>"),
    "upgrade in the frame": framed("<div class='tip'>栏目正在升级改造，敬请期待</div>"),
    "failed to load": _list_said("<p class='tip'>加载失败，请刷新重试</p>"),
    "still loading": _list_said("<p class='tip'>数据加载中...</p>"),
    "no data": _list_said("<p class='tip'>暂无数据</p>"),
    "no data on columns": on_columns(_list_said("<p class='tip'>暂无数据</p>")),
    "no information, none counted": on_columns(_both(_list_said("<p class='tip'>暂无信息</p>"), retold(_pagers_zero))),
    "lists gone": _list_said(""),
    "lists gone, none counted": on_columns(_both(_list_said(""), retold(_pagers_zero))),
    "MySQL in the middle": _in_the_middle(_MYSQL),
    "OLE DB in the middle": _in_the_middle(_OLE),
    "ASP.NET in the middle": _in_the_middle(_YELLOW),
    "request timed out in the middle": _in_the_middle("请求超时"),
    "OLE DB, then cut": _cut_with(_OLE),
    "MySQL, then cut": _cut_with(_MYSQL),
    "500 100, then cut": _cut_with("<p>处理 URL 时服务器出错。请与系统管理员联系。"),
    "PHP, then closed": _cut_with(
        "<br /><b>Fatal error</b>:  Maximum execution time exceeded in <b>/www/list.php</b> on line <b>88</b><br /></body></html>"
    ),
}
