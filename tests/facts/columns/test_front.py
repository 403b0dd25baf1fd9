"""A front page is open where something that was not read may write its lists, and closed where nothing may."""

import datetime as dt

import pytest

from crawler.facts.columns.front import may_show_more
from tests.facts.pages import document

_NEWEST = dt.date(2012, 2, 20)
_LIST = "<ul><li><a href='/1.html'>清河县召开安全生产工作会议</a> 2012-02-20</li></ul>"


@pytest.mark.parametrize(
    "markup",
    [
        "<marquee><script src='/gg.asp?n=7'></script></marquee>",
        "<td><script language='javascript' src='/plus/js.php?id=12'></script></td>",
        "<div class='news'><script src='/script/0/17110.js'></script></div>",
        "<div class='news'><script src='/js/newslist.js'></script></div>",
        "<div id='app'><ul><li v-for='x in list'>{{x.title}}</li></ul></div>",
        "<div id='box'></div><script type='text/html'><li></li></script>",
        "<textarea class='lazy' style='display:none'>&lt;ul&gt;&lt;li&gt;&lt;a href='/2.html'&gt;年度报表&lt;/a&gt;</textarea>",
        "<textarea id='part'>\n<div><a href='/2.html'>年度报表</a></div></textarea>",
        "<template id='part'><a href='/2.html'>年度报表</a></template>",
        "<div w3-include-html='/frag/news.html'></div>",
        "<div data-src='/frag/news.html'></div>",
        "<ul class='zs_list'></ul><script>getNews('zs_list', 8)</script>",
        "<div><textarea style='display:none'><ul><li>1<i>2018-02-26</i><li>2<i>2018-02-25</i><li>3<i>2018-02-24</i></ul></textarea></div>",
        "<select><option>2018-02-26 公告</option><option>2018-02-25 通知</option><option>2018-02-24 公示</option></select>",
        "<script>var links = '/yw/201802/t20180226_1.html'</script>",
        "<script>var news = [{t: '清河县召开会议', d: '2018-02-26'}]</script>",
    ],
)
def test_what_may_write_a_list_leaves_a_front_page_open(markup: str) -> None:
    assert may_show_more(document(f"{markup}{_LIST}"), _NEWEST)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<script src='/js/jquery.min.js'></script>",
        "<div><script src='/js/common.js'></script></div>",
        "<td><script src='/count/hits.asp?id=1'></script></td>",
        "<div><script src='http://s17.cnzz.com/stat.php?id=2896628'></script></div>",
        "<div style='display:none'><script src='/online.php'></script></div>",
        "<textarea name='words' placeholder='请留言'>您有什么意见？</textarea>",
        "<template id='part'></template>",
        "<div data-src='/images/banner.jpg'></div>",
        "<div data-include='/public/footer.html'></div>",
        "<noscript><p>您的浏览器不支持脚本</p></noscript><select><option>2018年1月</option><option>2017年12月</option><option>2017年11月</option></select>",
        "<script>var today = '2018-03-01'</script>",
        "<script>/* version 2011-05-01 */</script>",
        "<div id='day'></div><script>document.getElementById('day').innerHTML = new Date()</script>",
    ],
)
def test_what_writes_no_list_leaves_it_closed(markup: str) -> None:
    assert not may_show_more(document(f"{markup}{_LIST}"), _NEWEST)
