"""A real Chromium for the tests; those that need one are skipped, loudly, where it is not installed."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium")
MEMORY = 1_000_000_000
