"""The process that reads heavy pages: tasks come in on standard input, facts go out on standard output. Started by `crawler.reading.pool`.

Whatever a page does to the parser happens here: the process can be killed, and its memory is limited. It answers in MessagePack, decoded
against a schema on the other side, so that not even a parser taken over by a page can say more than facts.
"""

import contextlib
import os
import resource
import signal
import sys
from datetime import date
from typing import BinaryIO

import msgspec

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, Record
from crawler.processes.framing import LENGTH_BYTES, framed

MAX_MEMORY = 1 << 30
"""Bytes of address space. A usual page of four million bytes takes a third of it; one built against parsers took eight times as much."""

_ORPHAN_PATIENCE = 3.0


class Task(Record, frozen=True, kw_only=True):
    """A page to be read, with the arguments of `read_page`."""

    content: bytes
    content_type: str
    url: str
    as_of: date
    query: str | None = None
    seconds: float
    """How long the one who asks is going to wait."""


class Answer(Record, frozen=True, kw_only=True):
    """What came of a task: no facts where the reader failed."""

    facts: PageFacts | None = None


def answer(task: Task) -> Answer:
    """Read the page of a task."""
    try:
        facts = read_page(task.content, content_type=task.content_type, url=task.url, as_of=task.as_of, query=task.query)
    except Exception:  # MemoryError and RecursionError among them: the page stays unread
        return Answer()
    return Answer(facts=facts)


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Answer one task after the other until there are no more."""
    send(answers, b"")  # ready: what follows is counted against the page, not against the start of the process
    while length := tasks.read(LENGTH_BYTES):
        task = msgspec.msgpack.decode(tasks.read(int.from_bytes(length, "big")), type=Task)
        # The pool kills an overdue process long before. This kills it where nobody is left to do so.
        signal.setitimer(signal.ITIMER_REAL, task.seconds * _ORPHAN_PATIENCE)
        message = msgspec.msgpack.encode(answer(task))
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(answers, message)


def send(answers: BinaryIO, message: bytes) -> None:
    """Send one message."""
    answers.write(framed(message))
    answers.flush()


def main() -> None:
    """Serve on standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of the terminal; the pool decides when to stop
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints can get between the answers
    with contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
