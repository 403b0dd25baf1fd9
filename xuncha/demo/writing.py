"""The writing of a sound site's content: who publishes what, how often. Seeded by the host name, the same on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from crawler.facts.records import ColumnClass
from xuncha.demo import vocabulary
from xuncha.demo.content import Content, Entry, Guide, Letter, Report, Section

WORLD_DAY = date(2018, 3, 1)
"""The day of the world's last state; nothing is published from it on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A column to be written: every how many days it gets an entry, and how many there are."""

    slug: str
    name: str
    group: str
    column_class: ColumnClass
    patterns: tuple[str, ...]
    step: int
    count: int


NEWS, NOTICES, POLICY, PLANS, OTHER = (
    ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICY, ColumnClass.PLANS, ColumnClass.OTHER,
)  # fmt: skip
PORTAL = (
    Plan("zwyw", "政务要闻", "新闻中心", NEWS, vocabulary.NEWS, 2, 32),
    Plan("bmdt", "部门动态", "新闻中心", NEWS, vocabulary.NEWS, 3, 26),
    Plan("jcdt", "基层动态", "新闻中心", NEWS, vocabulary.NEWS, 3, 24),
    Plan("tzgg", "通知公告", "政务公开", NOTICES, vocabulary.NOTICES, 5, 24),
    Plan("gsgg", "公示公告", "政务公开", NOTICES, vocabulary.NOTICES, 9, 14),
    Plan("zcwj", "政策文件", "政务公开", POLICY, vocabulary.POLICIES, 14, 18),
    Plan("gfxwj", "规范性文件", "政务公开", POLICY, vocabulary.POLICIES, 25, 12),
    Plan("zcjd", "政策解读", "政务公开", OTHER, vocabulary.EXPLANATIONS, 16, 12),
    Plan("ghjh", "规划计划", "政务公开", PLANS, vocabulary.PLANS, 60, 9),
    Plan("rsxx", "人事信息", "政务公开", PLANS, vocabulary.PERSONNEL, 40, 10),
)
WIDE = (
    *PORTAL,
    Plan("zwdt", "政务动态", "新闻中心", NEWS, vocabulary.NEWS, 3, 20),
    Plan("gzdt", "工作动态", "新闻中心", NEWS, vocabulary.NEWS, 4, 18),
    Plan("zfwj", "政府文件", "政务公开", POLICY, vocabulary.POLICIES, 20, 12),
)
DEPARTMENT = (
    Plan("gzdt", "工作动态", "新闻动态", NEWS, vocabulary.NEWS, 2, 30),
    Plan("jcdt", "基层动态", "新闻动态", NEWS, vocabulary.NEWS, 4, 20),
    Plan("tzgg", "通知公告", "信息公开", NOTICES, vocabulary.NOTICES, 6, 22),
    Plan("zcwj", "政策文件", "信息公开", POLICY, vocabulary.POLICIES, 18, 14),
    Plan("zcjd", "政策解读", "信息公开", OTHER, vocabulary.EXPLANATIONS, 22, 10),
    Plan("ghjh", "规划计划", "信息公开", PLANS, vocabulary.PLANS, 70, 8),
    Plan("rsrm", "人事任免", "信息公开", PLANS, vocabulary.PERSONNEL, 50, 8),
)
SMALL = (
    Plan("xwdt", "新闻动态", "信息公开", NEWS, vocabulary.NEWS, 3, 20),
    Plan("tzgg", "通知公告", "信息公开", NOTICES, vocabulary.NOTICES, 8, 16),
    Plan("zcfg", "政策法规", "信息公开", POLICY, vocabulary.POLICIES, 25, 10),
    Plan("gzjh", "工作计划", "信息公开", PLANS, vocabulary.PLANS, 80, 6),
)
PROFILES = {"portal": PORTAL, "wide": WIDE, "department": DEPARTMENT, "small": SMALL}

_GUIDES = ("最低生活保障金申请", "公共场所卫生许可", "个体工商户设立登记", "教师资格认定", "城镇污水排入排水管网许可", "残疾人证核发")
_ELEMENTS = (
    ("事项名称", "{title}"),
    ("设定依据", "《{place}{title}实施办法》第七条、第九条"),
    ("申请条件", "户籍或者经营场所在{place}辖区内，材料齐全、符合法定形式的公民、法人或者其他组织"),
    ("办理材料", "1．《{title}表》一式两份；2．身份证明或者营业执照复印件；3．相关证明材料原件"),
    ("办理地点", "{place}政务服务中心一楼{number}号窗口"),
    ("办理时间", "周一至周五上午8:30-12:00，下午14:00-17:30（法定节假日除外）"),
    ("联系电话", "0999-8600{number:03}"),
    ("办理流程", "申请→受理→审查→决定→送达，自受理之日起15个工作日内办结"),
)


class Writer:
    """Writes the content of one site."""

    def __init__(self, seed: str, place: str, body: str, website: str) -> None:
        self._random = Random(f"xuncha demo {seed}")
        self._headlines = vocabulary.Headlines(self._random, place, body)
        self._place, self._body, self._website = place, body, website

    def write(self, profile: str) -> Content:
        """Return what a sound site of that profile says, with everything it will ever publish."""
        sections = self._numbered([self._section(plan) for plan in PROFILES[profile]])
        return Content(
            sections=tuple(sections),
            letters=tuple(self._letters()),
            guides=tuple(self._guide(number, title) for number, title in enumerate(_GUIDES, 1)),
            reports=(self.report(2017),),
        )

    def _section(self, plan: Plan) -> Section:
        day = WORLD_DAY - timedelta(days=1 + self._random.randrange(plan.step))
        entries = []
        for _ in range(plan.count):
            entries.append(self.entry(plan.patterns, day))
            day -= timedelta(days=max(1, plan.step + self._random.randint(-1, 1)))
        return Section(plan.slug, plan.name, plan.group, plan.column_class, tuple(entries))

    def entry(self, patterns: tuple[str, ...], day: date) -> Entry:
        """Return an honest entry of a day, not yet numbered."""
        title, work = self._headlines.draw(patterns)
        return Entry(0, title, day, self._headlines.paragraphs(work), printed=day, address_date=day, tag_date=day)

    def _numbered(self, sections: list[Section]) -> Iterator[Section]:
        """Number the entries over all columns in the order of their days, as a publishing system does."""
        order = sorted((entry.appeared, entry.title) for section in sections for entry in section.entries)
        numbers = {key: 10200 + 7 * place for place, key in enumerate(order)}
        for section in sections:
            entries = tuple(replace(entry, number=numbers[entry.appeared, entry.title]) for entry in section.entries)
            yield replace(section, entries=entries)

    def _letters(self) -> Iterator[Letter]:
        """Write the letters of fourteen months: answered within two weeks, one refused, the newest still being handled."""
        day, matters = WORLD_DAY - timedelta(days=9), list(vocabulary.MATTERS)
        self._random.shuffle(matters)
        for number, matter in enumerate(matters):
            street = self._random.choice(vocabulary.STREETS)
            question = f"您好，我是{street}居民，想咨询{matter}的问题，请问由哪个部门负责，什么时候可以解决？"
            answered = day + timedelta(days=self._random.randint(2, 13)) if number else None
            answer = f"您好，您反映的{street}{matter}问题已转有关单位核实。{self._body}已安排专人处理，感谢您的关注。" if answered else ""
            yield Letter(2600 - number, f"关于{street}{matter}的咨询", question, day, answer, answered, refused=number == 5)
            day -= timedelta(days=self._random.randint(22, 40))

    def _guide(self, number: int, title: str) -> Guide:
        elements = ((name, text.format(title=title, place=self._place, number=number)) for name, text in _ELEMENTS)
        return Guide(number, title, tuple(elements))

    def report(self, year: int) -> Report:
        """Return the site's yearly working report of 国办函〔2018〕12号 for a year."""
        figures = self._random
        rows = (
            ("填报单位", self._body),
            ("网站名称", self._website),
            ("独立用户访问总量（单位：个）", str(figures.randint(40_000, 400_000))),
            ("网站总访问量（单位：次）", str(figures.randint(400_000, 900_000))),
            ("信息发布总数（单位：条）", str(figures.randint(600, 3_000))),
            ("专栏专题维护数量（单位：个）", str(figures.randint(2, 9))),
            ("解读材料数量（单位：条）", str(figures.randint(10, 60))),
            ("收到留言数量（单位：条）", str(figures.randint(20, 300))),
            ("平均办理时间（单位：天）", str(figures.randint(2, 9))),
            ("安全检测评估次数（单位：次）", str(figures.randint(1, 12))),
        )
        return Report(f"{year}年政府网站工作年度报表", date(year + 1, 1, 24), rows)
