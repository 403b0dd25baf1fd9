"""The sub-sample re-check of what regions and departments reported of their own sites (抽样复核)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from reports.figures.records import Recheck, Source
from reports.problems import SampledSite
from rules.verdict import Verdict


class Outcome(StrEnum):
    """What a sampled site counts as."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


def outcome_of(entry: SampledSite, failed: Iterable[str]) -> Outcome:
    """Return what a site counts as: failed only where a problem of it is named, passed only where everything was seen."""
    if entry.site.key in failed:
        return Outcome.FAILED
    return Outcome.PASSED if entry.verdict is Verdict.PASS else Outcome.UNDECIDED


def recheck_of(sample: Iterable[SampledSite], failed: Iterable[str], reported: Mapping[str, bool], source: Source) -> Recheck | None:
    """Return how far the re-check agrees with what was reported, by site code; None where nothing was re-checked.

    A site that the re-check could not decide on agrees with nothing and belies nothing.
    """
    pairs: Counter[tuple[bool, Outcome]] = Counter()
    for entry in sample:
        code = (entry.site.site_code or "").upper()
        if code in reported:
            pairs[reported[code], outcome_of(entry, failed)] += 1
    if not pairs:
        return None
    return Recheck(
        size=pairs.total(),
        undecided=pairs[True, Outcome.UNDECIDED] + pairs[False, Outcome.UNDECIDED],
        agreed=pairs[True, Outcome.PASSED] + pairs[False, Outcome.FAILED],
        lenient=pairs[True, Outcome.FAILED],
        strict=pairs[False, Outcome.PASSED],
        source=source,
    )
