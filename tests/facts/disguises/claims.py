"""What a disguised page is held guilty of that the plain one is not."""

from collections.abc import Iterator
from datetime import date

from crawler.facts.records import STAND_INS, PageFacts, ReportKind, SearchOutcome, SearchState

_MARKS = ("party_mark", "site_code", "icp", "police_filing", "feedback_entry", "sponsor")
_UNSUCCESSFUL = (SearchOutcome.NONE, SearchOutcome.ERROR)


def new_claims(plain: PageFacts, disguised: PageFacts) -> list[str]:
    """Return what is said against a site for its page in disguise and not for the plain page; what is left open is no claim."""
    before = set(_claims(plain))
    found = [claim for claim in _claims(disguised) if claim not in before]
    if plain.newest_date is None and not plain.dates and "undated" in found:
        found.remove("undated")
    if not _is_whole(plain):
        found = [claim for claim in found if not claim.startswith("no ")]
    found += [f"{name} looks older" for name, day, other in _days(plain, disguised) if day and other and other < day]
    if _unanswered(disguised) > _unanswered(plain):
        found.append("letters unanswered")
    return found


def _claims(facts: PageFacts) -> Iterator[str]:
    if facts.page_type in STAND_INS:
        yield f"is {facts.page_type}"
    if facts.column and facts.column.empty:
        yield "column empty"
    if facts.undated:
        yield "undated"
    if facts.guide:
        yield from (f"guide without {element}" for element in facts.guide.missing)
    if facts.search_answer and facts.search_answer.outcome in _UNSUCCESSFUL:
        yield "search fails"
    if _is_whole(facts):
        yield from _absent(facts)


def _is_whole(facts: PageFacts) -> bool:
    """Tell whether a page is one of the site's own, seen to its end: what is absent elsewhere is held against nobody."""
    return not (facts.limited or facts.script_dependent or facts.page_type in STAND_INS)


def _absent(facts: PageFacts) -> Iterator[str]:
    marks = facts.marks
    if not marks.footer_by_script:
        open_to_an_eye = {"party_mark"} if marks.unnamed_pictures else set()
        open_to_an_eye |= {"feedback_entry"} if marks.driven_pictures else set()
        yield from (f"no {name}" for name in _MARKS if not getattr(marks, name).seen and name not in open_to_an_eye)
    if not facts.head_by_script:
        if facts.search_form.state is SearchState.ABSENT:
            yield "no search form"
        if not facts.interaction and not facts.interaction_in_script:
            yield "no interaction channel"
    if not any(mention.kind is ReportKind.WORK for mention in facts.reports):
        yield "no yearly report"


def _days(plain: PageFacts, disguised: PageFacts) -> Iterator[tuple[str, date | None, date | None]]:
    yield "page", _newest(plain), _newest(disguised)
    if plain.column and disguised.column and not disguised.column.script_filled:
        yield "column", plain.column.newest, disguised.column.newest
    yield "text", plain.publish_date, disguised.publish_date


def _newest(facts: PageFacts) -> date | None:
    return max((day for day in (facts.newest_date, facts.newest_possible_date) if day), default=None)


def _unanswered(facts: PageFacts) -> int:
    return facts.letters.unanswered if facts.letters else 0
