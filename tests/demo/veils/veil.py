"""A veil: changes to a share of a world's pages, by a chance that can be repeated."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import UndefinedError

from tests.demo.veils.changes import Asked, Change
from tests.demo.veils.copies import COPIES, UNTOLD
from tests.demo.veils.doors import DOORS
from tests.demo.veils.editions import EDITIONS
from tests.demo.veils.failures import FAILURES
from tests.demo.veils.scripts import SCRIPTS
from tests.demo.veils.transfers import TRANSFERS
from xuncha.demo.answers import Answer, SiteAnswers, not_found
from xuncha.demo.pages import SitePages
from xuncha.demo.site import Site
from xuncha.demo.world import World, WorldState

VEILS: dict[str, Change] = {**DOORS, **FAILURES, **TRANSFERS, **COPIES, **SCRIPTS, **EDITIONS}
_ALL = VEILS | UNTOLD
_OWN = "/veil/"
"""Where what veils lead to stands."""


@dataclass(frozen=True, slots=True)
class Veil:
    """Changes a share of a world's pages; a site has mostly one habit.

    A homepage is hidden half as often as other pages are: without it there is little to be judged. A page is always changed in the same
    way, unless the veil is `fickle`: then every visit takes its chance.
    """

    seed: int
    share: float
    habits: Sequence[str] = tuple(VEILS)
    fickle: bool = False

    def chance(self, *names: str) -> float:
        """Return a number from 0 to 1 that hangs on the names alone."""
        digest = hashlib.sha256("|".join((str(self.seed), *names)).encode()).digest()
        return int.from_bytes(digest[:6]) / 2**48


@dataclass(slots=True)
class Hung:
    """A veil before a world on a day: what is let through of its answers."""

    veil: Veil
    world: World
    as_of: datetime
    _visits: Counter[str] = field(default_factory=Counter)
    _answers: dict[tuple[datetime, str], SiteAnswers] = field(default_factory=dict)
    _states: dict[datetime, WorldState] = field(default_factory=dict)

    def __call__(self, site: Site, target: str, answer: Answer) -> Answer:
        """Return what is let through of an answer. Errors of the site and its rules for crawlers pass as they are."""
        if target.startswith("/login.html"):
            return DOORS["login"](self._asked(site, target), answer)
        if target.startswith(_OWN):
            return self._own(site, target)
        if answer.status != 200 or target == "/robots.txt":
            return answer
        visit = f"{self._visits[site.host + target]}" if self.veil.fickle else ""
        self._visits[site.host + target] += 1
        if self.veil.chance("share", site.host, target, visit) >= self.veil.share / (2 if target == "/" else 1):
            return answer
        names = (site.host,) if self.veil.chance("habit", site.host, target) < 0.7 else (site.host, target)
        habit = self.veil.habits[int(self.veil.chance("kind", *names) * len(self.veil.habits))]
        return _ALL[habit](self._asked(site, target), answer)

    def _own(self, site: Site, target: str) -> Answer:
        if target == "/veil/home":
            return self._answer(site, "/", self.as_of)
        if target == "/veil/mobile":
            return EDITIONS["telephones"](self._asked(site, target), not_found())
        return DOORS["forbidden"](self._asked(site, target), not_found())

    def _asked(self, site: Site, target: str) -> Asked:
        pages = self._pages(site, self.as_of)
        kind = pages.addresses[target][0] if target in pages.addresses else ""
        if target.partition("?")[0] == pages.search_path:
            kind = "search"
        return Asked(
            site=site,
            target=target,
            kind=kind,
            before=lambda age: self._answer(site, target, self.as_of - age),
            other=lambda wanted: self._other(site, target, wanted),
            elsewhere=lambda: self._elsewhere(site, target),
            chance=lambda purpose: self.veil.chance(purpose, site.host, target),
        )

    def _pages(self, site: Site, as_of: datetime) -> SitePages:
        if as_of not in self._states:
            self._states[as_of] = self.world.state(as_of)
        return self._states[as_of].pages(site.host)

    def _answer(self, site: Site, target: str, as_of: datetime) -> Answer:
        key = (as_of, site.host)
        if key not in self._answers:
            self._answers[key] = SiteAnswers(self._pages(site, as_of))
        try:
            return self._answers[key].answer(target)
        except UndefinedError:  # the page needs more than there was at that time
            return not_found()

    def _other(self, site: Site, target: str, wanted: str) -> Answer | None:
        pages = self._pages(site, self.as_of)
        if wanted == "later":
            following = list(pages.addresses)[list(pages.addresses).index(target) + 1 :][:1]
            found = [address for address in following if pages.addresses[address][0].endswith("column.html")]
        else:
            found = [address for address, (template, _) in pages.addresses.items() if template.endswith(wanted) and address != target]
        if not found:
            return None
        return self._answer(site, found[int(self.veil.chance("other", site.host, target) * len(found))], self.as_of)

    def _elsewhere(self, site: Site, target: str) -> Answer:
        others = [other for other in self.world.sites if other.sound and other is not site and other.style is site.style]
        others = others or [other for other in self.world.sites if other.sound and other is not site]
        other = others[int(self.veil.chance("elsewhere", site.host) * len(others))]
        answer = self._answer(other, target.partition("?")[0] if "search" in target else target, self.as_of)
        return answer if answer.status == 200 else self._answer(other, "/", self.as_of)
