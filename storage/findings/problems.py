"""Problems: failed findings as cases that people decide on."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.audit_pages import audit_pages
from storage.database import Database
from storage.errors import NotStored
from storage.findings.rows import finding_of, findings_query
from storage.records import Problem, ProblemState, Site
from storage.registry.sites import sites_by_id
from storage.tables import findings, problems

_ENDED = (ProblemState.REJECTED, ProblemState.RECTIFIED, ProblemState.VERIFIED)
"""States after which a failure of the same rule is a new problem: it did not last since the earlier one."""


def iterate_problems(database: Database, scan_id: int, states: Collection[ProblemState] = ()) -> Iterator[Problem]:
    """Stream the problems of a scan with their evidence, by site id; no state given lets all through. Raises StorageError."""
    query = _problems_query().where(findings.c.scan_id == scan_id)
    if states:
        query = query.where(problems.c.state.in_(states))

    def read(connection: Connection, rows: Sequence[Any]) -> list[Problem]:
        of_page = query.where(findings.c.site_id.in_([row.site_id for row in rows])).order_by(findings.c.site_id, findings.c.id)
        cases = connection.execute(of_page).all()
        by_id = sites_by_id(connection, {case.site_id for case in cases})
        return [_problem(case, by_id[case.site_id]) for case in cases]

    return audit_pages(database, scan_id, read)


def find_problem(database: Database, problem_id: int) -> Problem:
    """Return a problem by its number. Raises NotStored, StorageError."""
    with database.reading() as connection:
        case = connection.execute(_problems_query().where(problems.c.id == problem_id)).first()
        if case is None:
            raise NotStored("no_problem", place=database.place, problem=problem_id)
        return _problem(case, sites_by_id(connection, [case.site_id])[case.site_id])


def decide_problem(
    database: Database, problem_id: int, state: ProblemState, decided_by: str, decided_at: datetime, note: str = ""
) -> Problem:
    """Write down a person's decision on a problem and return the case as it now is. Raises NotStored, StorageError."""
    decision = {"state": state, "decided_by": decided_by, "decided_at": decided_at, "note": note, "carried_from": None}
    with database.writing() as connection:
        if connection.execute(sa.update(problems).where(problems.c.id == problem_id).values(decision)).rowcount != 1:
            raise NotStored("no_problem", place=database.place, problem=problem_id)
        case = connection.execute(_problems_query().where(problems.c.id == problem_id)).one()
        return _problem(case, sites_by_id(connection, [case.site_id])[case.site_id])


def _problems_query() -> sa.Select[Any]:
    earlier, ended = problems.alias("earlier"), problems.alias("ended")
    last_ended = (
        sa.select(sa.func.max(ended.c.observed_at))
        .where(ended.c.site_id == problems.c.site_id, ended.c.rule == problems.c.rule, ended.c.observed_at < problems.c.observed_at)
        .where(ended.c.state.in_(_ENDED))
        .correlate(problems)
        .scalar_subquery()
    )
    first_seen = (
        sa.select(sa.func.min(earlier.c.observed_at, type_=problems.c.observed_at.type))
        .where(earlier.c.site_id == problems.c.site_id, earlier.c.rule == problems.c.rule, earlier.c.observed_at <= problems.c.observed_at)
        .where(sa.or_(last_ended.is_(None), earlier.c.observed_at > last_ended))
        .correlate(problems)
        .scalar_subquery()
    )
    columns = (
        problems.c.id.label("problem_id"),
        findings.c.scan_id,
        problems.c.state,
        problems.c.decided_by,
        problems.c.decided_at,
        problems.c.note,
        problems.c.carried_from,
        first_seen.label("first_seen"),
    )
    return findings_query(*columns, evidence=True).join(problems, problems.c.finding_id == findings.c.id)


def _problem(case: Any, site: Site) -> Problem:
    return Problem(
        problem_id=case.problem_id,
        scan_id=case.scan_id,
        site=site,
        finding=finding_of(case),
        state=ProblemState(case.state),
        first_seen=case.first_seen,
        decided_by=case.decided_by,
        decided_at=case.decided_at,
        note=case.note,
        carried_from=case.carried_from,
    )
