"""Evidence and replay as a user meets them: the archive of a scan gives the same verdicts again, shows its pages, and tells of damage."""

import json
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.application.conftest import ENVIRONMENT, Run, Served
from tests.application.test_scan import start, verdicts, wait_for_finished_sites
from xuncha.demo.site import DOWN
from xuncha.demo.world import registry_csv

SITES = 16


def write_registry(folder: Path, served: Served) -> Path:
    """Write a registry of every fourth site, so that many kinds of fault are among them; none that seems down, for those take time."""
    awake = {site.url for site in served.world.sites if site.behaviour not in DOWN}
    header, *rows = registry_csv(served.world).splitlines()
    path = folder / "registry.csv"
    path.write_text("\n".join([header, *[row for row in rows[1::4] if row.split(",")[2] in awake][:SITES]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def registry(tmp_path: Path, served: Served) -> Path:
    """Write a registry into the test's own folder."""
    return write_registry(tmp_path, served)


@pytest.fixture(scope="module")
def one_scan(tmp_path_factory: pytest.TempPathFactory, served: Served) -> Path:
    """Scan every other site of the world once, dead ones too, with two worker processes, and return the folder of the database."""
    folder = tmp_path_factory.mktemp("scan")
    header, *rows = registry_csv(served.world).splitlines()
    (folder / "registry.csv").write_text("\n".join([header, *rows[1::2]]) + "\n", encoding="utf-8")
    options = ["--sites", "registry.csv", "--workers", "2", "--max-pages", "8", "--discover", "3", *served.options]
    command = [sys.executable, "-m", "xuncha", "scan", *options]
    result = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=250, check=False)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def scanned(xuncha: Run, one_scan: Path, tmp_path: Path) -> Run:
    """Give the test a copy of the scan, to do with as it likes."""
    shutil.copytree(one_scan, tmp_path, dirs_exist_ok=True)
    return xuncha


def archives(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def test_a_replay_gives_byte_identical_verdicts(scanned: Run, tmp_path: Path) -> None:
    exported = scanned("export", "verdicts")
    assert any(json.loads(line)["verdict"] == "fail" for line in exported.stdout.splitlines())
    # Read anew by two processes, from the files alone, and as the replay of the files remembers it.
    for arguments in (["1", "--fresh", "--workers", "2"], archives(tmp_path / "xuncha-evidence"), ["1"]):
        replayed = scanned("replay", *arguments)
        assert replayed.returncode == 0, replayed.stderr
        assert "; 0 requests" in replayed.stderr
        if arguments[0] == "1":
            assert replayed.stdout == exported.stdout
        else:
            rows = [[json.loads(line) for line in text.splitlines()] for text in (replayed.stdout, exported.stdout)]
            site_rules = [[(row["host"], row["reach"], row["rules"]["homepage_stale"], row["pages"]) for row in each] for each in rows]
            assert site_rules[0] == site_rules[1]


def test_a_replay_by_another_standard_says_what_differs(scanned: Run) -> None:
    same = json.loads(scanned("replay", "1", "--against", "stored", "--json").stdout)
    assert (same["changes"], same["verdicts"]) == ([], [])
    result = scanned("replay", "1", "--standard", "2015-census", "--against", "2018q1-spot-check", "--json")
    assert result.returncode == 0, result.stderr
    other = json.loads(result.stdout)
    assert other["changes"]
    assert sum(other["counts"].values()) == len(other["changes"])
    assert sum(sum(counts.values()) for counts in other["by_rule"].values()) == len(other["changes"])


def test_evidence_is_verified_shown_and_extracted(scanned: Run, tmp_path: Path) -> None:
    assert "is intact" in scanned("evidence", "verify").stdout
    (listed,) = (tmp_path / "xuncha-evidence").glob("*.sha256")
    checked = subprocess.run(["sha256sum", "--check", listed.name], cwd=listed.parent, capture_output=True, check=False)
    assert checked.returncode == 0
    number = scanned("problems", "list").stdout.split("\t")[0]
    shown = scanned("evidence", "show", number, "--out", "page.html")
    assert shown.returncode == 0, shown.stderr
    assert "archived:" in shown.stdout
    assert b"<" in (tmp_path / "page.html").read_bytes()
    assert scanned("evidence", "show", "nowhere.gov.cn:homepage_stale").returncode == 2


def test_changed_evidence_is_told(scanned: Run, tmp_path: Path) -> None:
    path = archives(tmp_path / "xuncha-evidence")[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    told = scanned("evidence", "verify", "1")
    assert told.returncode == 1
    assert path.name in told.stdout
    assert "restore" in told.stderr
    (path.parent / "intruder.warc.gz").touch()
    told = scanned("evidence", "verify").stdout
    assert "intruder.warc.gz" in told and "belongs to no scan" in told
    path.unlink()
    missing = scanned("replay", "1")
    assert missing.returncode == 1
    assert "cannot be read" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_a_second_scan_refers_to_unchanged_pages_and_differs_in_nothing(scanned: Run, served: Served, tmp_path: Path) -> None:
    before = len(scanned("export", "verdicts").stdout.splitlines())
    registry = write_registry(tmp_path, served)
    again = scanned("scan", "--sites", registry.name, "--max-pages", 8, "--discover", 0, "--quiet", *served.options)
    assert again.returncode == 0, again.stderr
    sizes = [sum(path.stat().st_size for path in (tmp_path / "xuncha-evidence").glob(f"scan-00000{scan}-*")) for scan in (1, 2)]
    assert sizes[1] / SITES < sizes[0] / before / 2
    exported = scanned("export", "verdicts").stdout
    assert scanned("replay", "2").stdout == exported
    compared = json.loads(scanned("diff", "1", "2", "--json").stdout)
    assert compared["sites"] == SITES == len(exported.splitlines())
    assert compared["counts"]["new"] == compared["counts"]["gone"] == 0
    assert scanned("diff", "1", "2").stdout.startswith(f"{compared['sites']} sites compared")
    assert scanned("diff", "1", "9").returncode == 2


def test_a_killed_scan_keeps_the_evidence_of_what_it_finished(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    options = [*served.options, "--max-pages", "8", "--discover", "0", "--concurrency", "2", "--delay", "0.1"]
    process = start(tmp_path, "--sites", registry.name, *options)
    wait_for_finished_sites(tmp_path / "xuncha.db", 3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    resumed = xuncha("scan", "--resume", "--quiet")
    assert resumed.returncode == 0, resumed.stderr
    assert len(archives(tmp_path / "xuncha-evidence")) == 2
    assert len(verdicts(xuncha, "xuncha.db")) == SITES
    assert xuncha("replay", "1").stdout == xuncha("export", "verdicts").stdout
    assert xuncha("evidence", "verify").returncode == 0


@pytest.mark.parametrize(
    ("evidence", "size", "sentence"), [("full/evidence", "300k", "no room left for evidence"), ("evidence", "640k", "no room left")]
)
def test_a_full_disk_stops_a_scan_with_one_sentence(
    xuncha: Run, registry: Path, served: Served, tmp_path: Path, evidence: str, size: str, sentence: str
) -> None:
    """A small file system of the test's own is filled: by the evidence, or by the database; with room again the scan goes on."""
    if subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    (tmp_path / "full").mkdir()
    database = "xuncha.db" if evidence.startswith("full") else "full/xuncha.db"
    scan = f"{sys.executable} -m xuncha scan --db {database} --evidence {evidence} --quiet"
    options = f"--sites {registry.name} --discover 0 --max-pages 12 {' '.join(map(shlex.quote, served.options))}"
    script = f"""
        mount -t tmpfs -o size={size} tmpfs full
        {scan} {options}; echo "first: $?"
        {sys.executable} -c "import sqlite3; print(sqlite3.connect('{database}').execute('select status from scans').fetchall())"
        mount -o remount,size=50m full
        {scan} --resume; echo "second: $?"
        {sys.executable} -m xuncha evidence verify --db {database} --evidence {evidence}
        {sys.executable} -m xuncha export verdicts --db {database} --out verdicts.jsonl
    """
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=250, check=False)
    assert "first: 1" in done.stdout and "('running',)" in done.stdout and "second: 0" in done.stdout, (done.stdout, done.stderr)
    assert sentence in done.stderr and "Traceback" not in done.stderr
    assert "is intact" in done.stdout
    assert len((tmp_path / "verdicts.jsonl").read_text().splitlines()) == SITES


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_that_cannot_be_written_stops_a_scan_with_one_sentence(xuncha: Run, registry: Path, served: Served, workers: int) -> None:
    options = ["--sites", registry.name, "--workers", workers, "--discover", "0", "--max-pages", "2", *served.options]
    stopped = xuncha("scan", *options, "--evidence", registry.name)
    assert stopped.returncode == 1
    assert "Evidence cannot be written to registry.csv" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert xuncha("scan", "--resume", "--evidence", "elsewhere", "--quiet").returncode == 0


def test_without_evidence_nothing_is_written(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    options = ["--max-pages", "1", "--discover", "0", "--evidence", "none", *served.options]
    assert xuncha("scan", "--sites", registry.name, *options).returncode == 0
    assert not (tmp_path / "xuncha-evidence").exists()
    told = xuncha("replay", "1")
    assert (told.returncode, "kept no evidence" in told.stderr) == (2, True)
