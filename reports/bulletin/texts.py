"""The operator's texts with their placeholders filled in."""

from string import Formatter

from reports.bulletin.document import Span, figure, words
from reports.chinese import date_text
from reports.figures.records import Figures
from reports.profile import Profile


class Texts:
    """The texts of a profile for one quarter. What the figures say of the document comes before what the profile says."""

    def __init__(self, figures: Figures, profile: Profile) -> None:
        metadata, period = figures.metadata, figures.period
        source = metadata.source
        self.issuer = metadata.issuer or profile.issuer
        self.issuer_short = metadata.issuer_short or (self.issuer if metadata.issuer else profile.issuer_short or profile.issuer)
        short = "" if self.issuer_short == self.issuer else f"（下称{self.issuer_short}）"
        self._values = {
            "scope": words(profile.scope),
            "issuer": figure(self.issuer, source.at("issuer")),
            "issuer_short": figure(self.issuer_short, source.at("issuer_short")),
            "short": figure(short, source.at("issuer_short")),
            "lead": words(f"为贯彻{profile.guiding_principle}，" if profile.guiding_principle else ""),
            "basis": figure(metadata.basis, source.at("basis")) if metadata.basis else words(profile.basis),
            "reporters": words(profile.units.reporters),
            "period": words(period.text),
            "year": words(str(period.year)),
            "quarter": words(period.quarter_text),
            "next_quarter": words(period.following.quarter_text),
            "next_due": figure(_due(figures), source.at("next_report_due")),
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


def _due(figures: Figures) -> str:
    """Return the date of the next report, without its year when it lies in the year of the bulletin."""
    due = figures.metadata.next_report_due
    if due is None:
        return "规定日期"
    return f"{due.month}月{due.day}日" if due.year == figures.period.year else date_text(due)
