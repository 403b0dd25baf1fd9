"""Letters in pictures, bubbles and cards: read as far as they speak."""

import datetime as dt

import pytest

from crawler.facts.records import LetterState
from tests.facts.letters.test_letters import read, states


@pytest.mark.parametrize(
    "painted", ['<img src="1.gif" alt="{}">', '<i class="icon" title="{}"></i>', '<a><img src="1.gif" title="{}"></a>']
)
def test_a_state_may_be_painted(painted: str) -> None:
    entries = (
        ("关于路灯不亮的反映", "已回复", "2018-02-20"),
        ("咨询社保转移手续", "未回复", "2018-02-18"),
        ("小区停车难问题", "处理中", "2018-02-17"),
    )
    letters = read(
        "<ul>"
        + "".join(f'<li><a href="{date}.html">{title}</a>{painted.format(state)}<span>{date}</span></li>' for title, state, date in entries)
        + "</ul>"
    )
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNANSWERED, LetterState.UNANSWERED]
    assert letters is not None
    assert letters.oldest_unanswered == dt.date(2018, 2, 17)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("<div><span>{}</span><span>{}</span><span>{}</span></div>", "<div><span>{}</span><span>{}</span><span>{}</span></div>"),
        ("<ul><li>{}</li><li>{}</li><li>{}</li></ul>", "<ul><li>{}</li><li>{}</li><li>{}</li></ul>"),
        ("<div><p>{}</p><p>{}</p><p>{}</p></div>", "<section><ul><li>{}</li><li>{}</li><li>{}</li></ul></section>"),
    ],
)
def test_a_table_made_of_boxes_is_read_by_its_headings_where_no_state_is_printed(head: str, row: str) -> None:
    entries = (
        ("关于路灯不亮的反映", "2018-02-20", "2018-02-22"),
        ("咨询社保转移手续", "2018-02-18", ""),
        ("停车难", "2018-02-17", "2018-02-19"),
    )
    rows = "".join(row.format(f'<a href="{asked}.html">{title}</a>', asked, answered) for title, asked, answered in entries)
    letters = read(head.format("信件标题", "来信时间", "回复时间") + f"<div>{rows}</div>")
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN, LetterState.ANSWERED]
    assert letters is not None
    assert [letter.asked and letter.asked.day for letter in letters.letters] == [20, 18, 17]


def test_an_entry_that_prints_the_day_of_an_answer_is_answered() -> None:
    card = '<div><h4><a href="{0}.html">关于路灯不亮的反映{0}</a></h4><p><span>来信时间：2018-02-0{0}</span><span>{1}</span></p></div>'
    letters = read("".join(card.format(n, "回复时间：2018-02-1" + str(n) if n != 2 else "回复单位：县城管局") for n in (1, 2, 3)))
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN, LetterState.ANSWERED]
    assert letters is not None
    assert (letters.letters[0].asked, letters.letters[0].answered) == (dt.date(2018, 2, 1), dt.date(2018, 2, 11))


@pytest.mark.parametrize(
    ("pair", "state"),
    [
        ("<div><b>问</b><p>修路占用的耕地怎样补偿？</p></div><div><b>答</b><p>请到村委会查询补偿标准。</p></div>", LetterState.ANSWERED),
        (
            "<li><b>网友：</b>修路占用的耕地补偿标准是多少，找谁领？</li><li><b>县自然资源局回复：</b>请到村委会查询。</li>",
            LetterState.ANSWERED,
        ),
        (
            "<h3>耕地补偿</h3><p>李先生 咨询于 2018-02-01 10:10</p><p>怎样补偿？</p><p>县自然资源局回复如下：</p><p>请到村委会查询。</p>",
            LetterState.ANSWERED,
        ),
        (
            "<dl><dt>修路占用的耕地怎样补偿？<i>2018-02-01</i></dt><dd>请到村委会查询补偿标准。<i>2018-02-05</i></dd></dl>",
            LetterState.ANSWERED,
        ),
        ("<table><tr><td>内容</td><td>耕地怎样补偿？</td></tr><tr><td>答复情况</td><td></td></tr></table>", LetterState.UNKNOWN),
        (
            "<table><tr><td>内容</td><td>耕地怎样补偿？</td></tr><tr><td>答复情况</td><td>该信件正在办理中</td></tr></table>",
            LetterState.UNANSWERED,
        ),
        (
            "<table><tr><td>问政时间：</td><td>2018-02-01</td><td>审核时间：</td><td>2018-02-02</td><td>处理情况：</td><td>处理中</td></tr></table>",
            LetterState.UNANSWERED,
        ),
        (
            "<h3>来信内容</h3><p>耕地怎样补偿？</p><h3>信件回复</h3><p>请到村委会查询补偿标准。</p>",
            LetterState.ANSWERED,
        ),
        (
            "<table><tr><th>标题</th><td>耕地补偿</td></tr><tr><th>内容</th><td>怎样补偿？</td></tr><tr><th>办结回复</th><td>请查询标准。</td></tr></table>",
            LetterState.ANSWERED,
        ),
        (
            "<table><tr><td>信件内容：</td><td>耕地怎样补偿？</td></tr><tr><td>回信内容：</td><td><font>请耐心等待回复！</font></td></tr></table>",
            LetterState.UNANSWERED,
        ),
        (
            "<table><tr><td>信件类型：</td><td>不希望公开，希望回复到邮箱</td></tr><tr><td>信件标题：</td><td>耕地</td></tr>"
            "<tr><td>回信内容：</td><td>请耐心等待回复！</td></tr></table>",
            LetterState.UNKNOWN,
        ),
        (
            "<table><tr><td>信件标题</td><td>路灯不亮</td></tr><tr><td>信件内容</td><td>路灯不亮，请处理。</td></tr>"
            "<tr><td>办理状态</td><td>办理中</td></tr><tr><td>备注</td><td>已电话告知来信人</td></tr></table>",
            LetterState.UNKNOWN,
        ),
        ("<p>来信时间：2018-02-01 处理情况：<b>处理中</b> |督办部门：县自然资源局</p><p>耕地怎样补偿？</p>", LetterState.UNANSWERED),
    ],
)
def test_a_question_and_its_answer(pair: str, state: LetterState) -> None:
    assert states(read(pair, title="耕地怎样补偿-县长信箱")) == [state]


def test_no_answer_is_claimed_missing_that_a_script_may_bring() -> None:
    body = "<table><tr><td>来信内容</td><td>耕地怎样补偿？</td></tr><tr><td>回复内容</td><td id='r'>暂无回复</td></tr></table>"
    assert states(read(body)) == [LetterState.UNANSWERED]
    assert states(read(body + "<script>$.get('/reply', function (d) { $('#r').html(d); })</script>")) == [LetterState.UNKNOWN]


@pytest.mark.parametrize("closed", ["disabled", "readonly"])
@pytest.mark.parametrize(
    ("reply", "stated", "state"), [("", "未回复", LetterState.UNANSWERED), ("请到村委会查询补偿标准。", "已回复", LetterState.ANSWERED)]
)
def test_a_letter_may_stand_in_fields_that_nobody_can_fill_in(closed: str, reply: str, stated: str, state: LetterState) -> None:
    line, area = "<p><label>{}</label><input {} value='{}'></p>", "<p><label>{}</label><textarea {}>{}</textarea></p>"
    fields = (
        line.format("信件标题", closed, "耕地怎样补偿？"),
        line.format("信件状态", closed, stated),
        area.format("信件内容", closed, "修路占用的耕地怎样补偿？"),
        area.format("信件回复", closed, reply),
    )
    assert states(read(f"<form>{''.join(fields)}</form>")) == [state]


def test_the_rows_of_another_table_are_no_letters() -> None:
    letters = read(
        "<table><tr><th>标题</th><th>留言时间</th><th>状态</th></tr><tr><td>反映路灯不亮</td><td>2018-02-01</td><td>处理中</td></tr></table>"
        "<table><tr><th>部门</th><th>本月</th><th>累计</th></tr><tr><td><a href='1.html'>办公室</a></td><td>1</td><td>2</td></tr></table>"
    )
    assert states(letters) == [LetterState.UNANSWERED]


def test_each_letter_may_stand_in_a_table_of_its_own() -> None:
    row = "<table><tr><td><a href='{0}.html'>反映路灯不亮{0}</a></td><td>2018-02-0{0}</td><td>已处理</td></tr></table>"
    letters = read(
        "<table><tr><th>标题</th><th>留言时间</th><th>状态</th></tr></table>" + "".join(row.format(number) for number in (1, 2, 3))
    )
    assert states(letters) == [LetterState.ANSWERED] * 3


def test_what_offices_write_to_each_other_is_no_answer() -> None:
    listed = "<tr><th>受理编号</th><th>投诉标题</th><th>责任部门</th><th>投诉时间</th><th>拟办时间</th><th>状态</th></tr>"
    listed += "<tr><td>1</td><td>反映路灯不亮</td><td>城管局</td><td>2018-02-01</td><td>2018-02-11</td><td>未处理</td></tr>"
    letters = read(f"<table>{listed}</table>")
    assert states(letters) == [LetterState.UNANSWERED]
    assert letters is not None
    assert letters.oldest_unanswered == dt.date(2018, 2, 1)
    parts = {
        "投诉标题": "路灯不亮",
        "投诉内容": "东街路灯不亮。",
        "拟办意见": "请城管局尽快处理并答复投诉人。",
        "领导意见": "同意",
        "状态": "处理中",
    }
    detail = "".join(f"<tr><td>{name}:</td><td>{value}</td></tr>" for name, value in parts.items())
    assert states(read(f"<table>{detail}</table>")) == [LetterState.UNANSWERED]


def test_an_entry_of_a_column_of_letters_may_print_its_answer() -> None:
    card = '<div class="card"><h4><a href="{0}.html">关于路灯不亮的反映{0}</a></h4><p>2018-02-1{0}</p><p>【回复】{1}</p></div>'
    answers = ("您好，路灯已修复，感谢监督。", "正在处理中，请耐心等待", "")
    letters = read("".join(card.format(number, answer) for number, answer in enumerate(answers)))
    assert states(letters) == [LetterState.ANSWERED, LetterState.UNKNOWN, LetterState.UNKNOWN]
