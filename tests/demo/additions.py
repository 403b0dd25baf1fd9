"""Sites in which everything is in place, though one part of them comes only with a script, and in many ways."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.crawler.servers import Call
from tests.crawler.small_site import COLUMNS, TITLES, item_list, results

CODE = "4500000000"
PARTS = {
    "search": '<form action="/search" method="get"><input type="text" name="q"><input type="submit" value="搜索"></form>',
    "channel": '<li><a href="/hudong/">领导信箱</a></li>',
    "report": '<p><a href="/report.html">2017年政府网站工作年度报表</a></p>',
    "icp": '<p><a href="http://www.miitbeian.gov.cn/">桂ICP备05000001号</a></p>',
    "police": "<p>桂公网安备 45000002000001号</p>",
    "code": f"<p>网站标识码：{CODE}</p>",
    "party": '<a href="http://bszs.conac.cn/sitename?method=show&id=53A1B2C3D4E5F607E053012819AC1234"><img src="/images/p1.png"></a>',
    "feedback": f'<a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code={CODE}"><img src="/images/p2.png"></a>',
}
"""What every site shows: the parts that scripts may add, as they stand in the page."""
RULE_OF_PART = {
    "search": "search_missing",
    "channel": "interaction_missing",
    "report": "annual_report_missing",
    "icp": "footer_marks_missing",
    "police": "footer_marks_missing",
    "code": "footer_marks_missing",
    "party": "footer_marks_missing",
    "feedback": "feedback_entry_missing",
}


@dataclass(frozen=True, slots=True)
class Addition:
    """One way in which a part comes into the page: what stands in its place, and what the head and the server hold besides."""

    place: str
    head: str = ""
    files: Mapping[str, tuple[str, str]] = ()  # type: ignore[assignment]
    """By path: the kind and the text."""


Way = Callable[[str], Addition]
_SCRIPT, _JSON, _HTML, _CSS = "application/javascript", "application/json", "text/html; charset=utf-8", "text/css"
_PUT = "function put(h){document.getElementById('part').innerHTML=h}\n"
_HERE = '<div id="part"></div>'
_HEAD = '<script src="/static/a1.js"></script>'


def _text(part: str) -> str:
    """Return a part as a string of a script which says nothing to who reads the script."""
    return f"decodeURIComponent(escape(atob('{base64.b64encode(part.encode()).decode()}')))"


def _by(script: str, place: str = _HERE, head: str = _HEAD, **files: tuple[str, str]) -> Way:
    """Return the way of a script of the head; PART stands for the part as a string, and `files` are beside it under `/static/`."""

    def way(part: str) -> Addition:
        told = {f"/static/{name.replace('_', '.')}": (kind, text.replace("PART", part)) for name, (kind, text) in files.items()}
        data = {"/static/part.json": (_JSON, json.dumps({"html": part})), "/static/part.html": (_HTML, part)}
        own = {"/static/a1.js": (_SCRIPT, _PUT + script.replace("PART", _text(part)))}
        return Addition(place.replace("RAW", part), head, {**data, **own, **told})

    return way


def _ready(call: str) -> str:
    return f"document.addEventListener('DOMContentLoaded', function(){{{call}}})"


_JQUERY = """window.$=function(q){return {load:function(u){fetch(u).then(r=>r.text()).then(t=>{document.querySelector(q).innerHTML=t})}}};
"""
_COMPONENT = "customElements.define('site-part', class extends HTMLElement{connectedCallback(){BODY}})"
_SEEN = """new IntersectionObserver(function(e,o){if(e.some(x=>x.isIntersecting)){o.disconnect();put(PART)}})
.observe(document.getElementById('part'))"""
_FAR = '<div style="height:3000px"></div>'
_FRAME = "var f=document.createElement('iframe');f.FIELD=VALUE;document.getElementById('part').appendChild(f)"

WAYS: dict[str, Way] = {
    "when the document is ready": _by(_ready("put(PART)")),
    "when all is loaded": _by("window.onload=function(){put(PART)}"),
    "a second later": _by("setTimeout(function(){put(PART)},1000)"),
    "three seconds later": _by("setTimeout(function(){put(PART)},3000)"),
    "when idle": _by("requestIdleCallback(function(){put(PART)})"),
    "at the next frame": _by(_ready("requestAnimationFrame(function(){put(PART)})")),
    "by fetch of data": _by("fetch('/static/part.json').then(r=>r.json()).then(d=>put(d.html))"),
    "by a request of data": _by(
        "var r=new XMLHttpRequest();r.open('GET','/static/part.json');r.onload=function(){put(JSON.parse(r.responseText).html)};r.send()"
    ),
    "by load of a fragment": _by(_JQUERY + _ready("$('#part').load('/static/part.html')")),
    "by a post": _by("fetch('/static/part.json',{method:'POST'}).then(r=>r.json()).then(d=>put(d.html))"),
    "by a callback script": _by(
        _ready("window.got=put;var s=document.createElement('script');s.src='/static/'+'got'+'.js';document.head.appendChild(s)"),
        got_js=(_SCRIPT, "got(`PART`)"),
    ),
    "written while it loads": _by("", place="<script>put2()</script>", head=_HEAD.replace("a1", "b1"), b1_js=(_SCRIPT, "")),
    "by a component": _by(_COMPONENT.replace("BODY", "this.innerHTML=PART"), place="<site-part></site-part>"),
    "in a shadow tree": _by(_COMPONENT.replace("BODY", "this.attachShadow({mode:'open'}).innerHTML=PART"), place="<site-part></site-part>"),
    "in a closed shadow tree": _by(
        _COMPONENT.replace("BODY", "this.attachShadow({mode:'closed'}).innerHTML=PART"), place="<site-part></site-part>"
    ),
    "from a template": _by(
        _ready("document.getElementById('part').appendChild(document.getElementById('t').content.cloneNode(true))"),
        place=_HERE + '<template id="t">RAW</template>',
    ),
    "in a frame's text": _by(_ready(_FRAME.replace("FIELD", "srcdoc").replace("VALUE", "PART"))),
    "in a frame": _by(_ready(_FRAME.replace("FIELD", "src").replace("VALUE", "'/static/part.html'"))),
    "written into a frame": _by(
        _ready(
            "var f=document.createElement('iframe');document.getElementById('part').appendChild(f);f.contentDocument.body.innerHTML=PART"
        )
    ),
    "in an object": _by(_ready('put(\'<object type="text/html" data="/static/part.html"></object>\')')),
    "when scrolled to": _by(_ready(_SEEN), place=_FAR + _HERE),
    "after a scroll": _by("addEventListener('scroll',function(){put(PART)})", place=_FAR + _HERE),
    "after the mouse moved": _by("addEventListener('mousemove',function(){put(PART)},{once:true})"),
    "after a click on a tab": _by(
        _ready("document.getElementById('tab').onclick=function(){put(PART)}"), place='<span id="tab">更多</span>' + _HERE
    ),
    "when the mouse is over a menu": _by(
        _ready("document.getElementById('tab').onmouseover=function(){put(PART)}"), place='<span id="tab">栏目</span>' + _HERE
    ),
    "by a module": _by(
        "",
        head='<script type="module" src="/static/m.js"></script>',
        m_js=(_SCRIPT, "import h from '/static/n.js';document.getElementById('part').innerHTML=h"),
        n_js=(_SCRIPT, "export default `PART`"),
    ),
    "by an imported module": _by("import('/static/n.js').then(m=>put(m.default))", n_js=(_SCRIPT, "export default `PART`")),
    "by a plain script of the head": _by(
        "", head='<script src="/static/plain.js"></script>', plain_js=(_SCRIPT, _PUT + "addEventListener('load',function(){put(`PART`)})")
    ),
    "by a script of the platform": _by("", head='<script src="http://platform.gov.cn/static/b1.js"></script>', b1_js=(_SCRIPT, "")),
    "by a script of a stranger": _by("", head='<script src="http://cdn.example.com/static/b1.js"></script>', b1_js=(_SCRIPT, "")),
    "from data in the page": lambda part: Addition(
        _HERE + f'<script type="application/json" id="d">{json.dumps(base64.b64encode(part.encode()).decode())}</script>',
        _HEAD,
        {"/static/a1.js": (_SCRIPT, _PUT + _ready("put(decodeURIComponent(escape(atob(JSON.parse(document.getElementById('d').text)))))"))},
    ),
    "by a state of an application": _by(
        "window.state={};" + _ready("Promise.resolve().then(()=>state.html=PART).then(()=>setTimeout(()=>put(state.html),50))")
    ),
    "in reverse by an inline script": lambda part: Addition(
        _HERE + f"<script>document.getElementById('part').innerHTML={json.dumps(part[::-1], ensure_ascii=False).replace('/', '~')}"
        ".replace(/~/g,'/').split('').reverse().join('')</script>"
    ),
    "through a worker": _by(
        "var w=new Worker('/static/w.js');w.onmessage=function(e){put(e.data)}", w_js=(_SCRIPT, "setTimeout(()=>postMessage(`PART`),300)")
    ),
    "in a drawing": _by(_ready("put('<svg width=300 height=40><foreignObject width=300 height=40>'+PART+'</foreignObject></svg>')")),
    "by a stream of events": _by("new EventSource('/static/part.json').onmessage=function(e){put(e.data)}"),
    "by a form of the library": _by(
        "window.go=function(){put(PART)}", place='<img src="/images/x9.gif" onload="go()" onerror="go()">' + _HERE
    ),
    "when the fonts are there": _by("document.fonts.ready.then(function(){put(PART)})"),
    "on the second visit": _by("if(localStorage.seen){addEventListener('load',()=>put(PART))}else{localStorage.seen=1;location.reload()}"),
}


def _late(part: str) -> str:
    """Return the script of files that the way itself cannot name: written while the page loads, or put in when it is ready."""
    return (
        f"function put2(){{document.write({_text(part)})}}\n{_PUT}{_ready('if(document.getElementById(`part`))put(' + _text(part) + ')')}"
    )


class OddSite:
    """One site: every part is in place, and one of them comes to all its pages in one of the ways; in no way where that is empty.

    `effects` are scripts of its head beside that.
    """

    def __init__(self, part: str, way: str, *, effects: str = "") -> None:
        self.part, self.way = part, way
        self._effects = effects
        self._addition = WAYS[way](PARTS[part]) if way else Addition(_HERE, _HEAD, {"/static/a1.js": (_SCRIPT, _PUT)})
        self._files = dict(self._addition.files or {})
        if "/static/b1.js" in self._files:
            self._files["/static/b1.js"] = (_SCRIPT, _late(PARTS[part]))

    async def answer(self, call: Call) -> None:
        """Answer as the site does."""
        address = urlsplit(call.path)
        found = self._files.get(address.path)
        if found is not None:
            await call.answer(found[1], kind=found[0])
        elif address.path in ("/", *COLUMNS, "/search", "/report.html") or address.path.endswith(".html"):
            await call.answer(self._page(address.path, address.query))
        else:
            await call.answer("<h1>404</h1>", status="404 Not Found")

    def _page(self, path: str, query: str) -> str:
        parts = {**PARTS, self.part: self._addition.place}
        menu = "".join(f'<li><a href="{column}">{name}</a></li>' for column, name in COLUMNS.items() if column != "/hudong/")
        foot = "".join(parts[name] for name in ("icp", "police", "code", "party", "feedback"))
        title, body = self._body(path, query, parts["report"])
        return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{self._addition.head}{self._effects}</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>{menu}{parts["channel"]}</ul></div><div class="top">{parts["search"]}</div>
{body}<div class="footer"><p>主办：荔洲区人民政府办公室　电话：0776-2820000</p>{foot}</div></body></html>"""

    def _body(self, path: str, query: str, report: str) -> tuple[str, str]:
        if path == "/":
            blocks = "".join(
                f'<div class="block"><h2><a href="{column}">{COLUMNS[column]}</a></h2>{item_list(column)}</div>'
                for column in ("/yaowen/", "/tzgg/", "/zcwj/")
            )
            return "荔洲区人民政府门户网站", blocks + report
        if path == "/search":
            return "搜索结果", results(parse_qs(query).get("q", [""])[0])
        if path in COLUMNS:
            return COLUMNS[path], f"<div class=position>首页 &gt; {COLUMNS[path]}</div>{item_list(path)}"
        text = "近日，区直有关部门认真组织实施。" * 30
        title = TITLES[int(path[-6])] if path[-6].isdecimal() else "2017年政府网站工作年度报表"
        return title, f"<h1>{title}</h1><p>发布时间：2018-02-20 09:00</p><div class=content><p>{text}</p></div>"
