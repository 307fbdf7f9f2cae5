"""What follows when an employment ends: for each programme what stops, what is payable from when to when, what goes on.

Knows the cause and the dates; computes no amount of a benefit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from teduh.law import due, pension, rulebook
from teduh.law import leaving_words as said
from teduh.law.leaving_words import CAUSES
from teduh.law.messages import FactsError, Message, Note, RulebookError
from teduh.law.months import Month, months_after, working_days_after

__all__ = ["CAUSES", "Consequence", "Leaving", "leaving"]

PP_6_2025 = dt.date(2025, 2, 7)
PERMENAKER_4_2022 = dt.date(2022, 4, 26)
NOT_DISMISSED = ("resigned", "retired", "permanently_disabled", "died", "contract_ended")


class Consequence(NamedTuple):
    """One thing that follows for a programme: from which day (None: not at all), until which (None: without end)."""

    programme: str
    code: str
    what: Message
    from_day: dt.date | None
    until_day: dt.date | None
    articles: tuple[str, ...]
    status: str
    notes: tuple[Note, ...]


class Leaving(NamedTuple):
    """All that follows. `reports_by`: the employer's last day to report the change; `last_due`: of the last month."""

    cause: str
    on_end: dt.date
    consequences: tuple[Consequence, ...]
    reports_by: dt.date
    last_month: Month
    last_due: dt.date
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    cause: str
    on_end: dt.date
    asked_on: dt.date
    born: dt.date | None
    contract_type: str
    jkp_participant: bool


def _jkk(case: _Case) -> list[Consequence]:
    """Cover for accidents ends with the last day of work; a disease of work is covered for three years more."""
    years = rulebook.in_force("pak_years_after_work", case.on_end)
    ends = Consequence("JKK", "cover_ends", said.JKK_ENDS, None, case.on_end,
                       ("PP 44/2015 Pasal 1(6)", "PP 44/2015 Pasal 25(1)"), "gazette", ())  # fmt: skip
    until = months_after(case.on_end, 12 * int(years.value))
    notes = (said.TREATED,) if case.cause in ("dismissed", "contract_broken") else ()
    if case.cause == "died":
        return [ends._replace(what=said.JKK_DIED)]
    disease = Consequence("JKK", "disease_after_work", said.JKK_DISEASE, case.on_end + dt.timedelta(days=1), until,
                          (years.citation,), years.status, ())  # fmt: skip
    return [ends._replace(notes=notes), disease]


def _jkm(case: _Case) -> list[Consequence]:
    """JKM is for a death while active: still working and paying."""
    ends = Consequence(
        "JKM", "cover_ends", said.JKM_ENDS, None, case.on_end, ("PP 44/2015 Pasal 34(1)",), "gazette", ()
    )
    if case.cause == "died":
        return [ends._replace(code="payable", what=said.JKM_DIED, from_day=case.on_end, until_day=None)]
    return [ends]


def _jht_old(case: _Case) -> Consequence:
    """Until PP 60/2015 (12 August 2015) whoever left before pension age was paid at 56."""
    at = months_after(case.born, 12 * 56) if case.born else None
    notes = () if case.born else (said.BIRTH_UNKNOWN,)
    return Consequence("JHT", "payable_at_56", said.JHT_AT_56, at, None, ("PP 46/2015 Pasal 26(3)",), "gazette", notes)


def _jht(case: _Case) -> list[Consequence]:
    """The balance stays the participant's; when it is paid depends on why the work ended."""
    if case.cause == "moved_within_group":
        return [Consequence("JHT", "continues", said.JHT_MOVES, case.on_end + dt.timedelta(days=1), None,
                            ("PP 46/2015 Pasal 9(2)",), "gazette", ())]  # fmt: skip
    if case.cause == "other":
        return [Consequence("JHT", "kept", said.JHT_OTHER, None, None, ("PP 46/2015 Pasal 22(2)",), "unconfirmed",
                            (said.UNKNOWN_CAUSE,))]  # fmt: skip
    if case.cause in said.JHT_AT_ONCE:
        what, articles = said.JHT_AT_ONCE[case.cause]
        return [Consequence("JHT", "payable", what, case.on_end + dt.timedelta(days=case.cause != "died"), None,
                            articles, "gazette", ())]  # fmt: skip
    if case.cause == "contract_ended" and case.on_end >= PERMENAKER_4_2022:
        return [Consequence("JHT", "payable", said.JHT_CONTRACT, case.on_end + dt.timedelta(days=1), None,
                            ("Permenaker 4/2022 Pasal 6", "Permenaker 4/2022 Pasal 7"), "secondary",
                            (said.CONTRACT_NO_WAIT,))]  # fmt: skip
    try:
        wait = rulebook.in_force("jht_wait_months", max(case.on_end, min(case.asked_on, months_after(case.on_end, 1))))
    except RulebookError:
        return [_jht_old(case)]
    notes = (said.LETTER,) + ((said.CONTRACT_BEFORE_2022,) if case.cause == "contract_ended" else ())
    articles = ("Permenaker 4/2022 Pasal 8",) if case.on_end >= PERMENAKER_4_2022 else ("Permenaker 19/2015",)
    return [Consequence("JHT", "payable_after_wait", said.JHT_WAIT, months_after(case.on_end, int(wait.value)), None,
                        articles, wait.status, notes)]  # fmt: skip


def _window(dismissed: dt.date) -> tuple[dt.date, tuple[str, ...], str, tuple[Note, ...]]:
    """Three months under PP 37/2021, six since PP 6/2025, which also lengthens a window that was still open then."""
    months = rulebook.in_force("jkp_claim_months", dismissed)
    until = months_after(dismissed, int(months.value))
    if dismissed < PP_6_2025 <= until:
        longer = rulebook.in_force("jkp_claim_months", PP_6_2025)
        return months_after(dismissed, int(longer.value)), (longer.citation,), "unconfirmed", (said.JKP_OPEN_2025,)
    return until, (months.citation,), months.status, ()


def _jkp(case: _Case) -> list[Consequence]:
    """JKP is for whoever is dismissed, or whose fixed-term contract the employer ends before its time."""
    none = Consequence("JKP", "none", said.JKP_NONE, None, None, ("PP 37/2021 Pasal 20(1)",), "gazette", ())
    if not rulebook.applies("PP 37/2021 Pasal 20", case.on_end):
        return []
    if case.cause in NOT_DISMISSED:
        article = "PP 37/2021 Pasal 20(" + ("2)" if case.cause == "contract_ended" else "1)")
        return [none._replace(what=said.JKP_NOT_FOR[case.cause], articles=(article,))]
    if case.cause in ("moved_within_group", "left_country"):
        return [none._replace(articles=("PP 37/2021 Pasal 19(1)", "PP 37/2021 Pasal 19(2)"))]
    if case.cause == "other":
        return [none._replace(what=said.JKP_OTHER, status="unconfirmed", notes=(said.UNKNOWN_CAUSE,))]
    until, articles, status, notes = _window(case.on_end)
    notes = (*notes, said.JKP_CONDITIONS)
    if not case.jkp_participant:
        return [none._replace(code="employer_pays", what=said.JKP_EMPLOYER, articles=("PP 37/2021 Pasal 37(1)",),
                              notes=(said.JKP_MICRO,))]  # fmt: skip
    what, code = (said.JKP_LOST, "lost") if case.asked_on > until else (said.JKP_OPEN, "claim")
    return [Consequence("JKP", code, what, case.on_end + dt.timedelta(days=1), until,
                        (*articles, "PP 37/2021 Pasal 19(1)"), status, notes)]  # fmt: skip


def _jp(case: _Case) -> list[Consequence]:
    """The months of JP stay counted; a pension needs its age, or a disability or a death."""
    if case.cause in said.JP_BENEFIT:
        what, articles = said.JP_BENEFIT[case.cause]
        from_day = Month.of(case.on_end).plus(1).first
        return [Consequence("JP", "benefit", what, from_day, None, articles, "gazette", (said.LATER,))]
    if case.cause == "retired":
        return [_jp_retired(case)]
    what = said.JP_MOVES if case.cause == "moved_within_group" else said.JP_KEPT
    return [Consequence("JP", "continues", what, case.on_end + dt.timedelta(days=1), None,
                        ("PP 45/2015 Pasal 3(4)", "PP 45/2015 Pasal 11(2)"), "gazette", ())]  # fmt: skip


def _jp_retired(case: _Case) -> Consequence:
    """Whoever retires before JP's own pension age waits for it: the right runs from the first of the next month."""
    articles = ("PP 45/2015 Pasal 15", "PP 45/2015 Pasal 19(3)", "PP 45/2015 Pasal 24(1)")
    if case.born is None:
        return Consequence("JP", "benefit", said.JP_RETIRED, None, None, articles, "gazette", (said.BIRTH_UNKNOWN,))
    from_day = Month.of(max(pension.pension_day(case.born), case.on_end)).plus(1).first
    return Consequence("JP", "benefit", said.JP_RETIRED, from_day, None, articles, "gazette", (said.LATER,))


def _own_account(case: _Case) -> list[Consequence]:
    """Whoever works on alone can be covered without a gap: the first contribution at the latest on the next day."""
    if case.cause in ("died", "permanently_disabled", "left_country", "moved_within_group"):
        return []
    day = case.on_end + dt.timedelta(days=1)
    found = [Consequence(programme, "own_account", said.OWN_ACCOUNT, day, day, articles, "gazette", (said.OWN_START,))
             for programme, articles in said.OWN_ARTICLES.items()]  # fmt: skip
    return [*found, Consequence("JP", "own_account_none", said.JP_NOT_ALONE, None, None, ("PP 45/2015 Pasal 2",),
                                "gazette", ())]  # fmt: skip


FOLLOWS: dict[str, Callable[[_Case], list[Consequence]]] = {
    "JKK": _jkk, "JKM": _jkm, "JHT": _jht, "JP": _jp, "JKP": _jkp,
}  # fmt: skip


def leaving(
    *,
    cause: str,
    on_end: dt.date,
    today: dt.date,
    programmes: Collection[str],
    contract_type: str = "permanent",
    jkp_participant: bool = False,
    born: dt.date | None = None,
    holidays: frozenset[dt.date] = frozenset(),
) -> Leaving:
    """What follows for the worker when an employment ends. `on_end` is the last day of employment.

    A fixed-term contract (`fixed`) that the employer ends before its time is a dismissal for JKP; one that runs out is
    not. `born` gives pension ages their day; without it they stay open and say so.
    """
    if cause not in CAUSES:
        raise FactsError(f"sebab berhenti tidak dikenal: {cause!r}", f"not a cause of leaving: {cause!r}")
    if cause == "contract_broken" and contract_type == "permanent":
        cause = "dismissed"
    case = _Case(cause, on_end, today, born, contract_type, jkp_participant)
    found = [one for name, follow in FOLLOWS.items() if name in programmes or name == "JKP" for one in follow(case)]
    last = Month.of(on_end)
    return Leaving(
        cause, on_end, (*found, *_own_account(case)), working_days_after(on_end, 7, holidays), last,
        due.due_date("JKK", "wage_earner", last, holidays=holidays).date,
        ("PP 44/2015 Pasal 9(3)", "PP 44/2015 Pasal 21(2)"),
    )  # fmt: skip
