"""Problems of invented sites."""

from datetime import UTC, datetime

from reports.problems import ListedSite, SiteProblem
from rules.registry import Level
from rules.verdict import Severity
from storage.records import ProblemState


def problem(
    rule: str,
    key: str = "1",
    *,
    name: str = "安禾县教育局",
    region: str = "河北",
    code: str | None = "1302990001",
    wording: str | None = None,
    severity: Severity = Severity.VETO,
    state: ProblemState = ProblemState.CONFIRMED,
) -> SiteProblem:
    """Return a problem of an invented site."""
    return SiteProblem(
        site=ListedSite(key=key, name=name, url=f"http://site{key}.anhe.gov.cn/", region=region, site_code=code, level=Level.COUNTY_BELOW),
        rule=rule,
        problem=wording or rule,
        severity=severity,
        state=state,
        clause="国办发〔2015〕15号",
        evidence_url=f"http://site{key}.anhe.gov.cn/a",
        first_seen=datetime(2018, 2, 28, 17, tzinfo=UTC),
    )
