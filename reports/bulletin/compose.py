"""Composing the bulletin: figures and a profile in, the document tree out. Pure: no file, no clock."""

from collections.abc import Iterator
from string import Formatter

from reports.bulletin.annexes import problem_sites_annex, regions_annex, supervision_annex, supervision_lists
from reports.bulletin.cited import cited_paragraphs
from reports.bulletin.document import Annex, Document, Paragraph, Span, Style, figure, words
from reports.bulletin.overview import (
    accountability_paragraph,
    annual_reports_paragraph,
    registry_paragraph,
    spot_check_paragraph,
)
from reports.chinese import date_text, numeral
from reports.figures import Figures, Metadata
from reports.figures_check import draft_line, require_consistent, warnings_of
from reports.profile import Profile


def compose_bulletin(figures: Figures, profile: Profile) -> Document:
    """Return the bulletin of a quarter. Raises `FiguresError` when the figures contradict each other."""
    require_consistent(figures, profile.thresholds.below_percent)
    texts = _Texts(figures, profile)
    annexes = tuple(_annexes(figures, profile))
    return Document(
        title=figures.metadata.title or texts.plain(profile.title),
        draft=draft_line(figures),
        metadata=_metadata(figures.metadata, figures.metadata.title or texts.plain(profile.title)),
        paragraphs=(*_text(figures, profile, texts), *_closing(figures.metadata, annexes)),
        annexes=annexes,
        warnings=warnings_of(figures, profile.thresholds.below_percent),
    )


class _Texts:
    """The operator's texts with their placeholders filled in."""

    def __init__(self, figures: Figures, profile: Profile) -> None:
        metadata, period = figures.metadata, figures.period
        source = metadata.source
        self.issuer = metadata.issuer or profile.issuer
        self.issuer_short = metadata.issuer_short or (self.issuer if metadata.issuer else profile.issuer_short or profile.issuer)
        due = metadata.next_report_due
        self._values = {
            "scope": words(profile.scope),
            "issuer": figure(self.issuer, source.at("issuer")),
            "issuer_short": figure(self.issuer_short, source.at("issuer_short")),
            "period": words(period.text),
            "quarter": words(period.quarter_text),
            "next_quarter": words(period.following.quarter_text),
            "next_due": figure(_short_date(figures) if due else "规定日期", source.at("next_report_due")),
        }

    def spans(self, template: str) -> tuple[Span, ...]:
        """Return a text of the profile; what is filled in keeps its source."""
        spans: list[Span] = []
        for literal, field, _, _ in Formatter().parse(template):
            spans.append(words(literal))
            if field is not None:
                spans.append(self._values[field])
        return tuple(span for span in spans if span.text)

    def plain(self, template: str) -> str:
        """Return a text of the profile as one string."""
        return "".join(span.text for span in self.spans(template))


def _short_date(figures: Figures) -> str:
    """Return the date of the next report, without its year when it lies in the year of the bulletin."""
    due = figures.metadata.next_report_due
    if due is None:
        return ""
    return f"{due.month}月{due.day}日" if due.year == figures.period.year else date_text(due)


def _text(figures: Figures, profile: Profile, texts: _Texts) -> Iterator[Paragraph]:
    yield _body(_opening(figures, profile, texts))
    sections = (
        ("总体情况", _overview(figures, profile, texts)),
        ("主要问题", _problems(figures, profile)),
        ("下一步工作要求", _demands(figures, profile, texts)),
    )
    number = 0
    for heading, paragraphs in sections:
        if paragraphs:
            number += 1
            yield Paragraph(style=Style.HEADING, spans=(words(f"{numeral(number)}、{heading}"),))
            yield from map(_body, paragraphs)


def _body(spans: tuple[Span, ...]) -> Paragraph:
    return Paragraph(style=Style.BODY, spans=tuple(span for span in spans if span.text))


def _opening(figures: Figures, profile: Profile, texts: _Texts) -> tuple[Span, ...]:
    metadata = figures.metadata
    basis = figure(metadata.basis, metadata.source.at("basis")) if metadata.basis else words(profile.basis)
    lead = f"为贯彻{profile.guiding_principle}，" if profile.guiding_principle else ""
    short = "" if texts.issuer_short == texts.issuer else "（下称{issuer_short}）"
    return (
        words(f"{lead}依据"),
        basis,
        *texts.spans(f"，{{issuer}}{short}对{{period}}{{scope}}政府网站的运行和管理情况作了抽查，结果通报如下："),
    )


def _overview(figures: Figures, profile: Profile, texts: _Texts) -> list[tuple[Span, ...]]:
    paragraphs = (
        registry_paragraph(figures.registry, profile.scope) if figures.registry else (),
        spot_check_paragraph(figures, profile),
        accountability_paragraph(figures, tuple(texts.plain(remark) for remark in profile.overview_remarks)),
        annual_reports_paragraph(figures, profile),
    )
    return [paragraph for paragraph in paragraphs if any(span.text for span in paragraph)]


def _problems(figures: Figures, profile: Profile) -> list[tuple[Span, ...]]:
    return list(cited_paragraphs(figures.cited, profile.thresholds.examples)) or [(words("本季度没有经核实需要点名通报的问题。"),)]


def _demands(figures: Figures, profile: Profile, texts: _Texts) -> list[tuple[Span, ...]]:
    closing = (profile.closing_demand,) if profile.closing_demand and figures.metadata.next_report_due else ()
    return [texts.spans(template) for template in (*profile.demands, *closing)]


def _annexes(figures: Figures, profile: Profile) -> Iterator[Annex]:
    """Yield the annexes that there are figures for, numbered without gaps."""
    number = 0
    lists = supervision_lists(figures, profile.thresholds.below_percent)
    if lists:
        number += 1
        yield supervision_annex(number, f"{figures.period.text}各地区、各部门政府网站监管工作情况", lists)
    if figures.regions:
        number += 1
        yield regions_annex(number, "各地区政府网站运行和抽查情况", figures)
    if figures.problem_sites:
        number += 1
        yield problem_sites_annex(number, "抽查发现存在突出问题的政府网站名单", figures)


def _closing(metadata: Metadata, annexes: tuple[Annex, ...]) -> Iterator[Paragraph]:
    for place, annex in enumerate(annexes):
        entry = f"{annex.number}. {annex.title}"
        if place:
            yield Paragraph(style=Style.ATTACHMENT, spans=(words(entry),))
        else:
            yield Paragraph(style=Style.ATTACHMENT_FIRST, spans=(words(f"附件：{entry}"),))
    if metadata.written:
        yield Paragraph(style=Style.DATE, spans=(figure(date_text(metadata.written), metadata.source.at("written_date")),))
    if metadata.abridged:
        yield Paragraph(style=Style.NOTE, spans=(figure("（本文有删减）", metadata.source.at("abridged")),))


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
