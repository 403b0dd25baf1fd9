"""A veil: changes to a share of a world's pages, by a chance that can be repeated."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import UndefinedError

from tests.demo.veils.changes import Asked, Change
from tests.demo.veils.copies import COPIES, UNTOLD
from tests.demo.veils.demands import DEMANDS
from tests.demo.veils.doors import DOORS
from tests.demo.veils.editions import EDITIONS
from tests.demo.veils.failures import FAILURES
from tests.demo.veils.limits import ENOUGH, LIMITS, ROBOTS, robots_failing, robots_parts
from tests.demo.veils.measures import MEASURES
from tests.demo.veils.scripts import SCRIPTS
from tests.demo.veils.transfers import TRANSFERS
from xuncha.demo.answers import Answer, SiteAnswers, not_found
from xuncha.demo.pages import SitePages
from xuncha.demo.server import Request
from xuncha.demo.site import Site
from xuncha.demo.world import World, WorldState

CHANGES: dict[str, Change] = {**DOORS, **FAILURES, **TRANSFERS, **COPIES, **SCRIPTS, **EDITIONS, **DEMANDS, **MEASURES}
VEILS = (*CHANGES, *LIMITS, *ROBOTS)
_ALL = CHANGES | UNTOLD
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
    habits: Sequence[str] = VEILS
    fickle: bool = False
    of_hosts: Mapping[str, str] = field(default_factory=dict)
    """Habits that sites, and all of their pages, have for certain."""

    def chance(self, *names: str) -> float:
        """Return a number from 0 to 1 that hangs on the names alone."""
        digest = hashlib.sha256("|".join((str(self.seed), *names)).encode()).digest()
        return int.from_bytes(digest[:6]) / 2**48

    def habit(self, *names: str) -> str:
        """Return the habit of a site, or of one of its pages."""
        return self.of_hosts.get(names[0]) or self.habits[int(self.chance("kind", *names) * len(self.habits))]


@dataclass(slots=True)
class Hung:
    """A veil before a world on a day: what is let through of its answers."""

    veil: Veil
    world: World
    as_of: datetime
    _visits: Counter[str] = field(default_factory=Counter)
    _answers: dict[tuple[datetime, str], SiteAnswers] = field(default_factory=dict)
    _states: dict[datetime, WorldState] = field(default_factory=dict)

    def __call__(self, site: Site, request: Request, answer: Answer) -> Answer:
        """Return what is let through of an answer. Errors of the site pass as they are, and its rules for crawlers in most cases."""
        target = request.target
        asked = self._asked(site, request)
        habit = self.veil.habit(site.host)
        if target == "/robots.txt":
            self._visits[site.host] = 0  # another look begins
            return self._robots(habit, asked, answer) if answer.status == 404 else answer
        if target.startswith("/login.html"):
            return DOORS["login"](asked, answer)
        if target.startswith(_OWN):
            return self._own(asked)
        if answer.status != 200 or habit in ROBOTS:
            return answer
        self._visits[site.host] += 1
        if habit in LIMITS:
            return LIMITS[habit](asked, answer) if self._visits[site.host] > ENOUGH * (1 - self.veil.share) else answer
        visit = f"{self._visits[site.host + target]}" if self.veil.fickle else ""
        self._visits[site.host + target] += 1
        if not self._is_hidden(site, target, visit):
            return answer
        if self.veil.chance("habit", site.host, target) >= 0.7:
            habit = self.veil.habit(site.host, target)
        return _ALL[habit](asked, answer) if habit in _ALL else answer

    def _is_hidden(self, site: Site, target: str, visit: str = "") -> bool:
        return self.veil.chance("share", site.host, target, visit) < self.veil.share / (2 if target == "/" else 1)

    def _robots(self, habit: str, asked: Asked, answer: Answer) -> Answer:
        """Return the rules for crawlers of a site, whose habit may show in them."""
        pages = self._pages(asked.site, self.as_of)
        columns = [address for address, (template, _) in pages.addresses.items() if template.endswith("column.html")]
        if habit == "robots: fails" and self._is_hidden(asked.site, asked.target):
            return robots_failing(asked)
        shut_out = {
            "robots: parts": [address for address in pages.addresses if address != "/" and self._is_hidden(asked.site, address)],
            "robots: searches": [pages.search_path],
            "robots: columns": [address for address in columns if self._is_hidden(asked.site, address)],
        }
        return robots_parts(shut_out[habit]) if habit in shut_out else answer

    def _own(self, asked: Asked) -> Answer:
        if asked.target == "/veil/home":
            return self._answer(asked.site, "/", self.as_of)
        return (EDITIONS["telephones"] if asked.target == "/veil/mobile" else DOORS["forbidden"])(asked, not_found())

    def _asked(self, site: Site, request: Request) -> Asked:
        pages, target = self._pages(site, self.as_of), request.target
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
            fields=request.fields,
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
