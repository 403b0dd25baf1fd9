"""Marks that only scripts write are read from their strings, wherever the code joins them; comments of scripts never count."""

import pytest

from crawler.facts.marks.reading import read_marks
from crawler.facts.records import Marks, Presence
from tests.facts.pages import document

CODE = "1302050002"


def written(script: str, attributes: str = "") -> Marks:
    return read_marks(document(f"<script {attributes}>{script}</script>"))


@pytest.mark.parametrize(
    "script",
    [
        f"document.write('<p>网站标识码：' + '{CODE}' + '</p>')",
        f'document.writeln("<span>网站标识码：");\ndocument.writeln("<a>{CODE}</a></span>");',
        f"var str = ''; str += '网站标识码：';\nstr += '{CODE}';",
        f"$('#foot').html(`<p>网站标识码：{CODE}</p>`)",
        f"<!--\ndocument.write('网站标识码：{CODE}')\n//-->",
        f"\n<!-- \ndocument.write('网站标识码：{CODE}')\n-->",
        f"$('input').attr('accept', 'image/*'); document.write('网站标识码：{CODE}'); /* foot */",
        f"document.write(unescape('%u7F51%u7AD9%u6807%u8BC6%u7801%uFF1A{CODE}'))",
        f"document.write(decodeURIComponent('%E7%BD%91%E7%AB%99%E6%A0%87%E8%AF%86%E7%A0%81%EF%BC%9A{CODE}'))",
        f'window.data = {{"siteCode": "{CODE}"}}',
        f"var meta = {{ siteIDCode: '{CODE}' }}",
    ],
)
def test_a_site_code(script: str) -> None:
    code = written(script).site_code
    assert (code.state, code.value) == (Presence.SCRIPT_ONLY, CODE)


@pytest.mark.parametrize(
    ("script", "attributes"),
    [
        (f"/* 网站标识码：{CODE} */ var a = 1;", ""),
        (f"\n// document.write('网站标识码：{CODE}')\n", ""),
        (f"var old = '<!-- 网站标识码：{CODE} -->';", ""),
        (f"<!-- 网站标识码：\n{CODE} --><p>新版</p><!-- 页脚 -->", "type=text/template"),
    ],
)
def test_comments_write_nothing(script: str, attributes: str) -> None:
    assert not written(script, attributes).site_code.seen


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("document.write('主办单位：' + '清河县水务局')", "清河县水务局"),
        ('document.writeln("<p>主办单位：清河县水务局</p>");', "清河县水务局"),
        ("var foot = '清河县人民政府主办';", "清河县人民政府"),
    ],
)
def test_a_sponsor(script: str, value: str) -> None:
    assert written(script).sponsor.value == value


def test_filings() -> None:
    seen = written("document.write('冀ICP备' + '05003505' + '号'); document.write('冀公网安备' + ' 13053402000012号')")
    assert (seen.icp.value, seen.police_filing.value) == ("冀ICP备05003505号", "冀公网安备 13053402000012号")


@pytest.mark.parametrize(
    "script",
    [
        "document.write('<a href=\"/jc.html\">我为政府网站找错</a>')",
        'document.write(\'<img src="/images/jiucuo.png" onclick="jc()">\')',
        "var entry = 'https:\\/\\/zfwzgl.www.gov.cn\\/exposure\\/jiucuo.html';",
    ],
)
def test_the_feedback_entry(script: str) -> None:
    assert written(script).feedback_entry.state is Presence.SCRIPT_ONLY
