"""The eight element classes of a service guide are found in every form guides are written in."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.guides.headings import classes_of_heading
from crawler.facts.guides.reading import read_guide
from crawler.facts.records import GUIDE_ELEMENTS, Guide
from crawler.facts.tree.document import Document

FOOTER = "<div>主办单位：清河县行政审批局 联系电话：0319-8160000 地址：清河县长江街 冀ICP备05000000号</div>"
VALUES = {
    "事项名称": "食品经营许可",
    "设定依据": "《中华人民共和国食品安全法》第三十五条",
    "申请条件": "依法登记的市场主体",
    "办理材料": "1.申请书；2.身份证复印件",
    "办理地点": "清河县政务服务中心二楼5号窗口",
    "办理时间": "周一至周五 9:00-17:00",
    "联系电话": "0319-8161234",
    "办理流程": "申请—受理—审查—发证",
}
SYNONYMS = {
    "事项名称": "项目名称",
    "设定依据": "法律依据",
    "申请条件": "受理条件",
    "办理材料": "所需材料",
    "办理地点": "受理地点",
    "办理时间": "承诺办结时限",
    "联系电话": "咨询电话",
    "办理流程": "办事程序",
}


def read(body: str, *, title: str = "清河县政务服务网", encoding: str = "utf-8") -> Guide | None:
    page = f'<html><head><meta charset="{encoding}"><title>{title}</title></head><body>{body}{FOOTER}</body></html>'
    return read_guide(Document.parse(page.encode(encoding), as_of=dt.date(2018, 3, 1)))


def as_table(parts: dict[str, str]) -> str:
    return "<table>" + "".join(f"<tr><td>{name}</td><td><p>{value}</p></td></tr>" for name, value in parts.items()) + "</table>"


def as_wide_table(parts: dict[str, str]) -> str:
    cells = [f"<th>{name}</th><td>{value}</td>" for name, value in parts.items()]
    return "<table>" + "".join(f"<tr>{left}{right}</tr>" for left, right in zip(cells[::2], cells[1::2], strict=True)) + "</table>"


def as_definitions(parts: dict[str, str]) -> str:
    return "<dl>" + "".join(f"<dt>{name}：</dt><dd>{value}</dd>" for name, value in parts.items()) + "</dl>"


def as_paragraphs(parts: dict[str, str]) -> str:
    numerals = "一二三四五六七八"
    return "".join(
        f"<p><strong>{numeral}、{name}</strong></p><p>　　{value}</p>"
        for numeral, (name, value) in zip(numerals, parts.items(), strict=True)
    )


def as_lines(parts: dict[str, str]) -> str:
    return "<div>" + "<br>".join(f"（{number}）{name}：{value}" for number, (name, value) in enumerate(parts.items(), 1)) + "</div>"


def as_bold_beginnings(parts: dict[str, str]) -> str:
    return "".join(f"<p><b>{name}</b> {value}</p>" for name, value in parts.items())


def as_spans(parts: dict[str, str]) -> str:
    return "".join(f"<div><span>{name}</span><span>{value}</span></div>" for name, value in parts.items())


def as_tabs(parts: dict[str, str]) -> str:
    tabs = "".join(f"<li>{name}</li>" for name in parts)
    panels = "".join(f'<div class="panel" style="display:none"><p>{value}</p></div>' for value in parts.values())
    return f'<ul class="tabs">{tabs}</ul><div class="panels">{panels}</div>'


def as_named_tabs(parts: dict[str, str]) -> str:
    tabs = "".join(f'<a href="#p{number}">{name}</a> ' for number, name in enumerate(parts))
    panels = "".join(f'<div id="p{number}">{value}</div>' for number, value in enumerate(parts.values()))
    return f"<div>{tabs.replace('<a', '<span><a').replace('</a>', '</a></span>')}</div><hr>{panels}"


def as_table_with_one_row(parts: dict[str, str]) -> str:
    head, row = "".join(f"<td>{name}</td>" for name in parts), "".join(f"<td>{value}</td>" for value in parts.values())
    return f"<table><tr>{head}</tr><tr>{row}</tr></table>"


Form = Callable[[dict[str, str]], str]
FORMS: list[Form] = [
    as_table,
    as_wide_table,
    as_definitions,
    as_paragraphs,
    as_lines,
    as_bold_beginnings,
    as_spans,
    as_tabs,
    as_named_tabs,
    as_table_with_one_row,
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("names", [{name: name for name in GUIDE_ELEMENTS}, SYNONYMS], ids=["official", "synonyms"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_complete_guide_is_complete_in_every_form(form: Form, names: dict[str, str], encoding: str) -> None:
    guide = read(form({names[element]: value for element, value in VALUES.items()}), encoding=encoding)
    assert guide is not None
    assert guide.present == GUIDE_ELEMENTS
    assert guide.missing == guide.attached == ()


@pytest.mark.parametrize("form", [as_table, as_wide_table, as_definitions])
def test_a_heading_without_content_is_missing(form: Form) -> None:
    guide = read(form({**VALUES, "设定依据": "", "联系电话": "&nbsp;"}))
    assert guide is not None
    assert guide.missing == ("设定依据", "联系电话")


def test_a_class_without_a_heading_is_missing_and_the_footer_is_not_the_service() -> None:
    guide = read(
        as_paragraphs(
            {name: value for name, value in VALUES.items() if name not in ("办理流程", "联系电话", "办理地点")}
            | {"实施机关": "县局", "收费标准": "不收费", "审批结果": "许可证"}
        )
    )
    assert guide is not None
    assert guide.missing == ("办理地点", "联系电话", "办理流程")


def test_none_needed_is_an_answer_and_an_attachment_is_told_apart() -> None:
    guide = read(
        as_table(
            {
                **VALUES,
                "申请条件": "无",
                "办理材料": "见附件",
                "办理流程": '<a href="/lct.doc">办理流程图.doc</a>',
                "设定依据": '<img src="yj.png">',
            }
        )
    )
    assert guide is not None
    assert guide.present == GUIDE_ELEMENTS
    assert guide.attached == ("办理材料", "办理流程")


def test_nothing_is_missing_where_the_guide_can_be_downloaded() -> None:
    parts = {name: VALUES[name] for name in ("事项名称", "办理材料", "联系电话")}
    without_file = read(as_table(parts))
    assert without_file is not None
    assert len(without_file.missing) == 5
    guide = read(as_table(parts) + '<p>附件：<a href="/files/zn.doc">食品经营许可办事指南</a></p>')
    assert guide is not None
    assert guide.missing == ()


def test_the_name_of_the_service_may_be_the_title() -> None:
    parts = {name: value for name, value in VALUES.items() if name != "事项名称"}
    guide = read(f"<h1>食品经营许可（新办）办事指南</h1>{as_definitions(parts)}", title="食品经营许可（新办）办事指南-清河县政务服务网")
    assert guide is not None
    assert guide.missing == ()
    assert guide.title.startswith("食品经营许可")


def test_panels_that_a_script_fills_prove_nothing() -> None:
    tabs = "".join(f'<li onclick="show({at})">{name}</li>' for at, name in enumerate(("设定依据", "申请条件", "办理材料", "办理流程")))
    head = as_table({name: VALUES[name] for name in ("事项名称", "办理地点", "办理时间", "联系电话")})
    guide = read(f'{head}<ul>{tabs}</ul><div id="box"></div><script>$.get("/item")</script>')
    assert guide is not None
    assert guide.present == ("事项名称", "办理地点", "办理时间", "联系电话")
    assert guide.missing == ()


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>{name}</td><td><table><tr><td>{value}</td></tr></table></td></tr>",
        "<tr><td>{name}</td><td><dl><dt>内容</dt><dd>{value}</dd></dl></td></tr>",
        "<tr><td>{name}</td><td>&nbsp;</td><td>{value}，以窗口公布的为准</td></tr>",
    ],
    ids=["table in a cell", "list in a cell", "cell between"],
)
def test_content_that_stands_deeper_or_one_cell_on_is_not_missing(row: str) -> None:
    rows = "".join(row.format(name=name, value=value) for name, value in VALUES.items())
    guide = read(f"<table>{rows}</table>")
    assert guide is not None and guide.missing == ()


def test_a_table_of_materials_under_its_heading_is_content() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>原件</td><td>1</td></tr>" for name in ("申请书", "身份证"))
    materials = f"<h3>申请材料</h3><table><tr><th>材料名称</th><th>材料形式</th><th>材料类型</th></tr>{rows}</table>"
    rest = "".join(f"<h3>{name}</h3><p>{VALUES[name]}</p>" for name in ("设定依据", "申请条件", "办理流程"))
    guide = read(materials + rest)
    assert guide is not None
    assert set(guide.present) == {"设定依据", "申请条件", "办理材料", "办理流程"}


@pytest.mark.parametrize(
    "body",
    [
        "<ul>" + "".join(f"<li><a href='{n}.html'>第{n}类证照办事指南</a><span>2018-01-{n}</span></li>" for n in range(10, 20)) + "</ul>",
        "<table><tr><td>序号</td><td>事项名称</td><td>申请条件</td><td>办理材料</td><td>办理流程</td></tr>"
        + "<tr><td>1</td><td>许可甲</td><td>有</td><td>表</td><td>图</td></tr>"
        "<tr><td>2</td><td>许可乙</td><td>有</td><td>表</td><td>图</td></tr></table>",
        "<form>" + "".join(f"<p>{name}：<input type='text'></p>" for name in ("事项名称", "联系电话", "申请条件", "办理地点")) + "</form>",
        "<p>单位地址：清河县长江街</p><p>办公时间：9:00-17:00</p><p>联系电话：0319-8160000</p>",
        "<p>今年以来，我县优化办理流程，压减申请材料，公开设定依据。</p>",
    ],
    ids=["list", "table of services", "form", "contact page", "news"],
)
def test_other_pages_are_no_guides(body: str) -> None:
    assert read(body) is None


def test_the_day_a_guide_was_published_is_not_when_it_is_open() -> None:
    rest = "".join(f"<p>{name}：{VALUES[name]}</p>" for name in ("设定依据", "申请条件", "办理流程"))
    guide = read(f"<p>时间：2018-04-12　来源：县民政局　浏览：12</p>{rest}")
    assert guide is not None
    assert "办理时间" not in guide.present


def test_a_notice_with_like_headings_is_no_guide() -> None:
    body = as_paragraphs(
        {"申报条件": "企业", "申报材料": "申请书", "申报时间": "三月", "联系电话": "0319-8160000"} | dict.fromkeys("甲乙丙丁", "一")
    )
    assert read(body, title="关于开展2018年度项目申报的通知-清河县人民政府") is None


@pytest.mark.parametrize(
    ("printed", "classes"),
    [
        ("一、设定依据：", ("设定依据",)),
        ("（二）申请条件", ("申请条件",)),
        ("【办 理 流 程】", ("办理流程",)),
        ("3.办理时间、地点", ("办理时间", "办理地点")),
        ("联系人及电话", ("联系电话",)),
        ("办理地点（窗口）", ("办理地点",)),
        ("申请人需提交以下材料", ("办理材料",)),
        ("网上办理流程", ("办理流程",)),
        ("权力运行流程图", ("办理流程",)),
        ("行使依据", ("设定依据",)),
        ("办理所需手续", ("办理材料",)),
        ("适用范围", ("申请条件",)),
        ("办理网点", ("办理地点",)),
        ("办理理地点", ("办理地点",)),
        ("联系人姓名及方式", ("联系电话",)),
        ("法定工作日", ("办理时间",)),
        ("办理对象", ("申请条件",)),
        ("受理范围", ("申请条件",)),
        ("执法依据", ("设定依据",)),
        ("限时办结", ("办理时间",)),
        ("联系方法", ("联系电话",)),
        ("★需带材料★", ("办理材料",)),
        ("〖承办地点〗", ("办理地点",)),
        ("办理条件 +", ("申请条件",)),
        ("8 办理流程 展开", ("办理流程",)),
        ("网上办理地址", None),
        ("现场办理", None),
        ("政策法规", None),
        ("收费依据", ()),
        ("实施机关", ()),
        ("发布时间", None),
        ("通知公告", None),
    ],
)
def test_headings(printed: str, classes: tuple[str, ...] | None) -> None:
    assert classes_of_heading(printed) == classes


@given(st.text(max_size=60), st.sampled_from(["<td>办理材料</td>", "设定依据：", "<li>申请条件", "<p><b>办理流程</b>", "<dl><dt>电话"]))
def test_no_text_makes_the_reader_raise(text: str, markup: str) -> None:
    guide = read(f"{markup}{text}{as_lines(VALUES)}{text}{markup}")
    assert guide is None or set(guide.present).isdisjoint(guide.missing)


@pytest.mark.parametrize("supervision", ["监督电话", "监督投诉电话", "投诉举报渠道"])
def test_the_telephone_of_the_supervision_is_none_to_ask_at_and_accuses_nobody(supervision: str) -> None:
    guide = read(as_table({name if name != "联系电话" else supervision: value for name, value in VALUES.items()}))
    assert guide is not None
    assert "联系电话" not in (*guide.present, *guide.missing)
