"""The class of a column, told from its name: which update window the clauses give it."""

import re

from crawler.facts.records import ColumnClass

# The order decides where a name fits two classes. Classes with a longer window, or none, come first: a doubtful column is judged leniently.
_CLASSES: tuple[tuple[ColumnClass, re.Pattern[str]], ...] = (
    (
        ColumnClass.TOPIC,
        re.compile(
            r"专题|专栏|历史|归档|往期|回顾|大事记|存档|旧闻|旧版|纪念|周年|系列报道|典型报道|两学一做|主题教育|党史学习|学习贯彻|不忘初心|大精神|扫黑除恶|脱贫攻坚"
            r"|文明创建|创建\S{0,6}城市|创城|创卫|督察|疫情|抗疫"
        ),
    ),
    (
        ColumnClass.INTERACTION,
        re.compile(r"互动|信箱|咨询|留言|来信|写信|信访|投诉|征集|调查|访谈|建言|献策|问政|热线|举报|问答|答复|评议|民意|听证"),
    ),
    (ColumnClass.OTHER, re.compile(r"公开(?:指南|年报|目录|制度|规定|申请)|依申请|年度报告|年度报表|年报")),
    (
        ColumnClass.SERVICE,
        re.compile(r"办事|服务(?!动态|信息)|便民|下载|查询|大厅|权责清单|审批|预约|缴费|指南"),
    ),
    (
        ColumnClass.OTHER,
        re.compile(
            r"年报|年度报告|年度报表|公开(?:目录|制度|规定|申请)|依申请|机构|职能|职责|领导|概况|简介|联系|地图|链接|图库|新闻发布|发言人|发布会"
            r"|统计|公报|经济运行|计划生育|法律援助|收费"
        ),
    ),
    (
        # Names with the words of a class that are of something else: of bodies, systems, rules, and of what is not news.
        ColumnClass.OTHER,
        re.compile(
            r"信息公开|信息资源|新闻(?:联播|媒体|单位|出版|[报爆]料|线索|检索|搜索|排行)|动态(?:监测|监管|管理|调整)|资讯订阅|头条号|(?:微博|微信)动态"
            r"|(?:旅游|天气|健康|生活|便民|就业|求职|招生|农业|科普|价格|市场|行情)(?:资讯|动态)|(?:价格|信用)公示|规章制度|法律(?:常识|知识|顾问)"
            # What is finite by its name: a year's documents, a plan for five years, what is no longer in force, collections.
            r"|(?:19|20)\d\d年|历年|十[一二三四五]五|废止|失效|(?:法规|规章|政策|文件)(?:库|汇编)"
            # No notices by the definition (通知、公告、公示): trades that a small body may not make in half a year.
            r"|(?:采购|招标|投标|拍卖|出让)$"
            r"|通知书|公告(?:模板|牌)|出让金|采购(?:目录|单位)|文件(?:格式|检索|目录|汇编)|公文(?:格式|写作|处理)|政策(?:兑现|申报|评估|直播|宣传)"
            r"|公务员(?:之家|平均)|干部(?:风采|教育|在线|学习|学院)|招聘会|规划(?:展览|展示)|(?:司|科|处|局|办|办公室|公司|系统|网|平台|馆|代理|(?<!新闻|资讯)中心)$"
        ),
    ),
    (ColumnClass.PLANS, re.compile(r"规划|计划|人事|任免|招考|招聘|录用|招录|公务员|干部")),
    (ColumnClass.NOTICES, re.compile(r"通知|公告|公示|通告|招标|中标|采购|拍卖|出让")),
    (ColumnClass.POLICY, re.compile(r"政策|文件|法规|法律|规章|规范性|解读|条例|公文|政令")),
    (
        ColumnClass.NEWS,
        re.compile(
            r"新闻|动态|要闻|快讯|快报|简报|简讯|要情|头条|报道|资讯|时政|播报|(?:工作|政务|部门|最新|本地|图片)(?:信息|进展)|工作交流"
        ),
    ),
)


def classify(name: str) -> ColumnClass:
    """Return the class of a column by its name (standards.md 1.1 and 1.3: 动态要闻, 通知公告, 政策文件, 人事规划计划).

    A name that fits no class, or only speaks of things without an update window, is `OTHER`.
    """
    text = "".join(name.split())
    for column_class, pattern in _CLASSES:
        if pattern.search(text):
            return column_class
    return ColumnClass.OTHER
