"""What a page of letters says is read as printed; what it does not say is never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.letters.reading import read_letters
from crawler.facts.letters.words import state_of
from crawler.facts.records import Letters, LetterState
from crawler.facts.tree.document import Document

AS_OF = dt.date(2018, 3, 1)
TRAIL = '<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/hd/">互动交流</a> &gt; <a href="/hd/xx/">{}</a></div>'


def read(body: str, *, title: str = "县长信箱-清河县人民政府", column: str = "县长信箱", encoding: str = "utf-8") -> Letters | None:
    page = f'<html><head><meta charset="{encoding}"><title>{title}</title></head><body>{TRAIL.format(column)}{body}</body></html>'
    return read_letters(Document.parse(page.encode(encoding), url="http://www.qinghe.example/hd/xx/", as_of=AS_OF))


def table(*rows: tuple[str, ...], heading: tuple[str, ...] = ("编号", "信件标题", "来信时间", "办理状态")) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (heading, *rows))
    return f"<table>{cells}</table>"


def states(letters: Letters | None) -> list[LetterState]:
    assert letters is not None
    return [letter.state for letter in letters.letters]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_table_gives_every_letter_with_its_state_and_date(encoding: str) -> None:
    letters = read(
        "<p>共收到 123 件，已办结：99 件</p>"
        + table(
            ("103", '<a href="103.html">关于路灯不亮的反映</a>', "2018-02-20", "办理中"),
            ("102", '<a href="102.html">咨询社保转移手续</a>', "2017年10月02日", "<span>未回复</span>"),
            ("101", '<a href="101.html">小区停车难</a>', "2017/9/1", "已办结"),
            ("100", '<a href="100.html">反映邻里纠纷</a>', "2017-08-30", "不予受理"),
            ("99", '<a href="99.html">请求拨款</a>', "2017-08-29", "已受理"),
        ),
        encoding=encoding,
    )
    assert states(letters) == [
        LetterState.UNANSWERED,
        LetterState.UNANSWERED,
        LetterState.ANSWERED,
        LetterState.REFUSED,
        LetterState.UNKNOWN,
    ]
    assert letters is not None
    assert letters.oldest_unanswered == dt.date(2017, 10, 2)
    assert letters.letters[0].url == "http://www.qinghe.example/hd/xx/103.html"
    assert letters.letters[0].title == "关于路灯不亮的反映"


def test_the_date_of_an_answer_answers_and_an_empty_cell_claims_nothing() -> None:
    heading = ("信件标题", "写信时间", "回复时间")
    letters = read(table(("咨询户口迁移", "2017-09-01", "2017-09-05"), ("建议增设公交站", "2017-09-02", ""), heading=heading))
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN]
    assert letters is not None
    assert letters.letters[0].answered == dt.date(2017, 9, 5)


def test_what_is_printed_in_the_column_of_answers_answers() -> None:
    rows = "".join(
        f"<tr><td>路灯何时修好</td><td>2017-10-09</td><td>{reply}</td></tr>"
        for reply in ("您好，已经修好。", "", "查看回复详情", "已转县住建局办理")
    )
    letters = read(f"<table><tr><th>留言内容</th><th>留言时间</th><th>回复内容</th></tr>{rows}</table>")
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN, LetterState.UNKNOWN, LetterState.UNKNOWN]


def test_a_contradiction_claims_nothing() -> None:
    heading = ("信件标题", "写信时间", "回复时间", "状态")
    letters = read(table(("咨询户口迁移", "2017-09-01", "2017-09-05", "办理中"), heading=heading))
    assert states(letters) == [LetterState.UNKNOWN]


def test_yes_and_no_answer_the_question_of_the_heading() -> None:
    heading = ("留言主题", "留言时间", "是否回复")
    letters = read(table(("自来水浑浊", "2017-09-01", "是"), ("噪声扰民", "2017-09-02", "否"), heading=heading))
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNANSWERED]


def test_a_state_shown_as_a_picture_is_read_from_its_name() -> None:
    letters = read(
        table(("1", "咨询学位", "2017-09-01", '<img src="y.gif" alt="已回复">'), ("2", "咨询落户", "2017-09-02", '<img src="n.gif">'))
    )
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN]


def test_cards_are_letters_and_filters_and_totals_are_not() -> None:
    card = '<li><a href="/x/{0}.html">{1}</a><span>来信人：赵大山</span><span class="date">2018-01-0{0}</span><em>{2}</em></li>'
    letters = read(
        '<ul class="tab"><li><a href="#">全部</a></li><li><a href="#">已办结</a></li><li><a href="#">办理中</a></li></ul>'
        '<ul class="total"><li><span>已办结</span><b>99</b></li><li><span>办理中</span><b>1</b></li></ul><ul class="list">'
        + card.format(1, "关于供暖温度不达标", "[已回复]")
        + card.format(2, "咨询新生儿医保", "[处理中]")
        + "</ul>"
    )
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNANSWERED]
    assert letters is not None
    assert [letter.title for letter in letters.letters] == ["关于供暖温度不达标", "咨询新生儿医保"]
    assert not any("赵大山" in letter.excerpt for letter in letters.letters)


def test_rows_of_lists_and_titles_with_their_state_are_cards_too() -> None:
    row = '<ul class="row"><li><a href="/x/{0}.html">反映第{0}条道路</a></li><li>2018-01-0{0}</li><li>{1}</li></ul>'
    rows = read(f"<div><ul><li>标题</li><li>写信日期</li><li>状态</li></ul>{row.format(1, '已回复')}{row.format(2, '办理中')}</div>")
    assert states(rows) == [LetterState.ANSWERED, LetterState.UNANSWERED]
    item = "<li><a href='/x/{0}.html'>[{1}]反映第{0}条道路</a><span>01-0{0}</span></li>"
    items = read(f"<ul>{item.format(1, '已回复')}{item.format(2, '未回复')}</ul>")
    assert states(items) == [LetterState.ANSWERED, LetterState.UNANSWERED]
    assert items is not None
    assert [letter.title for letter in items.letters] == ["反映第1条道路", "反映第2条道路"]


def test_a_state_that_is_a_filter_is_no_letter() -> None:
    letters = read('<div class="filter"><b>未回复</b><a href="?all">查看全部的来信</a></div>')
    assert letters is None or not letters.unanswered


def test_permits_with_states_are_no_letters() -> None:
    row = "<li><a href='/b/{0}.html'>某某公司食品经营许可</a><span>2017-01-0{0}</span><em>办理中</em></li>"
    page = f"<html><head><title>办件公示-清河县政务服务网</title></head><body><ul>{row.format(1)}{row.format(2)}</ul></body></html>"
    assert read_letters(Document.parse(page.encode(), as_of=AS_OF)) is None


def test_a_list_without_states_is_unknown() -> None:
    rows = "".join(
        f'<li><a href="{day}.html">关于第{day}中学门前交通问题的来信</a><span>2018-02-{day}</span></li>' for day in range(10, 16)
    )
    assert states(read(f"<ul>{rows}</ul>")) == [LetterState.UNKNOWN] * 6


def test_a_form_to_write_a_letter_is_no_letter() -> None:
    form = "".join(f"<tr><td>{name}：</td><td><input type='text' name='f'></td></tr>" for name in ("信件标题", "来信时间", "联系电话"))
    form += "<tr><td>回复方式</td><td><select><option>公开</option></select></td></tr>"
    form += "<tr><td>信件内容：</td><td><textarea>请输入</textarea></td></tr>"
    assert read(f"<form action='/send' method='post'><table>{form}</table></form>", column="我要写信") is None


def test_an_empty_list_is_empty_only_when_the_page_says_so() -> None:
    heading = table()
    said = read(heading + "<p>共0条 0/0</p>")
    assert said is not None
    assert said.empty
    hidden = read(heading + '<div style="display:none">暂无数据</div><script>$.ajax({url:"/letters"})</script>')
    assert hidden is not None
    assert not hidden.empty
    assert hidden.script_filled


def test_a_template_is_no_letter() -> None:
    letters = read(table(("{{id}}", "{{title}}", "{{date}}", "未回复")) + "<script>new Vue({el:'#a'})</script>")
    assert letters is None or not letters.letters


@pytest.mark.parametrize("column", ["网上信访", "纪检举报", "民意征集", "网上调查"])
def test_columns_that_the_clause_leaves_out_accuse_nobody(column: str) -> None:
    letters = read(table(("1", "反映问题", "2017-09-01", "未回复")), column=column, title=f"{column}-清河县人民政府")
    assert letters is None or not letters.unanswered


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("已办结", LetterState.ANSWERED),
        ("【处理完成】", LetterState.ANSWERED),
        ("状态：已答复", LetterState.ANSWERED),
        ("未 回 复", LetterState.UNANSWERED),
        ("待办理", LetterState.UNANSWERED),
        ("未办复", LetterState.UNANSWERED),
        ("完成", LetterState.ANSWERED),
        ("正在办理", LetterState.UNANSWERED),
        ("拒绝受理", LetterState.REFUSED),
        ("已转办", LetterState.UNKNOWN),
        ("审核中", LetterState.UNKNOWN),
        ("回复", None),
        ("我要写信", None),
        ("2018-01-01", None),
    ],
)
def test_states(printed: str, state: LetterState | None) -> None:
    assert state_of(printed) is state


@given(st.text(max_size=60), st.sampled_from(["<td>标题</td><td>状态</td>", "回复：", "<p>来信内容：</p>", "[未回复]", "<table><tr>"]))
def test_no_text_makes_the_reader_raise(text: str, markup: str) -> None:
    letters = read(f"{markup}{text}<tr><td>{text}{markup}")
    assert letters is None or isinstance(letters, Letters)
