"""What differs between two judgements of the same sites: two scans, two standards, or then and now."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from rules.verdict import Finding, Verdict
from storage.records import Site

CENTRAL = "-"
"""Where a region would be named, for sites that belong to none."""


class ChangeKind(StrEnum):
    """How a finding differs."""

    NEW = "new"
    """Fails now, and did not before."""
    GONE = "gone"
    """Failed before, and does not now."""
    OPEN = "open"
    """Failed before, and cannot be told now: nobody has seen that it was mended."""
    CHANGED = "changed"
    """Fails for another reason, or was and is no failure but another answer."""


class JudgedSite(NamedTuple):
    """A site with its findings and the verdict that followed from all of them: those that neither failed nor warned may be let go since."""

    site: Site
    findings: tuple[Finding, ...]
    verdict: Verdict


class Change(NamedTuple):
    """A finding that differs; None where the rule was not judged, or did not fail and its finding was let go since."""

    kind: ChangeKind
    site: Site
    rule: str
    before: Finding | None
    after: Finding | None


class VerdictChange(NamedTuple):
    """A site whose verdict differs."""

    site: Site
    before: Verdict
    after: Verdict


@dataclass(slots=True)
class Difference:
    """All that differs. Sites that only one side judged are counted, not compared: nobody looked, so nothing is new or gone."""

    sites: int = 0
    only_before: int = 0
    only_after: int = 0
    changes: list[Change] = field(default_factory=list)
    verdicts: list[VerdictChange] = field(default_factory=list)

    def by_rule(self) -> dict[str, Counter[ChangeKind]]:
        """Count the changes of each rule, the rules with the most first."""
        return _counted((change.rule, change.kind) for change in self.changes)

    def by_region(self) -> dict[str, Counter[ChangeKind]]:
        """Count the changes of each region, the regions with the most first."""
        return _counted((change.site.row.region or CENTRAL, change.kind) for change in self.changes)

    def count(self, kind: ChangeKind) -> int:
        """Count the changes of a kind."""
        return sum(change.kind is kind for change in self.changes)


def _counted(pairs: Iterable[tuple[str, ChangeKind]]) -> dict[str, Counter[ChangeKind]]:
    counts: dict[str, Counter[ChangeKind]] = {}
    for name, kind in pairs:
        counts.setdefault(name, Counter())[kind] += 1
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1].total(), entry[0])))


def difference(before: Iterable[JudgedSite], after: Iterable[JudgedSite]) -> Difference:
    """Compare two judgements; both come in the order of their site ids."""
    found = Difference()
    for old, new in _side_by_side(before, after):
        if old is None or new is None:
            found.only_before += new is None
            found.only_after += old is None
            continue
        found.sites += 1
        found.changes.extend(_changes(old, new))
        if old.verdict is not new.verdict:
            found.verdicts.append(VerdictChange(new.site, old.verdict, new.verdict))
    return found


def _side_by_side(before: Iterable[JudgedSite], after: Iterable[JudgedSite]) -> Iterator[tuple[JudgedSite | None, JudgedSite | None]]:
    olds, news = iter(before), iter(after)
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.site.site_id < new.site.site_id):
            yield old, None
            old = next(olds, None)
        elif old is None or new.site.site_id < old.site.site_id:
            yield None, new
            new = next(news, None)
        else:
            yield old, new
            old, new = next(olds, None), next(news, None)


def _changes(old: JudgedSite, new: JudgedSite) -> Iterator[Change]:
    before = {finding.rule: finding for finding in old.findings}
    after = {finding.rule: finding for finding in new.findings}
    for rule in dict.fromkeys((*after, *before)):
        kind = _kind(before.get(rule), after.get(rule))
        if kind is not None:
            yield Change(kind, new.site, rule, before.get(rule), after.get(rule))


def _kind(before: Finding | None, after: Finding | None) -> ChangeKind | None:
    failed, fails = (finding is not None and finding.verdict is Verdict.FAIL for finding in (before, after))
    if fails and not failed:
        return ChangeKind.NEW
    if failed and not fails:
        return ChangeKind.OPEN if after is not None and after.verdict is Verdict.INCONCLUSIVE else ChangeKind.GONE
    if before is None or after is None:
        return None  # of one side nothing is known but that it did not fail
    return None if _word(before) == _word(after) else ChangeKind.CHANGED


def _word(finding: Finding) -> tuple[str, str]:
    return finding.verdict, finding.reason_code


def difference_object(found: Difference) -> dict[str, Any]:
    """Return a difference as plain data, for JSON."""
    return {
        "sites": found.sites,
        "only_before": found.only_before,
        "only_after": found.only_after,
        "counts": {kind.value: found.count(kind) for kind in ChangeKind},
        "by_rule": {rule: {kind.value: counts[kind] for kind in ChangeKind} for rule, counts in found.by_rule().items()},
        "by_region": {region: {kind.value: counts[kind] for kind in ChangeKind} for region, counts in found.by_region().items()},
        "verdicts": [
            {"url": change.site.row.url, "name": change.site.row.name, "before": change.before, "after": change.after}
            for change in found.verdicts
        ],
        "changes": [
            {
                "kind": change.kind,
                "url": change.site.row.url,
                "name": change.site.row.name,
                "region": change.site.row.region,
                "rule": change.rule,
                "before": _shown(change.before),
                "after": _shown(change.after),
            }
            for change in found.changes
        ],
    }


def _shown(finding: Finding | None) -> dict[str, str] | None:
    if finding is None:
        return None
    return {"verdict": finding.verdict, "reason_code": finding.reason_code, "reason": finding.reason}
