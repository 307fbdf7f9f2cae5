"""Migrant workers of one regency and beyond, for a demonstration: made up, and always the same.

What happens to each group (paid or not, away, ending, without cover, home) is told here, in days from today; that it
happens through the journeys is `journeys.demo_migrants`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from teduh.national import names

#: Where they come from: Cilacap, Indramayu, Malang, Lombok Timur, Kendal.
ORIGINS = (330121, 321215, 350723, 520308, 332417)
JOBS = ("Perawat lansia", "Pekerja rumah tangga", "Operator pabrik", "Awak kapal perikanan", "Juru masak")
EMPLOYERS = (
    "Chen Yu-Ling",
    "Wong Mei Fong",
    "Lin Fu Precision Co., Ltd.",
    "Syarikat Maju Jaya Sdn Bhd",
    "Lam Kwok Wai",
)
YOUNGEST = dt.date(2003, 6, 1)
OFFSET = 9_000_000
FIRST, SECOND, OWN = "first", "second", "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happens to some people; every number is a day from today. `ends`: the agreement's last day.

    `paid`: when, and which stages (empty: all that are open). `extended`: when it was told, for how many months, and
    when that was paid (None: it is not). `events`: kind and day. `via`: which agency, or on one's own.
    """

    key: str
    count: int
    to: tuple[str, ...]
    via: str = FIRST
    registered: int
    ends: int
    months: int = 24
    paid: tuple[tuple[int, tuple[str, ...]], ...] = ()
    departed: int | None = None
    events: tuple[tuple[str, int], ...] = ()
    extended: tuple[int, int, int | None] | None = None
    is_abroad: bool = False
    has_papers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Goer:
    """Somebody of a story."""

    nik: str
    name: str
    birth: dt.date
    is_woman: bool
    phone: str
    passport: str
    home: str
    to: str
    job: str
    employer: str


WORKER = "ending in 30 days"
ALL_THREE = ("TW", "HK", "MY")


def _away(key: str, count: int, ends: int, to: tuple[str, ...] = ALL_THREE, **more: object) -> Story:
    """Paid in full before leaving, and abroad since two years before the last day."""
    begun = ends - 730
    told: dict[str, object] = {
        "registered": begun - 40, "paid": ((begun - 35, ()),), "departed": begun, "via": FIRST, **more,
    }  # fmt: skip
    return Story(key=key, count=count, to=to, ends=ends, **told)  # type: ignore[arg-type]


STORIES = (
    _away(WORKER, 3, 25, ("TW",)),
    Story(key="registered, not paid", count=5, to=ALL_THREE, registered=-6, ends=760),
    Story(key="waiting, all paid", count=4, to=("HK", "TW"), via=SECOND, registered=-20, ends=750, paid=((-18, ()),)),
    Story(key="waiting, half paid", count=2, to=("HK",), registered=-30, ends=745, paid=((-28, ("before",)),)),
    _away("working", 9, 430),
    _away("working, second agency", 5, 380, ("HK", "MY"), via=SECOND),
    _away("working, on their own", 3, 300, ("HK", "TW"), via=OWN),
    _away("ending in 90 days", 4, 86),
    _away("ending in 7 days", 3, 6),
    _away("in the month to return", 3, -12),
    _away("without cover", 2, -75),
    _away("without cover, extended and not paid", 2, -70, ("TW", "HK"), extended=(-66, 12, None)),
    _away("extended and paid", 4, -100, extended=(-112, 12, -110)),
    _away("home", 3, -60, events=(("returning", -56), ("home", -55))),
    _away("on the way home", 2, -4, events=(("returning", -3),)),
    Story(key="failed to depart", count=2, to=("TW",), registered=-90, ends=660, paid=((-88, ()),),
          events=(("failed", -40),)),
    _away("missing", 1, 200, ("MY",), events=(("missing", -15),)),
    _away("dismissed", 1, 310, ("HK",), events=(("dismissed", -9),)),
    Story(key="from abroad, paid", count=3, to=("TW",), via=OWN, registered=-70, ends=500, months=24, is_abroad=True,
          paid=((-68, ()),)),
    Story(key="from abroad, without papers", count=3, to=("MY",), via=OWN, registered=-14, ends=0, is_abroad=True,
          has_papers=False),
)  # fmt: skip


def stories(*, people: int) -> Iterator[tuple[Story, int]]:
    """Every story with how many people it has, so that there are about so many in all; each has one at least."""
    told = sum(one.count for one in STORIES)
    for one in STORIES:
        yield one, max(1, round(one.count * people / told))


def goers(*, story: Story, count: int, first: int, seed: int) -> list[Goer]:
    """The people of a story, numbered from `first`; always the same for the same seed."""
    found = []
    for n in range(count):
        id_ = OFFSET + first + n
        is_woman = (first + n) % 4 != 3
        birth = YOUNGEST - dt.timedelta(days=(first + n) * 263 % 7_000)
        district = ORIGINS[(first + n) % len(ORIGINS)]
        who = names.identity(seed=seed, id=id_, female=is_woman, birth=birth, district=district)
        found.append(
            Goer(
                nik=who.nik, name=who.name, birth=birth, is_woman=is_woman, phone=who.phone,
                passport=f"C{8_000_000 + seed % 1000 * 1000 + first + n:07d}", home=f"{district:06d}",
                to=story.to[n % len(story.to)], job=JOBS[(first + n) % len(JOBS)],
                employer=EMPLOYERS[(first + n) % len(EMPLOYERS)],
            )
        )  # fmt: skip
    return found
