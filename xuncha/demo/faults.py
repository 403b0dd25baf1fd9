"""The faults and traps that lie in what a site says: each takes a sound content and returns it changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crawler.facts.records import ColumnClass
from xuncha.demo import vocabulary
from xuncha.demo.content import Content, Entry, Filling, Guide, Letter, Section
from xuncha.demo.site import Break, Trap
from xuncha.demo.writing import WORLD_DAY, Writer

Change = Callable[[Content, Writer], Content]

_FROZEN = timedelta(days=100)
_ASLEEP = {
    ColumnClass.NEWS: timedelta(days=60),
    ColumnClass.NOTICES: timedelta(days=240),
    ColumnClass.POLICY: timedelta(days=240),
    ColumnClass.PLANS: timedelta(days=430),
}
"""How much older the columns of a class are made: well beyond the window of the class."""
_EMPTIED = ("jcdt", "gsgg", "gfxwj", "ghjh", "rsxx", "zcjd")
_SHOWN_IN_THIN_GUIDES = ("事项名称", "联系电话", "办理流程")
_TOUCHED_UP = timedelta(days=54)


def _older(section: Section, by: timedelta) -> Section:
    return replace(section, entries=tuple(_moved(entry, by) for entry in section.entries))


def _moved(entry: Entry, by: timedelta) -> Entry:
    return replace(
        entry,
        appeared=entry.appeared - by,
        printed=entry.printed - by,
        address_date=entry.address_date - by,
        tag_date=entry.tag_date - by,
    )


def freeze(content: Content, _: Writer) -> Content:
    """Let nothing have been published for a hundred days; the letters of that time are all answered."""
    letters = tuple(_answered(replace(letter, asked=letter.asked - _FROZEN)) for letter in content.letters)
    return replace(content, sections=tuple(_older(section, _FROZEN) for section in content.sections), letters=letters)


def _answered(letter: Letter) -> Letter:
    return replace(letter, answer=letter.answer or "您好，来信收悉，已转交有关单位办理。", answered=letter.asked + timedelta(days=6))


def let_news_and_notices_sleep(content: Content, _: Writer) -> Content:
    """Make all columns of news and notices but the first old."""
    timed = (ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICY)
    return _let_sleep(content, [section for section in content.sections[1:] if section.column_class in timed])


def let_ten_columns_sleep(content: Content, _: Writer) -> Content:
    """Make every column that has a window old, but the first."""
    return _let_sleep(content, [section for section in content.sections[1:] if section.column_class in _ASLEEP])


def _let_sleep(content: Content, sections: list[Section]) -> Content:
    return content.with_sections({section.slug: _older(section, _ASLEEP[section.column_class]) for section in sections})


def _empty(filling: Filling) -> Change:
    def change(content: Content, _: Writer) -> Content:
        """Take the entries out of six columns."""
        emptied = [section for section in content.sections if section.slug in _EMPTIED]
        return content.with_sections({s.slug: replace(s, entries=(), filling=filling, on_homepage=False) for s in emptied})

    return change


def leave_letters_waiting(content: Content, _: Writer) -> Content:
    """Take the answers from the letters that are five to eight months old."""
    waiting = range(150, 250)
    letters = (
        replace(letter, answer="", answered=None, refused=False) if (WORLD_DAY - letter.asked).days in waiting else letter
        for letter in content.letters
    )
    return replace(content, letters=tuple(letters))


def leave_an_old_letter(content: Content, _: Writer) -> Content:
    """Leave one letter without an answer that is older than the year which counts."""
    asked = date(2016, 10, 18)
    letter = Letter(2101, "关于蝴蝶巷公厕开放时间的咨询", "您好，请问蝴蝶巷公厕夜间是否开放？", asked)
    return replace(content, letters=(*content.letters, letter))


def offer_petitions_only(content: Content, _: Writer) -> Content:
    """Offer no letter box, only the petition office and the reporting line of the discipline inspection."""
    channels = (("网上信访", "http://xinfang.wuyou.gov.cn/"), ("12388举报网站", "http://wuyou.12388.gov.cn/"))
    return replace(content, letters=(), channels=channels)


def offer_no_channel(content: Content, _: Writer) -> Content:
    """Offer no way to ask anything."""
    return replace(content, letters=())


def thin_out_guides(content: Content, _: Writer) -> Content:
    """Leave three of the eight elements in all guides but the first."""
    return replace(content, guides=(content.guides[0], *(_thin(guide) for guide in content.guides[1:])))


def _thin(guide: Guide) -> Guide:
    return replace(guide, elements=tuple(element for element in guide.elements if element[0] in _SHOWN_IN_THIN_GUIDES))


def publish_no_report(content: Content, _: Writer) -> Content:
    """Publish no yearly report."""
    return replace(content, reports=())


def publish_openness_report_only(content: Content, writer: Writer) -> Content:
    """Publish the report on open government information in place of the one on the website."""
    report = replace(writer.report(2017), title="2017年政府信息公开工作年度报告", rows=(("主动公开政府信息数（单位：条）", "1206"),))
    return replace(content, reports=(report,))


def publish_report_of_2016(content: Content, writer: Writer) -> Content:
    """Leave the report of the year before on the homepage."""
    return replace(content, reports=(writer.report(2016),))


def touch_up_dates(content: Content, _: Writer) -> Content:
    """Let the news and notices end in early January, and print dates of February beside their newest entries later on."""
    return _touched_up(content, (ColumnClass.NEWS, ColumnClass.NOTICES))


def _touched_up(content: Content, classes: tuple[ColumnClass, ...]) -> Content:
    forged = {}
    for section in content.sections:
        if section.column_class in classes:
            honest = _older(section, _TOUCHED_UP).entries
            touched = (replace(entry, reprinted=entry.printed + _TOUCHED_UP) for entry in honest[:8])
            forged[section.slug] = replace(section, entries=(*touched, *honest[8:]))
    return content.with_sections(forged)


def insert_backdated_entries(content: Content, writer: Writer) -> Content:
    """Put notices in on 26 February that print dates of December, and touch up the dates of the news."""
    section = next(section for section in content.sections if section.column_class is ColumnClass.NOTICES)
    uploaded, numbers = date(2018, 2, 26), max(entry.number for entry in section.entries)
    late = []
    for place in range(5):
        entry = writer.entry(vocabulary.NOTICES, uploaded)
        late.append(replace(entry, number=numbers + 1 + place, printed=date(2017, 12, 29) - timedelta(days=3 * place)))
    notices = replace(section, entries=(*late, *section.entries))
    return _touched_up(content.with_sections({section.slug: notices}), (ColumnClass.NEWS,))


def _fill(filling: Filling) -> Change:
    def change(content: Content, _: Writer) -> Content:
        """Let the entries of all columns come into their pages in another way."""
        return replace(content, sections=tuple(replace(section, filling=filling) for section in content.sections))

    return change


def fill_one_by_script(content: Content, _: Writer) -> Content:
    """Let a script bring the entries of one column."""
    section = content.sections[-1]
    return content.with_sections({section.slug: replace(section, filling=Filling.SCRIPT)})


def announce_maintenance(content: Content, _: Writer) -> Content:
    """Announce a maintenance in a banner over an ordinary page."""
    return replace(content, announcement="系统维护公告：因网站升级维护，3月10日0:00至6:00将暂停服务，给您带来不便敬请谅解。")


def date_an_entry_ahead(content: Content, _: Writer) -> Content:
    """Print a day that is still to come beside an entry on top."""
    section = content.sections[0]
    ahead = replace(section.entries[3], printed=date(2018, 3, 20))
    return content.with_sections({section.slug: replace(section, entries=(*section.entries[:3], ahead, *section.entries[4:]))})


def pin_an_old_entry(content: Content, writer: Writer) -> Content:
    """Keep an entry of two years ago on top of the notices."""
    section = next(section for section in content.sections if section.column_class is ColumnClass.NOTICES)
    old = replace(writer.entry(vocabulary.NOTICES, date(2016, 4, 11)), number=4021, pinned=True)
    return content.with_sections({section.slug: replace(section, entries=(old, *section.entries))})


CHANGES: dict[Break | Trap, Change] = {
    Break.HOMEPAGE_OF_LAST_YEAR: freeze,
    Break.UNDATED_HOMEPAGE_OF_LAST_YEAR: freeze,
    Break.CHANNELS_OF_LAST_YEAR: freeze,
    Break.NEWS_AND_NOTICES_ASLEEP: let_news_and_notices_sleep,
    Break.TEN_COLUMNS_ASLEEP: let_ten_columns_sleep,
    Break.COLUMNS_WITH_PLACEHOLDER: _empty(Filling.PLACEHOLDER),
    Break.COLUMNS_BARE: _empty(Filling.BARE),
    Break.LETTERS_WAIT_IN_LIST: leave_letters_waiting,
    Break.LETTERS_WAIT_ON_PAGES: leave_letters_waiting,
    Break.PETITIONS_ONLY: offer_petitions_only,
    Break.NO_CHANNEL: offer_no_channel,
    Break.THIN_GUIDE_TABLES: thin_out_guides,
    Break.THIN_GUIDE_TEXTS: thin_out_guides,
    Break.NO_REPORT: publish_no_report,
    Break.OPENNESS_REPORT_ONLY: publish_openness_report_only,
    Break.REPORT_OF_2016: publish_report_of_2016,
    Break.DATES_TOUCHED_UP: touch_up_dates,
    Break.BACKDATED_ENTRIES: insert_backdated_entries,
    Trap.SCRIPT_FILLED_COLUMNS: _fill(Filling.SCRIPT),
    Trap.COLUMNS_OF_RECORDS: _fill(Filling.RECORDS),
    Trap.ONE_SCRIPT_FILLED_COLUMN: fill_one_by_script,
    Trap.MAINTENANCE_BANNER: announce_maintenance,
    Trap.FUTURE_ENTRY: date_an_entry_ahead,
    Trap.PINNED_OLD_ENTRY: pin_an_old_entry,
    Trap.OLD_LETTER: leave_an_old_letter,
}
"""Breaks and traps that change what a site says. The others change how its pages are built or how its server answers."""
