"""The geometry of the trend pictures: where marks and labels stand. Plain numbers in, plain numbers out; a template draws them."""

from collections.abc import Sequence

from crawler.facts.records import Record

WIDTH, HEIGHT = 720.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 24.0, 34.0
"""Room for the labels around the picture."""
_STEPS = (1, 2, 5)
_MOST_TICKS = 5


class Mark(Record, frozen=True, kw_only=True):
    """A point or the top of a bar, with its label."""

    x: float
    y: float
    label: str
    hollow: bool = False
    """A value that is not final."""


class Tick(Record, frozen=True, kw_only=True):
    """A place on an axis with its label."""

    at: float
    label: str


class Chart(Record, frozen=True, kw_only=True):
    """A picture over quarters. `lines` holds the runs of marks without a gap, as SVG points."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    bar: float
    """Width of a bar."""
    base: float
    """Where bars stand."""
    guide: float | None = None
    """Height of a line to compare with."""


class Value(Record, frozen=True, kw_only=True):
    """A value of one quarter; None where it is unknown."""

    name: str
    value: float | None
    label: str = ""
    hollow: bool = False


def chart(values: Sequence[Value], *, low: float, high: float, unit: str = "", guide: float | None = None) -> Chart:
    """Return the picture of values between `low` and `high`; quarters without a value leave a gap."""
    step = (WIDTH - LEFT - RIGHT) / len(values)
    places = [LEFT + step * (number + 0.5) for number in range(len(values))]

    def height(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low), 1)

    marks = [
        Mark(x=round(x, 1), y=height(entry.value), label=entry.label, hollow=entry.hollow) if entry.value is not None else None
        for x, entry in zip(places, values, strict=True)
    ]
    return Chart(
        marks=tuple(mark for mark in marks if mark),
        lines=tuple(_runs(marks)),
        x_ticks=tuple(Tick(at=round(x, 1), label=entry.name) for x, entry in zip(places, values, strict=True)),
        y_ticks=tuple(Tick(at=height(value), label=f"{value:g}{unit}") for value in ticks(low, high)),
        bar=round(min(48.0, step * 0.6), 1),
        base=height(low),
        guide=height(guide) if guide is not None and low <= guide <= high else None,
    )


def ticks(low: float, high: float) -> list[float]:
    """Return round values between two, five at the most."""
    scale = 1
    while True:
        for factor in _STEPS:
            step = factor * scale
            first = -(-low // step) * step
            count = int((high - first) // step) + 1
            if count <= _MOST_TICKS:
                return [first + number * step for number in range(count)]
        scale *= 10


def ceiling(value: float) -> float:
    """Return a round number that leaves some air over a value."""
    scale = 1
    while True:
        for factor in (1, 1.5, 2, 3, 5, 7.5):
            if value * 1.08 <= factor * scale * 10:
                return factor * scale * 10
        scale *= 10


def _runs(marks: Sequence[Mark | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark:
            runs[-1].append(f"{mark.x},{mark.y}")
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) > 1]
