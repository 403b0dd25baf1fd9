"""The difference of two scans, also where the older one has let go what did not fail."""

from datetime import timedelta
from pathlib import Path

import pytest

from rules.verdict import Verdict
from storage.audits import record_audits
from storage.database import open_database
from storage.findings.retention import thin_findings
from storage.scans import find_scan, finish_scan, plan_scan
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites
from xuncha.replay.command import stored_findings
from xuncha.replay.difference import ChangeKind, difference

RULES = ("columns_empty", "columns_stale", "homepage_stale", "search_missing", "interaction_missing")
BEFORE = (Verdict.FAIL, Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.FAIL)
AFTER = (Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.PASS, Verdict.INCONCLUSIVE)
KEPT = {"columns_empty": ChangeKind.GONE, "columns_stale": ChangeKind.NEW, "interaction_missing": ChangeKind.OPEN}


@pytest.mark.parametrize("thinned", [False, True])
def test_what_was_let_go_since_is_no_change(tmp_path: Path, thinned: bool) -> None:
    with open_database(tmp_path / "xuncha.db") as database:
        sites = registered_sites(database, 2)
        for verdicts in (BEFORE, AFTER):
            scan_id = plan_scan(database, as_of=AS_OF, standard="s", site_ids=[site.site_id for site in sites], started_at=AS_OF)
            judged = [finding(rule, verdict) for rule, verdict in zip(RULES, verdicts, strict=True)]
            unseen = finding("search_broken", Verdict.INCONCLUSIVE)
            record_audits(database, scan_id, [audit_of(sites[0], *judged), audit_of(sites[1], unseen)])
            finish_scan(database, scan_id, AS_OF)
        if thinned:
            assert thin_findings(database, AS_OF + timedelta(days=1)) == len(sites)
        found = difference(*(stored_findings(database, find_scan(database, scan_id)) for scan_id in (1, 2)))
    changes = {change.rule: change.kind for change in found.changes}
    assert changes == KEPT | ({} if thinned else {"search_missing": ChangeKind.CHANGED})
    assert (found.sites, found.verdicts) == (2, [])
