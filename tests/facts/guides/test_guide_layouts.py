"""Guides whose headings or values are no running text, and what they must not be accused of."""

from collections.abc import Callable

import pytest

from crawler.facts.records import GUIDE_ELEMENTS
from tests.facts.guides.test_guide import VALUES, read


def as_pictures(parts: dict[str, str]) -> str:
    return "".join(f"<h4><img src='t.gif' alt='{name}'></h4><p>{value}</p>" for name, value in parts.items())


def as_fields(parts: dict[str, str]) -> str:
    return (
        "<table>"
        + "".join(f"<tr><td>{name}</td><td><input value='{value}' readonly></td></tr>" for name, value in parts.items())
        + "</table>"
    )


def as_narrow_cells(parts: dict[str, str]) -> str:
    return "<table>" + "".join(f"<tr><td>{'<br>'.join(name)}</td><td>{value}</td></tr>" for name, value in parts.items()) + "</table>"


@pytest.mark.parametrize("layout", [as_pictures, as_fields, as_narrow_cells])
def test_headings_and_values_that_are_no_running_text_are_read(layout: Callable[[dict[str, str]], str]) -> None:
    guide = read(layout(VALUES | {"办理地点": ""}), title="办事指南-清河县政务服务网")
    assert guide is not None
    assert set(guide.present) >= set(GUIDE_ELEMENTS) - {"办理地点"}
    written = read(layout({name: VALUES[name] for name in ("事项名称", "办理材料")}) + "<p>办理流程：申请</p>", title="办事指南-清河县")
    assert written is not None
    assert set(written.present) == {"事项名称", "办理材料", "办理流程"}
    assert set(written.missing) == set(GUIDE_ELEMENTS) - set(written.present)


def test_nothing_is_missing_where_a_picture_without_a_name_may_be_its_heading() -> None:
    painted = "".join(f"<h4><img src='t.gif'></h4><p>{text}</p>" for text in ("县老龄办二楼", "工作日上班"))
    guide = read(f"<h2>老年优待证办理</h2><p>办理条件：年满60周岁</p><p>办理材料：身份证</p>{painted}", title="办事指南-清河县")
    assert guide is not None
    assert not guide.missing


SHORT = "<h2>老年优待证办理</h2><p>办理条件：年满60周岁</p><p>办理材料：身份证</p><p>办理流程：申请</p>"


@pytest.mark.parametrize(
    ("words", "element"),
    [
        ("<p>到县政府2楼领取</p>", "办理地点"),
        ("<p>到老龄办申请</p>", "办理地点"),
        ("<p>有事请拨8161234</p>", "联系电话"),
        ("<p>问谁<b>0319-8161234</b></p>", "联系电话"),
        ("<p>十五天内发证</p>", "办理时间"),
        ("<p>受理<br>时<br>间</p>", "办理时间"),
        ("<p>按《优待老年人规定》执行</p>", "设定依据"),
        ("<p>老年人权益保障法</p>", "设定依据"),
        ("<span title='法律依据'></span>", "设定依据"),
        ("<p>优待证<img src='1.png' alt='办公地址'></p>", "办理地点"),
    ],
)
def test_an_element_that_is_hinted_at_is_neither_present_nor_missing(words: str, element: str) -> None:
    bare, hinted = read(SHORT, title="办事指南-清河县"), read(SHORT + words, title="办事指南-清河县")
    assert bare is not None
    assert hinted is not None
    assert element in bare.missing
    assert set(bare.missing) - set(hinted.missing) == {element}
    assert element not in hinted.present


@pytest.mark.parametrize(
    "words",
    [
        "<p><img src='scan.jpg'></p>",
        "<p><a href='1.doc'>1.doc</a></p>",
        "<p>去向：老龄办</p>",
        "<b>申请条件</b><b>办理流程</b><b>去向</b>",
        "<iframe src='/item/more.jsp?id=1'></iframe>",
        "<p><a href='/bsfw/7_1.html'>下一页</a></p>",
        "<p>该事项已取消</p>",
        "<p><img src='scan.jpg'></p><p>主办：清河县政府</p><p>ICP备案</p><a href='http://bszs.conac.cn/'><img src='red.png'></a>",
        "<div id='more'></div><script>document.getElementById('more').innerHTML = told</script>",
    ],
    ids=[
        "picture",
        "file",
        "label in unknown words",
        "element in unknown words",
        "frame",
        "next page",
        "given up",
        "picture above the foot",
        "place that a script knows",
    ],
)
def test_nothing_is_missing_where_anything_may_be_told(words: str) -> None:
    guide = read(SHORT + words, title="办事指南-清河县")
    assert guide is not None
    assert not guide.missing


def test_an_empty_cell_is_missing_whatever_is_hinted_at_elsewhere() -> None:
    rows = VALUES | {"办理地点": "", "办理流程": "到窗口申请，领证"}
    guide = read("<table>" + "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows.items()) + "</table>")
    assert guide is not None
    assert guide.missing == ("办理地点",)


def test_the_menu_above_the_title_heads_nothing() -> None:
    menu = "<ul><li><a href='/t'>联系电话</a></li><li><a href='/l'>法律依据</a></li><li>2018年3月1日 星期四</li></ul>"
    guide = read(menu + SHORT, title="老年优待证办理-清河县人民政府")
    assert guide is not None
    assert guide.missing == ("设定依据", "办理地点", "办理时间", "联系电话")


def test_a_picture_called_like_its_heading_is_its_content() -> None:
    guide = read(
        "<h2>老年优待证办理</h2><p>办理条件：年满60周岁</p><h4>办理流程</h4><p><img alt='办理流程图' src='1.png'></p>", title="办事指南"
    )
    assert guide is not None
    assert "办理流程" in guide.present


def test_the_name_may_stand_above_the_headings() -> None:
    body = "<div>{}</div><p>办理条件：年满60周岁</p><p>办理材料：身份证</p><p>办理流程：申请</p>"
    for name, present, missing in (("老年优待证办理", True, False), ("老年优待服务卡", False, False), ("首页", False, True)):
        guide = read(body.format(name), title="办事指南-清河县政务服务网")
        assert guide is not None
        assert ("事项名称" in guide.present, "事项名称" in guide.missing) == (present, missing)


def test_a_table_under_a_heading_is_its_content() -> None:
    table = "<table><tr><th>办理环节</th><th>办理时限</th></tr><tr><td>受理</td><td>1日</td></tr></table>"
    guide = read(f"<p>办理条件：年满60周岁</p><p>办理材料：身份证</p><div>办理流程</div>{table}", title="老年优待证办事指南")
    assert guide is not None
    assert "办理流程" in guide.present
    assert "办理时间" not in guide.missing


@pytest.mark.parametrize("script", ["<script>$.getJSON('/g.json', fill)</script>", "<script src='/js/guide.js'></script>"])
def test_nothing_is_missing_where_a_script_may_fill_what_is_empty(script: str) -> None:
    rows = {"办理条件": "年满60周岁", "办理流程": "申请", "办理材料": "<ul id='m'></ul>"}
    body = "<table>" + "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows.items()) + "</table>"
    static, filled = read(body, title="老年优待证办事指南"), read(body + script, title="老年优待证办事指南")
    assert static is not None
    assert filled is not None
    assert set(static.missing) == {"设定依据", "办理材料", "办理地点", "办理时间", "联系电话"}
    assert not filled.missing


def test_headings_in_brackets_share_a_line_and_headings_have_names_in_english() -> None:
    guide = read("<p>【办理条件】年满60周岁【办理材料】身份证</p><h4>办理流程<em>Process</em></h4><p>申请</p>", title="老年优待证办事指南")
    assert guide is not None
    assert set(guide.present) == {"事项名称", "申请条件", "办理材料", "办理流程"}
