"""What browsers leave on the disk when nobody was left to clean up."""

import os
import subprocess
from pathlib import Path

from crawler.net.browser.pool import remove_abandoned


def test_folders_that_killed_crawlers_left_are_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    kept = [f"xuncha-browser-{os.getpid()}-running", f"xuncha-browser-{gone.pid}-new", "xuncha-browser-nobody", "other"]
    for name in (f"xuncha-browser-{gone.pid}-old", *kept):
        (tmp_path / name / "profile").mkdir(parents=True)
        os.utime(tmp_path / name, (100, 300 if name.endswith("new") else 100))
    remove_abandoned(tmp_path, 200)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
