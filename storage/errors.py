"""What can go wrong in storage. Each error says in one sentence what happened, where, and what to do; `messages.toml` holds them.

StorageError
├── NoSuchDatabase           there is no file where a database was said to be
├── DatabaseUnavailable      the database cannot be opened: wrong address, folder, rights, server, or not a database
│   └── DatabaseReadOnly     it can be read, and not be written
├── DatabaseLocked           another process kept the database locked for longer than the time to wait
├── DatabaseFull             no room left to write
├── AlreadyRunning           another process does the same work on the database
├── NewerSchema              the database was written by a newer version of the program
├── RegistryFileError        a registry file of another kind, or one that cannot be read as a whole
├── FiguresError             a folder of figures that cannot be taken in
├── EvidenceUnwritable       the archive of exchanges cannot be written: a full disk, a folder without rights
├── EvidenceMissing          an archived exchange cannot be read: switched off, thinned, lost or damaged
├── SampleExists             a quarter has a sample already, and nobody asked to replace it
└── NotStored                a scan, site, audit or problem that the database does not hold
"""

from rules.wording import WordedError
from storage.wording import wording


class StorageError(WordedError):
    """Base of all errors of this floor."""

    _wording = wording


class NoSuchDatabase(StorageError):
    """The file that was named is not there: nothing was created."""


class DatabaseUnavailable(StorageError):
    """The database cannot be opened."""


class DatabaseReadOnly(DatabaseUnavailable):
    """The database can be read, and this user, or this server, may not write to it."""


class DatabaseLocked(StorageError):
    """Another process holds the database."""


class DatabaseFull(StorageError):
    """The disk, or the database's quota, is full."""


class AlreadyRunning(StorageError):
    """Another process does the same work on the database: doing it twice at once would visit every site twice."""


class NewerSchema(StorageError):
    """The database belongs to a newer version of the program."""


class RegistryFileError(StorageError):
    """A registry file of a kind there is none of, or that cannot be read as a whole: nothing was imported or written."""


class FiguresError(StorageError):
    """A folder of figures that cannot be taken in: nothing of it was imported."""


class EvidenceUnwritable(StorageError):
    """Evidence cannot be written: a scan stops rather than judge what it cannot prove."""


class EvidenceMissing(StorageError):
    """An archived exchange is not there, or not readable."""


class SampleExists(StorageError):
    """A quarter has a sample already: nothing was replaced."""


class NotStored(StorageError):
    """What was asked for is not in the database."""
