"""Scans with a browser: what only it shows is judged, kept, pictured, and judged the same from the archive; without one it stays open."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.application.conftest import Run, Served
from tests.crawler.rendering.browsers import needs_chromium
from xuncha.demo.world import registry_csv

STALE, SOUND, SMALL = "www.beimingxian.gov.cn", "xxzx.wuyou.gov.cn", "nyj.zixu.gov.cn"
LACKING = "wgx.zixu.gov.cn"
"""Its pages say everything, and the feedback entry is not there: rendered before that is said."""
NO_BROWSER = "xuncha doctor"


@pytest.fixture
def registry(tmp_path: Path, served: Served) -> str:
    """Write a registry of sites of which scripts make a part."""
    header, *rows = registry_csv(served.world).splitlines()
    chosen = [row for row in rows if any(host in row for host in (STALE, SOUND, SMALL, LACKING))]
    (tmp_path / "registry.csv").write_text("\n".join([header, *chosen]) + "\n", encoding="utf-8")
    return "registry.csv"


def scan(xuncha: Run, served: Served, registry: str, browser: str) -> dict[str, Any]:
    """Scan the sites and return their verdicts by host."""
    options = ["--discover", "0", "--quiet", *served.options]
    result = xuncha("scan", "--sites", registry, "--browser", browser, *options, timeout=250)
    assert result.returncode == 0, result.stderr
    return {row["host"]: row for row in map(json.loads, xuncha("export", "verdicts").stdout.splitlines())}


@needs_chromium
def test_what_a_browser_shows_is_judged_and_the_archive_says_the_same_without_one(
    xuncha: Run, served: Served, registry: str, tmp_path: Path
) -> None:
    rows = scan(xuncha, served, registry, "auto")
    assert rows[STALE]["rules"]["homepage_stale"] == "fail"
    assert rows[SOUND]["rules"]["homepage_stale"] == "pass"
    assert rows[LACKING]["rules"]["feedback_entry_missing"] == "fail"
    assert "已在浏览器中执行脚本后查看" in xuncha("evidence", "show", f"http://{LACKING}/:feedback_entry_missing").stdout.replace("\n", "")
    assert {row["reach"] for row in rows.values()} == {"ok"}
    replayed = xuncha("replay", "1")
    assert "; 0 requests" in replayed.stderr
    assert replayed.stdout == xuncha("export", "verdicts").stdout
    assert "is intact" in xuncha("evidence", "verify").stdout
    shown = xuncha("evidence", "show", f"http://{STALE}/:homepage_stale", "--out", "page.jpg")
    assert shown.returncode == 0, shown.stderr
    assert "archived:" in shown.stdout
    assert (tmp_path / "page.jpg").read_bytes().startswith(b"\xff\xd8\xff")


def test_without_a_browser_the_verdict_stays_open_and_says_how_to_get_one(xuncha: Run, served: Served, registry: str) -> None:
    rows = scan(xuncha, served, registry, "off")
    for host in (STALE, SOUND):
        assert rows[host]["reach_reason"] == "script_only"
        assert rows[host]["verdict"] == "inconclusive"
        stale = next(finding for finding in rows[host]["findings"] if finding["rule"] == "homepage_stale")
        assert (stale["verdict"], stale["reason_code"]) == ("inconclusive", "needs_browser")
        assert NO_BROWSER in stale["reason"]
    assert xuncha("replay", "1").stdout == xuncha("export", "verdicts").stdout


def test_a_browser_that_is_named_and_not_there_is_wrong_usage(xuncha: Run, served: Served, registry: str) -> None:
    told = xuncha("scan", "--sites", registry, "--browser", "/nowhere/chromium", *served.options)
    assert told.returncode == 2
    assert "/nowhere/chromium" in told.stderr
    assert "Traceback" not in told.stderr
