"""The base of every record."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of every record: frozen, encodable, compared by value.

    A value leads back to no one who holds it, so that the garbage collector need not follow it: decoding facts takes a third of the time.
    """
