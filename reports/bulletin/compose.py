"""Composing the bulletin: figures, a profile and the earlier quarters in, the document tree out. Pure: no file, no clock."""

from collections.abc import Iterable, Iterator

from reports.bulletin.annexes import problem_sites_annex, units_annex
from reports.bulletin.cited import cited_paragraphs
from reports.bulletin.document import Annex, Document, Paragraph, Span, Style, figure, words
from reports.bulletin.internal import recheck_sentences, series_warnings, unit_rates_annex, whole_interval
from reports.bulletin.overview import (
    accountability_paragraph,
    annual_reports_paragraph,
    changes_sentences,
    registry_paragraph,
    spot_check_paragraph,
)
from reports.bulletin.supervision import supervision_annex, supervision_lists
from reports.bulletin.texts import Texts
from reports.chinese import date_text, numeral
from reports.figures.check import draft_line, require_consistent, warnings_of
from reports.figures.records import AnnexList, Figures, ListKey, Metadata
from reports.profile import Profile, Section
from reports.trend.series import QuarterSummary, in_order, summary_of

INTERNAL_LINE = "内部使用，不予公开"


def compose_bulletin(figures: Figures, profile: Profile, past: Iterable[QuarterSummary] = (), *, internal: bool = False) -> Document:
    """Return the bulletin of a quarter; `past` holds what was kept of the others, drafts and later ones included.

    The internal edition adds intervals of the pass rates and where the re-check disagreed.
    Raises `FiguresError` when the figures contradict each other.
    """
    require_consistent(figures, profile.thresholds)
    return _Composer(figures, profile, in_order(past, figures.period), internal).document()


class _Composer:
    """What the parts of one bulletin are made from."""

    def __init__(self, figures: Figures, profile: Profile, past: tuple[QuarterSummary, ...], internal: bool) -> None:
        self._figures, self._profile, self._past, self._internal = figures, profile, past, internal
        self._texts = Texts(figures, profile)
        self._lists = supervision_lists(figures, profile, past)

    def document(self) -> Document:
        """Return the whole bulletin."""
        figures, profile = self._figures, self._profile
        metadata = figures.metadata
        title = metadata.title or self._texts.plain(profile.title)
        annexes = tuple(self._annexes())
        lines = [INTERNAL_LINE] if self._internal else []
        return Document(
            red_head=self._texts.plain(profile.red_head),
            number=metadata.document_number or self._texts.plain(profile.document_number),
            title=title,
            draft="；".join(filter(None, [*lines, draft_line(figures)])),
            metadata=_metadata(metadata, title),
            paragraphs=(*self._text(), *self._closing(annexes)),
            annexes=annexes,
            warnings=(*warnings_of(figures, profile.thresholds), *series_warnings(figures, profile, self._past)),
        )

    def _takes(self, section: Section) -> bool:
        return section in self._profile.sections

    def _text(self) -> Iterator[Paragraph]:
        if self._profile.addressee:
            yield Paragraph(style=Style.ADDRESSEE, spans=(*self._texts.spans(self._profile.addressee.rstrip("：:")), words("：")))
        yield _body(self._texts.spans(self._profile.opening))
        sections = (("总体情况", self._overview()), ("主要问题", self._problems()), ("下一步工作要求", self._demands()))
        number = 0
        for heading, paragraphs in sections:
            if paragraphs:
                number += 1
                yield Paragraph(style=Style.HEADING, spans=(words(f"{numeral(number)}、{heading}"),))
                yield from map(_body, paragraphs)

    def _overview(self) -> list[tuple[Span, ...]]:
        figures, profile = self._figures, self._profile
        remarks = tuple(self._texts.plain(remark) for remark in profile.overview_remarks)
        parts = (
            (Section.REGISTRY, registry_paragraph(figures.registry, profile) if figures.registry else ()),
            (Section.SPOT_CHECK, (*spot_check_paragraph(figures, profile, self._streak()), *self._internal_sentences())),
            (Section.CHANGES, tuple(changes_sentences(summary_of(figures), self._past, profile.thresholds.rate_decimals))),
            (Section.ACCOUNTABILITY, accountability_paragraph(figures, profile, remarks)),
            (Section.ANNUAL_REPORTS, annual_reports_paragraph(figures, profile)),
        )
        return [spans for section, spans in parts if self._takes(section) and any(span.text for span in spans)]

    def _streak(self) -> AnnexList | None:
        return next((entry for entry in self._lists if entry.key is ListKey.FOUR_QUARTERS), None)

    def _internal_sentences(self) -> tuple[Span, ...]:
        return (*whole_interval(self._figures), *recheck_sentences(self._figures)) if self._internal else ()

    def _problems(self) -> list[tuple[Span, ...]]:
        if not self._takes(Section.PROBLEMS):
            return []
        cited = list(cited_paragraphs(self._figures.cited, self._profile.thresholds.examples))
        return cited or [(words("本季度没有经核实需要点名通报的问题。"),)]

    def _demands(self) -> list[tuple[Span, ...]]:
        if not self._takes(Section.DEMANDS):
            return []
        profile, figures = self._profile, self._figures
        demands, closing = profile.demands, profile.closing_demand
        if not (figures.cited or figures.problem_sites):
            demands = profile.demands_without_problems or demands
            closing = profile.closing_demand_without_problems or closing
        due = (closing,) if closing and figures.metadata.next_report_due else ()
        return [self._texts.spans(template) for template in (*demands, *due)]

    def _annexes(self) -> Iterator[Annex]:
        """Yield the annexes that there are figures for, numbered without gaps."""
        figures, profile, titles = self._figures, self._profile, self._profile.annex_titles
        number = 0
        if self._lists and self._takes(Section.LISTS_ANNEX):
            number += 1
            yield supervision_annex(number, self._texts.plain(titles.lists), self._lists, profile)
        if figures.regions and self._takes(Section.UNITS_ANNEX):
            number += 1
            yield units_annex(number, self._texts.plain(titles.units), figures, profile)
        if figures.problem_sites and self._takes(Section.SITES_ANNEX):
            number += 1
            yield problem_sites_annex(number, self._texts.plain(titles.sites), figures, profile)
        if figures.regions and self._internal:
            number += 1
            yield unit_rates_annex(number, figures, profile, self._past)

    def _closing(self, annexes: tuple[Annex, ...]) -> Iterator[Paragraph]:
        metadata = self._figures.metadata
        for place, annex in enumerate(annexes):
            entry = f"{annex.number}. {annex.title}"
            style = Style.ATTACHMENT if place else Style.ATTACHMENT_FIRST
            yield Paragraph(style=style, spans=(words(entry if place else f"附件：{entry}"),))
        if self._profile.signed:
            yield Paragraph(style=Style.SIGNATURE, spans=self._texts.spans("{issuer}"))
        if metadata.written:
            style = Style.SIGNED_DATE if self._profile.signed else Style.DATE
            yield Paragraph(style=style, spans=(figure(date_text(metadata.written), metadata.source.at("written_date")),))
        if metadata.abridged:
            yield Paragraph(style=Style.NOTE, spans=(figure("（本文有删减）", metadata.source.at("abridged")),))


def _body(spans: tuple[Span, ...]) -> Paragraph:
    return Paragraph(style=Style.BODY, spans=tuple(span for span in spans if span.text))


def _metadata(metadata: Metadata, title: str) -> tuple[tuple[str, str], ...]:
    """Return the metadata table of the web form; dates are zero-padded in it, other than in running text."""
    rows = (
        ("索引号", metadata.index_number),
        ("主题分类", metadata.subject_class),
        ("成文日期", f"{metadata.written:%Y年%m月%d日}" if metadata.written else None),
        ("标题", title),
        ("发文字号", metadata.document_number),
        ("发布日期", f"{metadata.published:%Y年%m月%d日}" if metadata.published else None),
    )
    return tuple((name, value) for name, value in rows if value)
