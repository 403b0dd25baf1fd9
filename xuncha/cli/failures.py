"""How an exception ends a run: the exit status of the contract, and one sentence."""

from reports.errors import FiguresError, FormatError, ProfileError, ReportError, SampleError
from rules.rule import RuleDefinitionError
from rules.standard import StandardError
from storage.errors import FiguresError as StoredFiguresError
from storage.errors import NoSuchDatabase, NotStored, RegistryFileError, SampleExists, StorageError
from xuncha.cli.usage import sentence_of
from xuncha.errors import Incomplete, UsageFault
from xuncha.messages import say
from xuncha.settings import SettingsError

BAD_INPUT = (
    UsageFault,
    SettingsError,
    StandardError,
    RegistryFileError,
    FiguresError,
    ProfileError,
    FormatError,
    StoredFiguresError,
    NoSuchDatabase,
    NotStored,
    SampleError,
    SampleExists,
)
INCOMPLETE = (Incomplete, StorageError, ReportError, RuleDefinitionError)


def status_and_sentence(error: Exception) -> tuple[int, str]:
    """Return the exit status and the sentence for an exception. An unforeseen one is named as the program's own fault."""
    if sentence := sentence_of(error):
        return 2, sentence
    if isinstance(error, BAD_INPUT):
        return 2, str(error)
    if isinstance(error, INCOMPLETE):
        return 1, str(error)
    if isinstance(error, OSError) and error.filename:
        return 1, say("cannot_use_file", name=error.filename, why=error.strerror)
    return 1, say("own_fault", kind=type(error).__name__, text=error)
