"""Health and metrics on loopback: `/healthz` for whoever restarts the service, `/metrics` for Prometheus."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from crawler.facts.records import Record
from storage.audits import count_verdicts
from storage.daemon_runs import DaemonRun, RunOutcome, last_runs
from storage.database import open_database
from storage.errors import StorageError
from storage.scans import latest_finished_scan
from xuncha.daemon.schedule import JobName
from xuncha.errors import Incomplete
from xuncha.messages import say

LOOPBACK = "127.0.0.1"
OVERDUE = timedelta(hours=36)
"""A scan that began longer ago than this, and none since: a night was missed."""
_LONGEST_REQUEST = 8_192
_PATIENCE = 10.0


class State(Record, frozen=True, kw_only=True):
    """How the service is; times in UTC."""

    healthy: bool
    why: str
    database: bool
    running: tuple[str, ...]
    runs: dict[str, DaemonRun]
    scan: int | None = None
    scan_finished_at: datetime | None = None
    verdicts: dict[str, int] = {}


def state_of(location: str, running: tuple[str, ...], now: datetime, since: datetime) -> State:
    """Return how the service is; `since` is when it was started. Never raises StorageError: a database that fails is a state."""
    try:
        with open_database(location) as database:
            runs, scan = last_runs(database, now), latest_finished_scan(database)
            verdicts = count_verdicts(database, scan.scan_id) if scan else {}
    except StorageError as error:
        return State(healthy=False, why=str(error), database=False, running=running, runs={})
    why = _complaint(runs.get(JobName.SCAN), running, now, since)
    return State(
        healthy=not why,
        why=why,
        database=True,
        running=running,
        runs=runs,
        scan=scan.scan_id if scan else None,
        scan_finished_at=scan.finished_at if scan else None,
        verdicts=verdicts,
    )


def _complaint(run: DaemonRun | None, running: tuple[str, ...], now: datetime, since: datetime) -> str:
    """Say what is wrong with the nightly scans; empty where nothing is."""
    if JobName.SCAN in running:
        return ""
    if run is not None and run.outcome is RunOutcome.FAILED:
        return f"the last scan failed: {run.detail}"
    last = max(since, run.started_at) if run else since
    return f"no scan has begun since {last.isoformat()}" if now - last > OVERDUE else ""


@asynccontextmanager
async def health_server(port: int, state: Callable[[], State]) -> AsyncIterator[int]:
    """Serve `/healthz` and `/metrics` at a port of 127.0.0.1 and give it; `state` may be slow. Raises Incomplete for a port in use."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                request = await reader.readuntil(b"\r\n\r\n")
                path = request.split(b" ", 2)[1].decode("ascii", "replace") if request.count(b" ") > 1 else ""
                writer.write(_answer(path, await asyncio.to_thread(state) if path in ("/healthz", "/metrics") else None))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked has gone, or sent no request
        finally:
            writer.close()

    try:
        server = await asyncio.start_server(answer, LOOPBACK, port, limit=_LONGEST_REQUEST)
    except OSError as error:
        raise Incomplete(say("port_taken", port=port, why=os.strerror(error.errno) if error.errno else error)) from error
    async with server:
        yield int(server.sockets[0].getsockname()[1])


def _answer(path: str, state: State | None) -> bytes:
    if state is None:
        return _response(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/healthz, /metrics\n")
    if path == "/metrics":
        return _response(HTTPStatus.OK, CONTENT_TYPE_LATEST, metrics(state))
    status = HTTPStatus.OK if state.healthy else HTTPStatus.SERVICE_UNAVAILABLE
    return _response(status, "application/json; charset=utf-8", json.dumps(_told(state), ensure_ascii=False).encode() + b"\n")


def _response(status: HTTPStatus, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def _told(state: State) -> dict[str, object]:
    finished = state.scan_finished_at
    return {
        "healthy": state.healthy,
        "why": state.why,
        "database": state.database,
        "running": list(state.running),
        "scan": state.scan,
        "scan_finished_at": finished.isoformat() if finished else None,
        "verdicts": state.verdicts,
        "jobs": {job: {"due": run.due.isoformat(), "outcome": run.outcome, "detail": run.detail} for job, run in state.runs.items()},
    }


def metrics(state: State) -> bytes:
    """Return the state in Prometheus's text form. No metric has a site for a label: 23,269 of them would drown the rest."""
    registry = CollectorRegistry()
    Gauge("xuncha_healthy", "1 where the service is well", registry=registry).set(state.healthy)
    Gauge("xuncha_database_up", "1 where the database answers", registry=registry).set(state.database)
    running = Gauge("xuncha_job_running", "1 while a job is under way", ["job"], registry=registry)
    ended = Gauge("xuncha_job_last_end_timestamp_seconds", "When a job last came to its end", ["job", "outcome"], registry=registry)
    for job in JobName:
        running.labels(job).set(job in state.running)
        run = state.runs.get(job)
        if run and run.finished_at and run.outcome:
            ended.labels(job, run.outcome).set(run.finished_at.timestamp())
    sites = Gauge("xuncha_scan_sites", "Registered sites of the last finished scan by verdict", ["verdict"], registry=registry)
    for verdict, count in state.verdicts.items():
        sites.labels(verdict).set(count)
    if state.scan_finished_at:
        finished = Gauge("xuncha_scan_finished_timestamp_seconds", "When the last scan was finished", registry=registry)
        finished.set(state.scan_finished_at.timestamp())
    return generate_latest(registry)
