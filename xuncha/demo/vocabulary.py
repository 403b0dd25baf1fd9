"""Invented headlines and sentences that read like those of government websites, drawn from a seeded source."""

from random import Random

WORKS = (
    "安全生产", "春季造林", "河道清淤", "农村公路养护", "城乡环境卫生", "义务教育均衡发展", "食品安全", "节水灌溉", "扶贫产业",
    "消防隐患排查", "非物质文化遗产保护", "基层卫生服务", "政务公开", "招商引资", "防汛备汛", "土地确权", "社区养老", "学前教育",
    "老旧小区改造", "农产品质量监管", "知识产权保护", "统计执法", "法治宣传", "就业培训", "水源地保护", "秸秆综合利用", "供热保障",
    "道路交通整治", "公共文化服务", "疫病防控", "营商环境优化", "村级财务公开", "粮食收储", "电子商务进农村", "残疾人康复", "气象服务",
)  # fmt: skip
NEWS = (
    "{place}召开{work}工作会议", "{place}部署下一阶段{work}工作", "{place}{work}取得新进展", "{place}开展{work}专项行动",
    "{place}组织观摩{work}现场", "{body}赴基层调研{work}", "{body}举办{work}业务培训班", "{body}走访群众了解{work}情况",
    "{place}{work}经验在全市交流", "{body}扎实推进{work}工作", "{place}启动{work}宣传月活动", "{body}召开{work}推进会",
)  # fmt: skip
NOTICES = (
    "关于开展{work}检查的通告", "关于{work}项目招标的公告", "关于{work}先进单位的公示", "关于做好{work}有关事项的通知",
    "{body}关于{work}听证会的公告", "关于{work}资金分配方案的公示", "关于征求{work}意见的公告", "{body}关于{work}结果的通报",
)  # fmt: skip
POLICIES = (
    "{body}关于印发《{work}实施方案》的通知", "{body}关于印发《{work}管理办法》的通知", "{body}关于加强{work}工作的意见",
    "{body}关于修订《{work}暂行规定》的通知", "{body}转发关于{work}工作若干措施的通知", "{body}关于进一步规范{work}的实施意见",
)  # fmt: skip
EXPLANATIONS = ("《{work}实施方案》解读", "一图读懂《{work}管理办法》", "《关于加强{work}工作的意见》政策问答", "关于{work}新规定的说明")
PLANS = (
    "{place}{work}三年行动规划", "{body}{work}年度工作计划", "{place}{work}发展规划纲要", "{body}{work}工作要点", "{place}{work}专项规划",
)  # fmt: skip
PERSONNEL = (
    "{body}关于{work}办公室有关同志职务任免的通知", "{body}公开招聘{work}工作人员公告", "{body}关于{work}岗位拟聘用人员的公示",
    "{body}{work}岗位考试录用工作安排",
)  # fmt: skip
MATTERS = ("路灯不亮", "自来水压力不足", "公交线路调整", "垃圾清运不及时", "医保异地结算", "低保申请条件", "学区划分", "小区停车收费",
           "农机补贴发放", "户口迁移手续", "新建道路噪声", "不动产登记时限", "老年证办理", "广场舞扰民")  # fmt: skip
STREETS = ("槐安路", "蝴蝶巷", "梦泽街", "石桥社区", "烂柯村", "云梦小区", "竹林镇", "白鹿街道", "桃源里", "鹤鸣社区")
SENTENCES = (
    "会议传达了上级有关{work}的要求，听取了各单位的工作汇报。",
    "{body}要求各责任单位细化措施，明确时限，把{work}的各项任务落到实处。",
    "截至目前，{place}共排查点位{count}处，完成整改{less}处，其余事项已列入台账限期办理。",
    "下一步，{body}将会同有关部门加强督促检查，适时通报{work}的进展情况。",
    "各单位要结合实际制定方案，于规定日期前将{work}情况书面报送{body}。",
    "对工作中发现的问题，可向{body}反映，联系电话见本网站页脚。",
)


class Headlines:
    """Headlines of one site, none of them twice."""

    def __init__(self, random: Random, place: str, body: str) -> None:
        self._random = random
        self._words = {"place": place, "body": body}
        self._used: set[str] = set()

    def draw(self, patterns: tuple[str, ...]) -> tuple[str, str]:
        """Return a headline not drawn before and the work it is about."""
        for _ in range(50):
            work = self._random.choice(WORKS)
            title = self._random.choice(patterns).format(work=work, **self._words)
            if title not in self._used:
                break
        while title in self._used:
            title = f"{title}（续）"
        self._used.add(title)
        return title, work

    def paragraphs(self, work: str) -> tuple[str, ...]:
        """Return three sentences about a work, one a paragraph."""
        number = self._random.randint(20, 90)
        return tuple(
            sentence.format(work=work, count=number, less=number - self._random.randint(1, 9), **self._words)
            for sentence in self._random.sample(SENTENCES, 3)
        )
