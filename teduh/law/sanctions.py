"""Administrative sanctions under PP 86/2013: which steps are possible on a day, from when and until when.

The machine proposes, a person decides. Knows steps and dates; refuses to know anybody's guilt. Crimes are named as
information only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from teduh.law import deadlines, due, penalties, rulebook
from teduh.law import sanctions_words as said
from teduh.law.messages import FactsError, Message, Note
from teduh.law.months import Month, months_begun, working_days_after
from teduh.law.sanctions_words import CRIMES, SERVICES, VIOLATIONS, Crime, Service, Violation

__all__ = [
    "CRIMES", "SERVICES", "VIOLATIONS", "Crime", "PossibleStep", "Service", "Taken", "Violation", "fine", "next_steps",
    "period", "violations",
]  # fmt: skip

# Which step follows which: (for whom, which duty) -> the steps in their order.
LADDER: dict[tuple[str, str], tuple[str, ...]] = {
    ("employer", "registration"): ("warning_1", "warning_2", "fine", "services"),
    ("employer", "data"): ("warning_1", "warning_2", "fine", "services"),
    ("employer", "contributions"): ("warning_1", "warning_2", "fine", "services"),
    ("employer", "jkp"): (),  # PP 37/2021 Pasal 47: labour authorities sanction it, after their own examination
    ("person", "registration"): ("services",),
    ("person", "data"): ("warning_1", "warning_2", "services"),
}


class Taken(NamedTuple):
    """A step that was taken, on which day; `until`: the last day of the time it gave, where less than the most."""

    kind: str
    on: dt.date
    until: dt.date | None = None


class PossibleStep(NamedTuple):
    """A step that may be taken now: from when, until when at the latest (None: no text sets an end), and why."""

    kind: str
    earliest: dt.date
    latest: dt.date | None
    articles: tuple[str, ...]
    what: Message
    notes: tuple[Note, ...] = ()


def violations(on: dt.date) -> tuple[Violation, ...]:
    """The duties whose breach is sanctioned, by the regulations that apply on a day."""
    return tuple(one for one in VIOLATIONS if rulebook.applies(one.articles[0], on))


def period(taken: Taken, *, holidays: frozenset[dt.date]) -> tuple[dt.date, dt.date]:
    """PP 86/2013 Pasal 6(1), 10, 12: the first and the last day that a written warning leaves.

    At most ten working days, of which the day of the warning is none; a shorter time given counts as given.
    """
    most = working_days_after(taken.on, deadlines.promise("warning", taken.on).length, holidays)
    return taken.on + dt.timedelta(days=1), most if taken.until is None else min(taken.until, most)


def fine(*, contributions: int, warning_2: Taken, on: dt.date, holidays: frozenset[dt.date]) -> penalties.Penalty:
    """PP 86/2013 Pasal 10(4): 0.1 % a month of the contributions that should have been paid, from the end of the
    second warning on.
    """
    months = months_begun(period(warning_2, holidays=holidays)[1], on)
    found = penalties.administrative_fine(amount=contributions, months=months, on=on)
    return found._replace(notes=(said.PART_MONTH,))


def _fine_ends(warning_2: Taken, holidays: frozenset[dt.date]) -> dt.date:
    days = deadlines.promise("fine_stage", warning_2.on).length
    return period(warning_2, holidays=holidays)[1] + dt.timedelta(days=days)


def _services(steps: dict[str, Taken], on: dt.date, who: str, holidays: frozenset[dt.date]) -> PossibleStep:
    """Pasal 10(6), 11(1), 12(3): after an unpaid fine; for a person after the second warning, or at once."""
    articles, notes = said.SERVICES_STEP[who]
    if who == "person":
        after = period(steps["warning_2"], holidays=holidays)[1] if "warning_2" in steps else on - dt.timedelta(days=1)
    else:
        paid_by = due.due_date("JKK", "wage_earner", Month.of(steps["fine"].on), holidays=holidays).date
        after = max(_fine_ends(steps["warning_2"], holidays), paid_by)
    return PossibleStep("services", after + dt.timedelta(days=1), None, articles, said.WHAT[who, "services"], notes)


def _follows(kind: str, steps: dict[str, Taken], on: dt.date, who: str, holidays: frozenset[dt.date]) -> PossibleStep:
    """The step of this kind, given what came before it."""
    if kind == "services":
        return _services(steps, on, who, holidays)
    what, articles, notes = said.WHAT[who, kind], said.ARTICLES[who, kind], said.NOTES.get(kind, ())
    if kind == "warning_1":
        return PossibleStep(kind, on, None, articles, what, notes)
    if kind == "warning_2":
        first = period(steps["warning_1"], holidays=holidays)[1] + dt.timedelta(days=1)
        return PossibleStep(kind, first, None, articles, what, notes)
    first = period(steps["warning_2"], holidays=holidays)[1] + dt.timedelta(days=1)
    return PossibleStep(kind, first, _fine_ends(steps["warning_2"], holidays), articles, what, notes)


def _referral(steps: dict[str, Taken], on: dt.date, who: str) -> tuple[PossibleStep, ...]:
    """Pasal 13(5); PP 44/2015 Pasal 61(1): non-compliance is reported to the labour inspectors, who then examine."""
    if who == "person" or "referred" in steps:
        return ()
    sanctioned = {"fine", "services"} & set(steps)
    articles = said.REFERRED + (("PP 44/2015 Pasal 61(1)",) if sanctioned else ())
    return (PossibleStep("referred", on, None, articles, said.WHAT[who, "referred"]),)


def _settled(steps: dict[str, Taken], on: dt.date, who: str, duty: str) -> tuple[PossibleStep, ...]:
    """Pasal 10(7)-(8), 11(2), 12(4)-(5): once duty (and fine) are fulfilled, denied services are given back."""
    close = PossibleStep("closed", on, None, said.CLOSED, said.WHAT[who, "closed"])
    if "services" not in steps or "lifted" in steps:
        return (close,)
    return (PossibleStep("lifted", on, None, said.LIFTED[who, duty], said.WHAT[who, "lifted"]),)


def next_steps(
    steps_so_far: Sequence[Taken],
    *,
    on: dt.date,
    holidays: frozenset[dt.date],
    who: str = "employer",
    duty: str = "registration",
    fulfilled: bool = False,
) -> tuple[PossibleStep, ...]:
    """PP 86/2013 Pasal 10 to 12: what may follow the steps so far. A person takes a step; nothing follows by itself.

    `who`: employer or person (Pasal 4); `duty`: registration, data, contributions or jkp; `fulfilled`: all that was
    asked is done, and the fine is paid. A step whose `earliest` lies after `on` is not possible yet; one whose `latest`
    is past is still listed, so that it can be seen that its time is over.
    """
    if (who, duty) not in LADDER:
        raise FactsError(f"kewajiban tidak dikenal: {who}, {duty}", f"not a duty: {who}, {duty}")
    steps = {one.kind: one for one in sorted(steps_so_far, key=lambda one: one.on)}
    if "closed" in steps:
        return ()
    if fulfilled:
        return _settled(steps, on, who, duty)
    ladder = LADDER[who, duty]
    missing = [kind for kind in ladder if kind not in steps]
    out_of_order = missing and any(kind in steps for kind in ladder[ladder.index(missing[0]) :])
    if out_of_order:
        raise FactsError(
            f"langkah {missing[0]} belum diambil sebelum langkah sesudahnya",
            f"the step {missing[0]} was not taken before those after it",
        )
    following = (_follows(missing[0], steps, on, who, holidays),) if missing else ()
    return (*following, *_referral(steps, on, who))
