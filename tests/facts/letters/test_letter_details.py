"""Pages of one letter: who asked, what, when, and whether there is an answer."""

import datetime as dt

import pytest

from crawler.facts.letters.records import read_letter_records
from crawler.facts.records import LetterState
from tests.facts.letters.test_letters import read, states
from tests.facts.pages import document

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


@pytest.mark.parametrize("layout", ["<table>{}</table>", "<ul>{}</ul>"])
def test_the_steps_of_a_letter_are_no_letters(layout: str) -> None:
    row = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>" if "table" in layout else "<li><i>{}</i><b>{}</b><span>{}</span></li>"
    steps = (("2017-10-09", "待受理", "县信访局"), ("2017-10-10", "办理中", "县水务局"), ("2017-10-12", "已办结", "县水务局"))
    process = layout.format("".join(row.format(*step) for step in steps))
    detail = DETAIL.format(state="已办结", reply="请联系自来水公司。", date="2017-10-12")
    assert states(read(f"{detail}<h3>办理过程</h3>{process}")) == [LetterState.ANSWERED]


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


QUESTION = "<p><b>问：</b>公租房的补贴什么时候发放？</p><p><b>答：</b>{}</p>"


@pytest.mark.parametrize(
    ("answer", "below", "expected"),
    [
        ("", "<p>浏览次数：12</p><p>分享到：微信 微博</p>", LetterState.UNKNOWN),
        ("", "<div>共 2 条留言 页次：1/1</div>", LetterState.UNKNOWN),
        ("", "<p>网友乙</p><p>2018-02-20</p>", LetterState.UNKNOWN),
        ("", "<p>2018-02-20</p><p>您好，补贴将在每季度末发放。</p>", LetterState.ANSWERED),
        ("2018-02-20", "", LetterState.ANSWERED),
        ("", '<img src="answer.jpg">', LetterState.UNKNOWN),
    ],
)
def test_what_stands_under_an_empty_answer_is_none(answer: str, below: str, expected: LetterState) -> None:
    assert states(read(QUESTION.format(answer) + below, column="在线咨询")) == [expected]


def test_an_answer_is_empty_where_the_others_stand_beside_their_label() -> None:
    answers = ("您好，补贴已发放。", "", "请到县住建局三楼办理。")
    entries = (f"<h4>补贴发放的问题{number}</h4>{QUESTION.format(text)}" for number, text in enumerate(answers))
    assert states(read("".join(entries), column="在线咨询")) == [LetterState.ANSWERED, LetterState.UNKNOWN, LetterState.ANSWERED]


def test_answers_to_others_on_the_page_are_no_hint_at_one_to_the_letter_that_has_none() -> None:
    def letter(title: str, reply: str) -> str:
        asked = f"<tr><td>标题</td><td>{title}</td></tr><tr><td>留言时间</td><td>2017-10-02</td></tr>"
        return f"<table>{asked}<tr><td>留言内容</td><td>请问什么时候解决？</td></tr><tr><td>回复内容</td><td>{reply}</td></tr></table>"

    body = letter("路灯不亮", "您好！您反映的路灯已修复。") + letter("停车难", "暂无回复")
    read = read_letter_records(document(f"<title>留言板-清河县人民政府</title><body><h1>留言板</h1>{body}</body>"))
    assert [(each.state, each.hinted) for each in read] == [(LetterState.ANSWERED, False), (LetterState.UNANSWERED, False)]
