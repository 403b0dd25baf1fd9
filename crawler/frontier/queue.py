"""The frontier: the pages of one site that wait to be fetched, each once, the most telling first."""

import heapq

from crawler.frontier.candidates import Candidate, Rank
from crawler.urls import is_file, is_trap, page_key, same_site

_MAX_WAITING = 2_000


class Frontier:
    """A bounded priority queue of candidates on the site's own hosts."""

    def __init__(self, hosts: frozenset[str], *, column_share: int) -> None:
        self._hosts = hosts
        self._column_share = column_share
        self._columns = 0
        self._seen: set[str] = set()
        self._addresses: set[str] = set()
        """Of pages in `seen`, as they were found: every page of a site repeats its navigation."""
        self._heap: list[tuple[int, int, Candidate]] = []
        self._counter = 0

    def __len__(self) -> int:
        """Return how many pages wait."""
        return len(self._heap)

    def mark(self, url: str) -> None:
        """Count a page as fetched that did not come through the frontier."""
        self._seen.add(page_key(url))

    def add(self, candidate: Candidate) -> bool:
        """Let a page wait; False where it is on another host, no page, a trap, known already, or one too many."""
        if candidate.url in self._addresses:
            return False
        if not same_site(candidate.url, self._hosts) or is_trap(candidate.url) or is_file(candidate.url) or len(self._heap) >= _MAX_WAITING:
            return False
        key = page_key(candidate.url)
        if key in self._seen:
            return False
        self._addresses.add(candidate.url)
        self._seen.add(key)
        self._counter += 1
        heapq.heappush(self._heap, (self._rank(candidate), self._counter, candidate))
        return True

    def pop(self, until: Rank) -> Candidate | None:
        """Take the page that comes next, of rank `until` at most; None where there is none."""
        if not self._heap or self._heap[0][0] > until:
            return None
        return heapq.heappop(self._heap)[2]

    def withdraw(self, candidate: Candidate) -> Candidate | None:
        """Take out of turn what waits under a page's address, or else the page itself; None where it was taken before, or may not be."""
        key = page_key(candidate.url)
        for place, (_, _, known) in enumerate(self._heap):
            if page_key(known.url) == key:
                del self._heap[place]
                heapq.heapify(self._heap)
                return known
        if not self.add(candidate):
            return None
        return self.withdraw(candidate)

    def waiting(self, until: Rank) -> int:
        """Count the pages of rank `until` at most that still wait."""
        return sum(rank <= until for rank, _, _ in self._heap)

    def _rank(self, candidate: Candidate) -> int:
        """Move columns over their share behind the other kinds: a site of a hundred columns must show its guides and letters too."""
        if not candidate.rank.is_column:
            return candidate.rank
        self._columns += 1
        return candidate.rank if self._columns <= self._column_share else Rank.MORE_COLUMNS
