"""Section two: the cited problems by category, one sentence a family or combination of families, with the sites named."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from reports.bulletin.document import Span, figure, words
from reports.chinese import listed, numeral
from reports.figures.records import CitedProblem, Origin, Source
from reports.problem_families import Category, Family, family_of, sentence_order


class _Sentence:
    """Sites told of in one sentence, because they have the same problems in the same words."""

    def __init__(self, family: Family, wordings: tuple[str, ...]) -> None:
        self.family = family
        self.wordings = wordings
        self.sites: dict[str, CitedProblem] = {}

    def spans(self, examples: int) -> Iterator[Span]:
        named = list(self.sites.values())
        for number, problem in enumerate(named[:examples]):
            yield words("、" if number else "")
            yield figure(problem.printed_name, problem.source)
        if len(named) > examples:
            yield words("等")
            yield figure(len(named), *_counted(named), how="有此问题的网站数")
            yield words("个网站")
        yield words(_predicate(self.wordings))


def _counted(named: list[CitedProblem]) -> list[Source]:
    """Return the sources of a count: each imported row, and a scan once, with the rules whose problems were counted."""
    sources = dict.fromkeys(problem.source for problem in named if problem.source.origin is not Origin.SCAN)
    rules: dict[str, dict[str, None]] = {}
    for problem in named:
        if problem.source.origin is Origin.SCAN:
            rules.setdefault(problem.source.place, {})[problem.rule] = None
    scans = (Source(origin=Origin.SCAN, place=place, field=f"{listed(own)}的列名问题，按网站计数") for place, own in rules.items())
    return [*sources, *scans]


_VERBS = ("未", "无", "没有", "同时", "存在", "缺", "仍", "不")
"""How wordings begin that follow a name directly; the others begin with a part of the site and follow it with 的."""


def _predicate(wordings: tuple[str, ...]) -> str:
    """Return a site's problems as one predicate, each in its official wording."""
    *earlier, last = wordings
    joined = f"{'，'.join(earlier)}，并且{last}" if earlier else last
    return joined if joined.startswith(_VERBS) else f"的{joined}"


def cited_paragraphs(cited: Iterable[CitedProblem], examples: int) -> Iterator[tuple[Span, ...]]:
    """Yield one paragraph a category that has findings, numbered in the order of the categories."""
    number = 0
    sentences = _sentences(cited)
    for category in Category:
        own = [sentence for sentence in sentences if sentence.family.category is category]
        if own:
            number += 1
            yield tuple(_category(number, category, own, examples))


def _category(number: int, category: Category, sentences: list[_Sentence], examples: int) -> Iterator[Span]:
    yield Span(text=f"（{numeral(number)}）{category}。", heading=True)
    families = [list(group) for _, group in groupby(sentences, key=_family_key)]
    numbered = category is Category.INTERACTION and len(families) > 1
    for place, family in enumerate(families, start=1):
        yield words((f"{numeral(place)}是" if numbered else "") + family[0].family.opening)
        for position, sentence in enumerate(family):
            yield words("；" if position else "")
            yield from sentence.spans(examples)
        yield words("。")


def _family_key(sentence: _Sentence) -> object:
    """Return what keeps sentences of one family together; joined families each have their own sentences."""
    return (sentence.family.rule, sentence.wordings) if sentence.family.joined else sentence.family.rule


def _sentences(cited: Iterable[CitedProblem]) -> list[_Sentence]:
    """Gather what is cited into sentences, in the order of their families, sites and wordings in the order given."""
    by_site: dict[tuple[str, str, str], list[CitedProblem]] = {}
    for problem in cited:
        family = family_of(problem.rule)
        group = family.category.value if family.joined else family.rule
        by_site.setdefault((group, problem.region, problem.printed_name), []).append(problem)
    sentences: dict[tuple[str, tuple[str, ...]], _Sentence] = {}
    for problems in by_site.values():
        lead = family_of(problems[0].rule)
        wordings = tuple(dict.fromkeys(problem.problem for problem in problems))
        sentence = sentences.setdefault((lead.rule, wordings), _Sentence(lead, wordings))
        sentence.sites.setdefault(problems[0].region + problems[0].printed_name, problems[0])
    return sorted(sentences.values(), key=lambda sentence: sentence_order(sentence.family.rule))
