"""What can go wrong in reports. Every message is one sentence for the user.

ReportError
├── FiguresError      figures that cannot be read, or that contradict each other
├── SampleError       a sample that cannot be drawn: too small for its units, larger than the registry
├── ProfileError      a profile that cannot be used
└── OutputError       a report that cannot be written: unknown format, missing extra or font, unwritable folder
"""


class ReportError(Exception):
    """Base of the errors of this package."""


class FiguresError(ReportError):
    """Figures that cannot be read, or that contradict each other; the message names file, line and field."""


class SampleError(ReportError):
    """A sample that cannot be drawn; the message names the sizes that can."""


class ProfileError(ReportError):
    """A profile that cannot be used; the message names the file and the field."""


class OutputError(ReportError):
    """A report that cannot be written; the message says which and why."""
