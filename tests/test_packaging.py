"""The project as a distribution: its folders are its import names, and nothing else may own them."""

from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("crawler", "rules", "storage", "reports", "xuncha")
LONGEST = 300
"""Lines of a source file: a longer one is a room too large to know."""


def test_no_other_distribution_owns_the_names_of_the_folders() -> None:
    owners = packages_distributions()
    for name in FOLDERS:
        assert set(owners.get(name, ["xuncha"])) == {"xuncha"}, f"{name} also belongs to {owners[name]}"


def test_no_source_file_is_too_long() -> None:
    sources = (path for name in (*FOLDERS, "tests", "benchmarks") for path in (ROOT / name).rglob("*.py"))
    long = {
        str(path.relative_to(ROOT)): lines for path in sources if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long
