"""Firms and projects of each province: how many there are, how large they are."""

from __future__ import annotations

import math
from typing import NamedTuple

from teduh.national import published, shares

ON = "2025-02"


class Firms(NamedTuple):
    """Micro firms, other firms and projects (in this order) by province: the first key and how many there are.

    A person at height v of 1 works for the firm at place v^4 of its province: the firm at place r has workers in
    proportion to r^(-3/4), a Pareto tail that whole numbers can follow.
    """

    first: list[list[int]]
    count: list[list[int]]
    micro_workers: float
    small_from: float
    large_until: float


def drawn_from(*, met: float, workers: float) -> float:
    """How many keys to draw from so that `met` of them are met: a micro firm nobody works for is not one."""
    least, most = met, 20 * met
    while most - least > 0.5:
        middle = (least + most) / 2
        seen = middle * (1 - math.exp(-workers / middle))
        least, most = (middle, most) if seen < met else (least, middle)
    return least


def build(*, people: int, members: list[list[int]]) -> Firms:
    """The firms of a population of this many people, who divide like `members` (shares.members)."""
    assumed = published.assumptions()
    total = published.whole("active_employers", "PU", shares.INDONESIA, ON)
    micro = published.whole("active_employers", "PU_micro", shares.INDONESIA, ON)
    workers = published.whole("active_participants", "PU", shares.INDONESIA, ON)
    in_micro = micro * assumed["employers"]["workers_of_a_micro_firm"]
    per_member = (
        (0, drawn_from(met=micro, workers=in_micro) / workers),
        (0, (total - micro) / workers),
        (4, 1 / assumed["jakon"]["workers_of_a_project"]),
    )
    registered = sum(map(sum, members))
    first, count, following = [], [], 1
    for standing, each in per_member:
        count.append([max(1, round(people * part / registered * each)) for part in members[standing]])
        first.append([following + sum(count[-1][:p]) for p in range(len(count[-1]))])
        following += sum(count[-1])
    # The firm at height v has a quarter of the mean number of workers times v^(-3/4).
    mean = (workers - in_micro) / (total - micro)
    ends = [(mean / 4 / assumed["employers"][name]) ** (4 / 3) for name in ("small_below", "medium_below")]
    return Firms(first, count, in_micro / workers, min(1, ends[0]), min(1, ends[1]))
