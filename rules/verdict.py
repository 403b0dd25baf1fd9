"""Verdicts, reasons, evidence and findings: what judging a site yields."""

from datetime import datetime
from enum import StrEnum

from crawler.facts.records import Record


class Verdict(StrEnum):
    """The four answers of a rule. `inconclusive` is never counted as failed and never as passed."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "na"


class Severity(StrEnum):
    """What a failed rule means for the site."""

    VETO = "veto"
    """单项否决: the site fails."""
    CITED = "cited"
    """Cited in the bulletin's text; the site does not fail by it."""
    NOTICE = "notice"


class Scope(StrEnum):
    """What a rule judges at once: the dossier of one site, or the stored facts of all."""

    SITE = "site"
    REGISTRY = "registry"


class EvidenceKind(StrEnum):
    """How a piece of evidence is to be read; reports render kinds, not rules."""

    PAGE_QUOTE = "page_quote"
    """Words found on a page."""
    DATED_ITEM = "dated_item"
    """An entry of a list with its date."""
    COLUMN = "column"
    """A column with its state: newest date, or empty."""
    LETTER = "letter"
    ABSENCE = "absence"
    """What was looked for and where, and not found."""
    PROBE = "probe"
    """A request made on purpose, and its answer."""
    KNOCKS = "knocks"
    """A series of reachability visits."""
    LOOKS = "looks"
    """Two looks at the site, at two times, and what each found."""
    REGISTRY = "registry"
    """A field of the registry."""
    LINK = "link"
    """A link from another registered site."""


class Evidence(Record, frozen=True, kw_only=True):
    """One piece of evidence: where it is, what it says, when it was fetched, and the digest of the page it stands on."""

    kind: EvidenceKind
    url: str = ""
    label: str = ""
    """What this piece is about: the name of a column, the mark that is missing."""
    excerpt: str = ""
    """Site text, masked, at most 300 characters. Hostile: every output escapes it."""
    fetched_at: datetime | None = None
    """UTC."""
    sha256: str = ""


class Judgement(Record, frozen=True, kw_only=True):
    """A rule's answer: the verdict, its coded reason, one sentence in Simplified Chinese, and the evidence."""

    verdict: Verdict
    reason_code: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    wording: tuple[tuple[str, str], ...] = ()
    """Values for the placeholders of the standard's problem wording, such as the marks that are missing."""
    claims_absence: bool = False
    """The verdict rests on something not being there: the engine lets it stand only with coverage."""
    notice: str = ""
    """What a site that passes is told all the same: what an early-warning threshold found (set by the engine), or too little to accuse."""
    again: int = 0
    """So many of the same columns, letters, searches, guides, entries or marks a second look must find before the failure stands; 0 where
    it is enough that it fails too."""


class Finding(Record, frozen=True, kw_only=True):
    """A rule's verdict on one site, immutable: what was judged, by which clause, on what evidence, how to mend it."""

    rule: str
    rule_version: int
    standard: str
    verdict: Verdict
    severity: Severity
    problem: str
    """The official wording of the problem; empty unless the verdict is `fail`."""
    reason: str
    reason_code: str
    clause: str
    remedy: str
    evidence: tuple[Evidence, ...] = ()
    notice: str = ""
    """Early warning, in Simplified Chinese: the site passes, but is near a threshold, or a person should look. Never counted as failed."""
    again: int = 0
    """Of what its evidence shows, how many a second look must find again. Not stored: the looks are joined before."""


def site_verdict(findings: tuple[Finding, ...]) -> Verdict:
    """Return the verdict on a site: `fail` when a veto rule fails, `inconclusive` when one could not be decided, else `pass`."""
    vetoes = [finding.verdict for finding in findings if finding.severity is Severity.VETO]
    if Verdict.FAIL in vetoes:
        return Verdict.FAIL
    if Verdict.INCONCLUSIVE in vetoes:
        return Verdict.INCONCLUSIVE
    return Verdict.PASS


def passed(reason_code: str, reason: str, *evidence: Evidence, notice: str = "") -> Judgement:
    """Return a passing judgement; `notice` is what the site is told all the same."""
    return Judgement(verdict=Verdict.PASS, reason_code=reason_code, reason=reason, evidence=evidence, notice=notice)


def failed(reason_code: str, reason: str, *evidence: Evidence, absence: bool = False, again: int = 0, **wording: str) -> Judgement:
    """Return a failing judgement; `absence` says that it rests on something not being there, `again` what a second look must find."""
    return Judgement(
        verdict=Verdict.FAIL,
        reason_code=reason_code,
        reason=reason,
        evidence=evidence,
        claims_absence=absence,
        again=again,
        wording=tuple(wording.items()),
    )


def undecided(reason_code: str, reason: str, *evidence: Evidence) -> Judgement:
    """Return a judgement that leaves the question open."""
    return Judgement(verdict=Verdict.INCONCLUSIVE, reason_code=reason_code, reason=reason, evidence=evidence)


def not_applicable(reason_code: str, reason: str, *, absence: bool = False) -> Judgement:
    """Return a judgement that the rule does not apply; `absence` says that it rests on something not being there."""
    return Judgement(verdict=Verdict.NOT_APPLICABLE, reason_code=reason_code, reason=reason, claims_absence=absence)
