"""The public suites beside the checkout: read where they are, never copied; tests that need them skip loudly without them."""

import json
from pathlib import Path
from typing import Any

import pytest

SUITES = Path(__file__).parents[2] / ".." / "shared" / "suites"


def suite_bytes(name: str) -> bytes:
    """Return a file of the suites, or skip the test."""
    path = SUITES / name
    if not path.exists():
        pytest.skip(f"The public suite {name} is not beside this checkout.")
    return path.read_bytes()


def suite_json(name: str) -> Any:
    """Return a JSON file of the suites, or skip the test."""
    return json.loads(suite_bytes(name))
