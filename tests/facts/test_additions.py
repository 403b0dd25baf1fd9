"""What scripts add to a page that cannot be read in them, and what adds nothing."""

import pytest

from crawler.facts.additions import read_additions
from tests.facts.pages import document

ADDING = (
    "<script>fetch('/api/list').then(r => r.json()).then(show)</script>",
    "<script>$.ajax({type: 'post', contentType: 'application/json', url: '/web/getLinks.do', success: show})</script>",
    "<script>$('#foot').load('/api/foot?id=1')</script>",
    "<script>var r = new XMLHttpRequest(); r.open('GET', address)</script>",
    "<script>var s = document.createElement('script'); s.src = '/data/links.js'; document.body.appendChild(s)</script>",
    "<script>document.write('<iframe src=\"/inc/menu.html\"></iframe>')</script>",
    "<script>new Vue({el: '#app', data: {list: []}})</script>",
    "<script>put(decodeURIComponent(escape(atob('5pCc57Si'))))</script>",
    "<script>eval(function(p,a,c,k,e,d){return p}('0 1', 2, 2, ''.split('|')))</script>",
    "<script type='module'>import show from '/js/show.js'; show()</script>",
    "<script>$.get('/plus/count.php?id=1', tell); $.get('/web/links', show)</script>",
    "<style>.icp::after { content: '桂ICP备05000001号' }</style>",
    "<script src='http://cdn.example.com/js/site.js'></script>",
)
ADDING_NOTHING = (
    "<script>(function(){var hm=document.createElement('script');hm.src='https://hm.baidu.com/hm.js?ab';document.head.appendChild(hm)})()</script>",
    '<script>document.write(unescape("%3Cscript src=\'" + scheme + "s4.cnzz.com/z_stat.php%3Fid%3D1\' %3E%3C/script%3E"))</script>',
    "<script>document.write(\"<script src='http://dcs.conac.cn/js/45/000/0000/1/CA.js'><\\/script>\")</script>",
    "<script>$.get('/plus/count.php?id=1', function(d){$('#n').html(d)})</script>",
    "<script>document.writeln('<iframe src=\"http://i.tianqi.com/index.php?c=code\"></iframe>')</script>",
    "<script>with(document)0[body.appendChild(createElement('script')).src='http://bdimg.share.baidu.com/static/api/js/share.js']</script>",
    "<style>.new::after { content: '新' } .clear::after { content: '' }</style>",
    "<script>document.getElementById('rq').innerHTML = new Date().getFullYear() + '年'</script>",
    "<script>demo2.innerHTML = demo1.innerHTML; setInterval(roll, 30)</script>",
    "<script>$('.nav li').hover(function(){$(this).find('ul').show()}, function(){$(this).find('ul').hide()})</script>",
    "<script>$('.slide').slide({mainCell: '.bd ul'}); $(window).load(function(){$('img').show()})</script>",
    "<script>document.write('<p>版权所有 ' + String.fromCharCode(169) + '</p>')</script>",
    "<script>// $.ajax({url: '/old/list.do'})\n/* fetch('/x') */</script>",
    "<script>$('.bq').load('/pub/bq.html')</script>",  # which is read as a fragment
    "<script src='https://cdn.bootcdn.net/ajax/libs/jquery/1.9.1/jquery.min.js'></script><script src='/js/site.js'></script>",
)


@pytest.mark.parametrize("script", ADDING)
def test_a_script_that_fetches_or_decodes_what_it_adds_is_known(script: str) -> None:
    assert read_additions(document(f"<body>{script}</body>", url="http://a.gov.cn/"))


@pytest.mark.parametrize("script", ADDING_NOTHING)
def test_counters_analysts_clocks_and_effects_add_nothing(script: str) -> None:
    assert read_additions(document(f"<body>{script}</body>", url="http://a.gov.cn/")) == ""
