"""An employer who is behind pays in instalments: one officer proposes, another agrees, each part has a code of its own.

Money that a code brings settles the oldest month first. A plan stops no penalty, no sanction and no worker's right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from teduh.contributions import plans, wage_ageing
from teduh.contributions.models import Instalment, Plan, PlanState
from teduh.contributions.plans import PlanView
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.wages.billing import far
from teduh.law.months import months_after
from teduh.payments import actions as payments
from teduh.payments.models import Bill, BillKind, BillState
from teduh.security import actions as audit
from teduh.security.access import Actor

MOVES: dict[str, frozenset[str]] = {
    PlanState.PROPOSED: frozenset({PlanState.AGREED, PlanState.REJECTED}),
    PlanState.AGREED: frozenset({PlanState.KEPT, PlanState.BROKEN}),
    PlanState.KEPT: frozenset(),
    PlanState.BROKEN: frozenset(),
    PlanState.REJECTED: frozenset(),
}


def propose(
    *, employer: int, count: int, first_due: dt.date, why: str, by: Actor, on: dt.date, amount: int | None = None
) -> PlanView:
    """Propose instalments, a month apart from `first_due` on, for all that is open (or `amount` of it).

    Raises Refused: nothing_owed, bad_plan, no_reason, two_people, one_plan (another is proposed or running).
    """
    by.require("refund")
    owed = sum(bill.to_pay for bill in wage_ageing.open_bills(employers=[employer], on=on))
    _checked(owed, amount, count, first_due, why, by, on)
    _close(employer, on)
    amounts = plans.split(amount=amount or owed, count=count)
    try:
        with transaction.atomic():
            made = Plan.objects.create(
                employer_id=employer, amount=sum(amounts), proposed_on=on, proposed_by_id=by.user, why=why.strip()[:300]
            )
            Instalment.objects.bulk_create(
                Instalment(plan=made, number=n + 1, due_on=months_after(first_due, n), amount=part)
                for n, part in enumerate(amounts)
            )
            audit.record(by=by, action="plan.propose", subjects=[f"employer:{employer}", f"plan:{made.id}"], why=why,
                         detail={"amount": made.amount, "count": count})  # fmt: skip
    except IntegrityError as error:
        raise _refused("one_plan", "Sudah ada rencana angsuran.", "There is a plan already.", status=409) from error
    return _view(made.id, on)


def agree(*, plan: int, by: Actor, on: dt.date, why: str = "") -> PlanView:
    """Another officer agrees: every instalment gets a bill with its code. Refused: same_person, wrong_state."""
    with transaction.atomic():
        row = _decided(plan, PlanState.AGREED, by, on)
        parts = list(row.instalments.order_by("number"))
        asking = [payments.Asking(employer=row.employer_id, kind=BillKind.INSTALMENT, amount=part.amount,
                                  expires_on=far(on)) for part in parts]  # fmt: skip
        bills = [id_ for id_ in payments.issue(asking=asking, by=by.user, on=on) if id_]
        plans.write(plan=plan, bills=bills)
        _note(by, "agree", row, why)
    return _view(plan, on)


def reject(*, plan: int, by: Actor, on: dt.date, why: str) -> PlanView:
    """Another officer does not agree. Refused: same_person, wrong_state."""
    with transaction.atomic():
        _note(by, "reject", _decided(plan, PlanState.REJECTED, by, on), why)
    return _view(plan, on)


def view(*, plan: int, by: Actor, on: dt.date) -> PlanView:
    """How a plan stands on a day; for officers. Raises Refused (not_found)."""
    by.require("employers", "inspect", "books")
    return _view(plan, on)


def _close(employer: int, on: dt.date) -> None:
    """A running plan that is over by now is noted as kept or broken, so that another can be proposed. The codes of a
    broken one stay good: their money is never refused, and settles the oldest month first as before."""
    for old in plans.of_employer(employer=employer, on=on):
        if old.stored == PlanState.AGREED and old.state in MOVES[PlanState.AGREED]:
            Plan.objects.filter(id=old.id, state=PlanState.AGREED).update(state=old.state)


def withdraw_codes(*, plan: int, by: Actor, on: dt.date, why: str) -> int:
    """Withdraw the open codes of a plan that is broken; how many. Money that comes for them all the same is used."""
    by.require("refund")
    with transaction.atomic():
        found = _view(plan, on)
        if found.state != PlanState.BROKEN:
            raise _refused("wrong_state", "Rencana ini masih berjalan.", "This plan is still running.", status=409)
        open_ = [part.bill for part in found.instalments if part.bill and not part.paid]
        gone = Bill.objects.filter(id__in=open_, state=BillState.OPEN).update(state=BillState.CANCELLED)
        audit.record(by=by, action="plan.withdraw_codes", subjects=[f"plan:{plan}"], why=why, detail={"bills": gone})
    return gone


def _checked(
    owed: int, amount: int | None, count: int, first_due: dt.date, why: str, by: Actor, on: dt.date
) -> None:  # fmt: skip
    if by.user is None:
        raise _refused("two_people", "Rencana angsuran perlu dua petugas.", "A plan takes two officers.", status=403)
    if not why.strip():
        raise _refused("no_reason", "Alasannya belum ada.", "The reason is missing.", field="why")
    if owed <= 0:
        raise _refused("nothing_owed", "Tidak ada tunggakan.", "Nothing is owed.", status=409)
    if not 2 <= count <= plans.MOST_INSTALMENTS or first_due < on or not count <= (amount or owed) <= owed:
        raise _refused(
            "bad_plan",
            f"Angsuran 2 sampai {plans.MOST_INSTALMENTS} kali, mulai hari ini atau sesudahnya, paling banyak sebesar "
            "tunggakan.",
            f"2 to {plans.MOST_INSTALMENTS} instalments, from today on, for at most what is owed.",
        )


def _refused(code: str, id_: str, en: str, *, status: int = 422, field: str = "") -> Refused:
    then = Text("Periksa lalu coba lagi.", "Check it and try again.")
    return Refused(code, Text(id_, en), then=then, status=status, field=field)


def _decided(plan: int, state: str, by: Actor, on: dt.date) -> Plan:
    by.require("refund")
    row = Plan.objects.select_for_update().filter(id=plan).first()
    if row is None:
        raise not_found(Text("Rencana angsuran tidak ditemukan.", "There is no such plan."))
    if by.user is None or by.user == row.proposed_by_id:
        raise _refused("same_person", "Pengusul tidak boleh memutuskan sendiri.", "Who proposed it may not decide it.",
                       status=403)  # fmt: skip
    if state not in MOVES[row.state]:
        raise _refused("wrong_state", "Rencana ini sudah diputuskan.", "This plan was decided.", status=409)
    row.state, row.decided_by_id, row.decided_on = state, by.user, on
    row.save(update_fields=["state", "decided_by", "decided_on"])
    return row


def _note(by: Actor, what: str, row: Plan, why: str) -> None:
    audit.record(by=by, action=f"plan.{what}", subjects=[f"employer:{row.employer_id}", f"plan:{row.id}"], why=why,
                 detail={"amount": row.amount})  # fmt: skip


def _view(plan: int, on: dt.date) -> PlanView:
    found = plans.plan(id=plan, on=on)
    if found is None:
        raise not_found(Text("Rencana angsuran tidak ditemukan.", "There is no such plan."))
    return found


def of_employer(*, employer: int, by: Actor, on: dt.date) -> Sequence[PlanView]:
    """An employer's plans, newest first. Officers, inspectors and auditors."""
    by.require("employers", "inspect", "books")
    return plans.of_employer(employer=employer, on=on)
