"""The application's own errors, and which of the others are bad input (exit status 2) rather than failure (1)."""


class UsageFault(Exception):
    """What the user asked for cannot be done as asked; the message is a sentence that says what to do. Exit status 2."""


class Incomplete(Exception):
    """The work could not be completed; the message is a sentence that says why. Exit status 1."""
