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


DETAIL = """<table><tr><td colspan="2">信件内容</td></tr>
<tr><td>标&nbsp;&nbsp;题</td><td>关于更换水表的咨询</td></tr><tr><td>来 信 人</td><td>赵某</td></tr>
<tr><td>写信时间</td><td>2017-10-09 10:20</td></tr><tr><td>信件内容</td><td>我家电话13812345678，水表坏了找谁？</td></tr>
<tr><td colspan="2">办理情况</td></tr><tr><td>处理状态</td><td>{state}</td></tr><tr><td>回复内容</td><td>{reply}</td></tr>
<tr><td>回复时间</td><td>{date}</td></tr></table><p>打印本页</p>"""


@pytest.mark.parametrize(
    ("state", "reply", "date", "expected"),
    [
        ("已处理", "<p>您好，请联系自来水公司。</p>", "2017-10-12", LetterState.ANSWERED),
        ("处理中", "<p>您好，请联系自来水公司。</p>", "2017-10-12", LetterState.ANSWERED),
        ("处理中", "", "", LetterState.UNANSWERED),
        ("", "暂无回复", "", LetterState.UNANSWERED),
        ("不予受理", "您反映的事项不属于本信箱范围。", "2017-10-12", LetterState.REFUSED),
        ("", "", "", LetterState.UNKNOWN),
        ("已受理", "", "", LetterState.UNKNOWN),
    ],
)
def test_a_detail_page_is_one_letter(state: str, reply: str, date: str, expected: LetterState) -> None:
    letters = read(DETAIL.format(state=state, reply=reply, date=date), encoding="gb18030")
    assert states(letters) == [expected]
    assert letters is not None
    (letter,) = letters.letters
    assert letter.title == "关于更换水表的咨询"
    assert letter.asked == dt.date(2017, 10, 9)
    assert letter.answered == (dt.date(2017, 10, 12) if date else None)
    assert "13812345678" not in letter.excerpt + letter.title


def test_the_kind_of_a_letter_is_no_label() -> None:
    page = """<table><tr><td>编号:</td><td>C2017081</td><td>来信人:</td><td>赵某</td></tr><tr><td>来信时间:</td><td>2017-10-09</td>
<td>信件类型:</td><td>咨询</td></tr><tr><td>信件类别</td><td>建议</td><td>办事状态</td><td>处理中</td></tr>
<tr><td>来信主题:</td><td>关于更换水表</td></tr><tr><td>来信内容:</td><td>水表坏了找谁？</td></tr></table>
<table><tr><td>办理时间:</td><td>暂无</td></tr><tr><td>处理情况:</td><td></td></tr></table>"""
    letters = read(page)
    assert letters is not None
    (letter,) = letters.letters
    assert (letter.title, letter.asked, letter.state) == ("关于更换水表", dt.date(2017, 10, 9), LetterState.UNANSWERED)


def test_an_answer_in_a_table_of_its_own_is_an_answer() -> None:
    reply = "<table><tr><td>请联系自来水公司办理更换手续。</td></tr></table>"
    assert states(read(DETAIL.format(state="处理中", reply=reply, date=""))) == [LetterState.ANSWERED]


def test_a_letter_printed_twice_is_one() -> None:
    detail = DETAIL.format(state="已处理", reply="请联系自来水公司。", date="2017-10-12")
    assert states(read(f"<div>{detail}</div><div class='mobile'>{detail}</div>")) == [LetterState.ANSWERED]


WAITING = {
    "信件标题": "关于路灯不亮的咨询",
    "来信时间": "2017-08-17",
    "来信内容": "路灯坏了半个月。",
    "办理状态": "办理中",
    "答复内容": "暂无回复",
}


@pytest.mark.parametrize("row", ["<div><div>{}</div><div>{}</div></div>", "<li><span>{}</span><p>{}</p></li>", "<p>{}</p><p>{}</p>"])
def test_labels_without_a_colon_are_told_by_their_rhythm(row: str) -> None:
    asked = (
        ("流水号", "20180105001"),
        ("标&nbsp;&nbsp;题", "关于路灯不亮的反映"),
        ("写信时间", "2018年01月05日"),
        ("内容", "东街路灯坏了。"),
    )
    answered = (("状态", "已处理"), ("回复内容", "已派员修复，感谢您的关注。"), ("处理时间", "2018年01月09日"))
    letters = read("<h3>信件内容</h3>" + "".join(row.format(*part) for part in (*asked, *answered)), title="信件查看-清河县人民政府")
    assert states(letters) == [LetterState.ANSWERED]
    assert letters is not None
    assert letters.letters[0].title == "关于路灯不亮的反映"
    assert (letters.letters[0].asked, letters.letters[0].answered) == (dt.date(2018, 1, 5), dt.date(2018, 1, 9))


def test_a_menu_of_such_words_is_no_letter() -> None:
    menu = "".join(f"<li><a href='/{n}/'>{name}</a></li>" for n, name in enumerate(("咨询", "投诉", "建议", "来信时间", "回复", "未回复")))
    letters = read(f"<ul>{menu}</ul><p>请选择栏目。</p>")
    assert letters is None or not [each for each in letters.letters if each.state is LetterState.UNANSWERED]


def test_what_follows_a_letter_without_an_answer_is_not_its_answer() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in WAITING.items())
    page = f"<table>{rows}</table><div><a href='/'>网站首页</a> | <a href='/map.html'>网站地图</a> | 关于本站</div>"
    letters = read(page)
    assert letters is not None
    assert [letter.state for letter in letters.letters] == [LetterState.UNANSWERED]


def test_labels_in_running_text_make_letters_too() -> None:
    block = "<div><p>网友留言：{0}</p><p>留言时间：2017-12-01</p><p>回复：{1}</p><p>回复时间：{2}</p></div>"
    letters = read(
        block.format("何时修路？", "计划明年动工。", "2017-12-05") + block.format("公园几点开门？", "尚未回复", ""), column="网上咨询"
    )
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNANSWERED]


def test_a_guest_book_prints_the_message_after_its_writer() -> None:
    entry = "<div><p>网友 赵** 于 2018-01-0{0} 留言：</p><p>第{0}中学何时开学？</p><p>管理员回复：{1}</p></div>"
    letters = read(entry.format(1, "三月一日。") + entry.format(2, "暂无回复"), column="公众留言")
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNANSWERED]
    assert letters is not None
    assert letters.oldest_unanswered == dt.date(2018, 1, 2)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("<h3>回复</h3><div>回复单位：水务局 回复时间：2018-01-05</div><p>已经恢复。</p>", LetterState.ANSWERED),
        ("<div>办理状态：办理中</div>", LetterState.UNANSWERED),
        ("", LetterState.UNKNOWN),
    ],
)
def test_a_detail_page_may_label_only_writer_and_dates(rest: str, expected: LetterState) -> None:
    letters = read(f"<h2>关于供水问题</h2><div>来信人：赵某 来信时间：2018-01-02</div><p>三天没有水了。</p>{rest}")
    assert states(letters) == [expected]
    assert letters is not None
    assert (letters.letters[0].title, letters.letters[0].asked) == ("关于供水问题", dt.date(2018, 1, 2))


def test_a_question_with_an_answer_under_it_is_answered() -> None:
    entry = (
        '<li><div class="q"><p>外地户口能在本县参加高考吗？</p><span>2018-01-0{0}</span></div>'
        '<div class="a"><p>您好，请咨询县考试院。</p><span>2018-01-1{0}</span></div></li>'
    )
    letters = read(f"<ul>{entry.format(2)}{entry.format(3)}</ul>", column="我想咨询")
    assert states(letters) == [LetterState.ANSWERED, LetterState.ANSWERED]
    assert letters is not None
    assert (letters.letters[0].asked, letters.letters[0].answered) == (dt.date(2018, 1, 2), dt.date(2018, 1, 12))


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
