"""搜索功能不可用

检查内容
    用网站上确有的信息标题搜索，能否搜到；并用一个无意义的词作对照。
依据
    《政府网站发展指引》附件《网页设计规范》：网站应提供信息检索功能；2018年第一季度通报用语“网站搜索功能不可用”。
判定
    pass 至少一次搜索得到结果，且对照词搜不到，或者结果中就有应搜到的标题。
    fail 两个不同的、网站上确有的标题都搜不到，或者搜索页面都报错。
    inconclusive 只有一次落空；对照词也搜到结果，而结果中没有应搜到的标题；
        结果由脚本生成；搜索请求被拦截或没有应答；网站另有四分之一以上的页面打不开、报错或没有内容；
        回答中引用的不是所搜的词；应搜到的信息本身未能打开；搜索框不用脚本不能提交，或由脚本改写后提交；
        搜索框预设只搜网站的一部分或一段时间；没有看到搜索框，而首页没有完整看到。
    na 网站没有搜索框，且首页完整可见；或者登记状态为关停、迁移或临时下线。
证据
    每次搜索的词、应搜到的标题和页面的回答。
易误判
    索引更新有延迟；结果由脚本写入；提交前由脚本对检索词编码或换到其他地址；搜索在集约化平台的其他主机上；搜索框只搜信息公开目录或文件库；
    搜索前须输入验证码；结果按栏目分列。
整改建议
    修复搜索功能，保证能按标题搜到本网站发布的信息，并及时更新索引。
"""

from enum import StrEnum

from crawler.coverage import frames_alone
from crawler.facts.records import STAND_INS, SearchOutcome, SearchState
from crawler.snapshot import OLD_COPY, Page, RenderReason, SearchTry
from rules.evidence import of_page
from rules.rule import Cover, Need, SiteRule, View
from rules.unrendered import undecided_by_scripts
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided

LEAST_TITLE = 8
"""Characters from which on a title that was cut short still tells which title it was."""
ERRING_SHARE = 0.25
"""Of the other pages: where so many err, an error says little of the search."""
BLOCKED_STATUS = frozenset({401, 403, 405, 406, 412, 418, 429, 503, 521})


class Answer(StrEnum):
    """How one search went."""

    HIT = "搜到结果"
    NOTHING = "没有结果"
    ERROR = "页面报错"
    UNCLEAR = "无法确认"


def judge(view: View) -> Judgement:
    """Judge the searches for titles known to be on the site; two must fail before the search is called broken."""
    if all(page.facts is None or page.facts.search_form.state is SearchState.ABSENT for page in view.pages):
        return not_applicable("no_search", "网站没有搜索框，由“无搜索功能”一项判定", absence=True)
    tries = [attempt for attempt in view.search_tries if attempt.expected is not None]
    answers = [(attempt, answer_of(attempt)) for attempt in tries]
    evidence = tuple(_evidence(attempt, answer) for attempt, answer in answers)
    control = next((attempt for attempt in view.search_tries if attempt.expected is None and answer_of(attempt) is Answer.HIT), None)
    hits = [attempt for attempt, answer in answers if answer is Answer.HIT]
    if any(control is None or _lists_what_was_sought(attempt) for attempt in hits):
        return passed("search_works", "搜索网站上确有的标题，得到了结果", *evidence)
    if control:
        return undecided("finds_anything", "搜索无意义的词也得到结果，结果不能说明搜索可用与否", *evidence, _evidence(control, Answer.HIT))
    failed_ones = [attempt for attempt, answer in answers if answer in (Answer.NOTHING, Answer.ERROR) and _is_there(attempt, view)]
    if any(attempt.form.scripted for attempt in failed_ones):
        return undecided("sent_by_script", "搜索框由脚本改写后提交，直接提交没有结果不能说明搜索不可用", *evidence)
    if any(attempt.form.partial for attempt in failed_ones):
        return undecided("searches_a_part", "搜索框预设的范围只是网站的一部分，搜不到其他部分的信息不能说明搜索不可用", *evidence)
    failures = {attempt.query for attempt in failed_ones}
    if len(failures) >= view.threshold("failed_queries"):
        if _errs_elsewhere(view):
            return undecided("errs_elsewhere", "网站另有四分之一以上的页面打不开、报错或没有内容，不能说明是搜索功能的问题", *evidence)
        return failed("search_fails", f"用{len(failures)}个网站上确有的标题搜索，都没有得到结果", *evidence, again=1)
    if not tries:
        return undecided_by_scripts("search_not_tried", "搜索框不用脚本不能提交，或没有合适的标题可供搜索，未作尝试", _behind_scripts(view))
    return undecided("search_unclear", "搜索的结果无法确认", *evidence)


def _behind_scripts(view: View) -> tuple[Page, ...]:
    """Return the homepage where its search box is written by a script."""
    rendering = view.home.rendering
    return (view.home,) if rendering is not None and rendering.reason is RenderReason.SEARCH_BOX else ()


def _errs_elsewhere(view: View) -> bool:
    """Tell whether a good part of the pages that were asked for erred as well: then it is not the search alone that fails.

    A page errs by its status, by breaking off, or where an error, a notice or nothing at all stands in its place.
    """
    others = [*view.pages, *view.unread]
    nothing = frames_alone(view.home, [page for page in others if page is not view.home])
    erring = sum(page in nothing or _errs(page) for page in others)
    return erring > 0 and erring >= len(others) * ERRING_SHARE


def _is_there(attempt: SearchTry, view: View) -> bool:
    """Tell whether the page was seen whose title was to be found: a list may be an old copy, and name what is gone."""
    return attempt.expected_url is None or any(page.is_whole for page in view.pages if attempt.expected_url in (page.url, page.final_url))


def _errs(page: Page) -> bool:
    failed = page.failure is not None or page.status is None or page.status >= 400
    return failed or (page.facts is not None and page.facts.page_type in STAND_INS)


def answer_of(attempt: SearchTry) -> Answer:
    """Classify the page that a search brought. A connection that was lost shows nothing: firewalls cut those that carry queries."""
    page = attempt.page
    if page.failure or page.kept_for > OLD_COPY:
        return Answer.UNCLEAR
    if page.status in BLOCKED_STATUS or (page.facts and page.facts.challenge):
        return Answer.UNCLEAR
    if page.status and page.status >= 400:
        return Answer.ERROR
    found = page.facts.search_answer if page.facts else None
    if found is None:
        return Answer.UNCLEAR
    match found.outcome:
        case SearchOutcome.HITS:
            return Answer.HIT
        case SearchOutcome.NONE:
            return Answer.NOTHING
        case SearchOutcome.ERROR:
            return Answer.ERROR
        case _:
            return Answer.UNCLEAR


def _lists_what_was_sought(attempt: SearchTry) -> bool:
    """Tell whether the title that was to be found is among the results, perhaps cut short."""
    answer, sought = attempt.page.facts.search_answer if attempt.page.facts else None, "".join((attempt.expected or "").split())
    listed = ("".join(title.split()).rstrip("….") for title in (answer.titles if answer else ()))
    return any(sought in title or (len(title) >= LEAST_TITLE and sought.startswith(title)) for title in listed)


def _evidence(attempt: SearchTry, answer: Answer) -> Evidence:
    found = attempt.page.facts.search_answer if attempt.page.facts else None
    shown = found.excerpt if found else (attempt.page.failure.detail if attempt.page.failure else f"状态码{attempt.page.status}")
    wanted = f"应搜到：{attempt.expected}" if attempt.expected else "对照词，应搜不到"
    return of_page(EvidenceKind.PROBE, attempt.page, f"{wanted}；{answer.value}；{shown}", f"搜索“{attempt.query}”")


RULE = SiteRule(version=5, needs=(Need.HOME, Need.PAGES, Need.SEARCH), covers=(Cover.HOMEPAGE, Cover.NAVIGATION), judge=judge)
