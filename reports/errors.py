"""What can go wrong in reports. Every error is one sentence of `messages.toml`.

ReportError
├── FiguresError      figures that cannot be read, or that contradict each other
├── SampleError       a sample that cannot be drawn: too small for its units, larger than the registry
├── ProfileError      a profile that cannot be used
├── FormatError       a format that there is none of
└── OutputError       a report that cannot be written: missing extra or font, unwritable folder
"""

from reports.wording import wording
from rules.wording import WordedError


class ReportError(WordedError):
    """Base of the errors of this package."""

    _wording = wording


class FiguresError(ReportError):
    """Figures that cannot be read, or that contradict each other; the message names file, line and field."""


class SampleError(ReportError):
    """A sample that cannot be drawn; the message names the sizes that can."""


class ProfileError(ReportError):
    """A profile that cannot be used; the message names the file and the field."""


class FormatError(ReportError):
    """A format that there is none of; the message names those that there are."""


class OutputError(ReportError):
    """A report that cannot be written; the message says which and why."""
