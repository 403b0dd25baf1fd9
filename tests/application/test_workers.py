"""Parent and worker processes talk without waiting for each other."""

import asyncio
import multiprocessing

from xuncha.scan.workers import Line

MESSAGES = 100
LARGE = bytes(300_000)
"""More than a pipe holds: sending waits for the other side to receive."""


async def test_both_sides_can_have_much_to_send_at_the_same_time() -> None:
    ours, theirs = multiprocessing.Pipe()
    lines = (Line(ours), Line(theirs))

    async def receive_all(line: Line) -> int:
        return sum([len(await line.receive()) for _ in range(MESSAGES)])

    async with asyncio.timeout(20):
        sending = asyncio.gather(*(line.send(LARGE) for line in lines for _ in range(MESSAGES)))  # type: ignore[arg-type]
        received = await asyncio.gather(*map(receive_all, lines))
        await sending
    assert received == [MESSAGES * len(LARGE)] * 2
    ours.close()
    theirs.close()
    for line in lines:
        line.close()
