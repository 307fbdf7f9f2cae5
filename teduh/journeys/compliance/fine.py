"""The administrative fine of a case: reckoned by the law on what is unpaid, billed with a code, and booked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from teduh.contributions import fines
from teduh.contributions.fines import Fined
from teduh.core import holidays
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import compliance as cases
from teduh.employers.compliance import CaseRow, StepRow
from teduh.employers.models import StepKind
from teduh.law import sanctions
from teduh.law.months import Month
from teduh.ledger import actions as ledger
from teduh.payments import actions as payments
from teduh.payments.models import Bill, BillKind
from teduh.security.access import Actor

VALID_YEARS = 5


def reckon(*, steps: Sequence[StepRow], programmes: Mapping[str, int], on: dt.date) -> tuple[Fined, ...]:
    """0.1 % a month of each programme's unpaid contributions, from the end of the second warning (Pasal 10(4)).

    Refused: nothing_assessed where no unpaid contribution is known: of what was never reported no sum may be guessed.
    """
    warned = next((one for one in reversed(steps) if one.kind == StepKind.SECOND_WARNING), None)
    if warned is None:
        raise _nothing()
    second = sanctions.Taken(warned.kind, warned.on, warned.until)
    days_off = holidays.between(warned.on.year, on.year + 1)
    made = []
    for programme, amount in sorted(programmes.items()):
        found = sanctions.fine(contributions=amount, warning_2=second, on=on, holidays=days_off)
        if found.amount:
            made.append(Fined(programme=programme, contribution=amount, months=found.periods, amount=found.amount,
                              articles=found.articles))  # fmt: skip
    if not made:
        raise _nothing()
    return tuple(made)


def impose(
    *, case: CaseRow, steps: Sequence[StepRow], programmes: Mapping[str, int], facts: Mapping[str, Any],
    until: dt.date | None, articles: Sequence[str], why: str, proposer: int, by: Actor, on: dt.date,
) -> int:  # fmt: skip
    """The step, its bill, its rows and its entry; the step's id."""
    lines = reckon(steps=steps, programmes=programmes, on=on)
    amount = sum(one.amount for one in lines)
    asking = payments.Asking(
        person=None, group=None, employer=case.employer, kind=BillKind.FINE, amount=amount,
        expires_on=Month.of(on).plus(12 * VALID_YEARS).last,
    )  # fmt: skip
    bill = payments.issue(asking=[asking], by=by.user, on=on)[0] or 0
    told = [{"programme": one.programme, "contribution": one.contribution, "months": one.months, "amount": one.amount}
            for one in lines]  # fmt: skip
    step = cases.add_step(
        case=case.id, kind=StepKind.FINE, on=on, until=until, amount=amount, articles=articles,
        facts={**facts, "fine": told, "fine_bill": _code(bill)}, why=why, by=proposer,
    )  # fmt: skip
    fines.impose(step=step, employer=case.employer, bill=bill, lines=lines)
    ledger.post(drafts=[fines.asked(bill=bill, employer=case.employer, amount=amount, on=on)], by=by.name)
    return step


def _code(bill: int) -> dict[str, Any]:
    return dict(Bill.objects.values("number", "code", "amount").get(id=bill))


def _nothing() -> Refused:
    return Refused(
        "nothing_assessed",
        Text("Denda tidak dapat dihitung.", "The fine cannot be reckoned."),
        why=Text("Belum ada iuran yang ditetapkan dan tidak dibayar; jumlah yang tidak dilaporkan tidak boleh ditebak "
                 "(PP 86/2013 Pasal 10(4)).",
                 "No assessed contribution is unpaid; what was never reported may not be guessed (Pasal 10(4))."),
        then=Text("Minta laporan upahnya dulu, atau serahkan kepada pengawas ketenagakerjaan.",
                  "Ask for the wage returns first, or refer it to the labour inspectors."),
    )  # fmt: skip
