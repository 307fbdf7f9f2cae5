"""An employer's money as its page shows it: penalties, credits, instalments, and the payments that came in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.contributions.models import Credit, Penalty, Plan
from teduh.core import sql
from teduh.core.text import Text
from teduh.law.months import Month

SHOWN = 60

RECEIPTS = """
SELECT r.paid_at, r.bank, r.bank_reference, r.amount, b.number, r.state FROM payments_receipt r
JOIN payments_bill b ON b.id = r.bill_id WHERE {where} ORDER BY r.paid_at DESC, r.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRow:
    """A penalty: of which month's lateness, how it was reckoned, and what became of it."""

    programme: str
    month: Month
    contribution: int
    months_late: int
    amount: int
    articles: tuple[str, ...]
    state: Text
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """What was paid or billed too much; `left` of it nets the next bills."""

    on: dt.date
    amount: int
    left: int
    articles: tuple[str, ...]
    bill: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An instalment of a plan, with the bill that pays it."""

    number: int
    due_on: dt.date
    amount: int
    bill: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """Arrears in instalments."""

    amount: int
    state: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """Money that came in for a bill."""

    paid_at: dt.datetime
    bank: str
    reference: str
    amount: int
    bill: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """All of it; `credit` is what is left to be netted."""

    penalties: tuple[PenaltyRow, ...]
    credits: tuple[CreditRow, ...]
    plan: PlanRow | None
    receipts: tuple[ReceiptRow, ...]
    credit: int


def money(*, employer: int) -> Money:
    """Penalties, credits, the plan and payments of an employer, newest first."""
    credits = tuple(
        CreditRow(on=one.on, amount=one.amount, left=one.amount - one.spent if not one.used_on_id else 0,
                  articles=tuple(one.articles), bill=one.used_on.number if one.used_on else None)
        for one in Credit.objects.filter(employer=employer, cancelled_on=None)
        .select_related("used_on").order_by("-on", "-id")[:SHOWN]
    )  # fmt: skip
    return Money(
        penalties=_penalties(employer),
        credits=credits,
        plan=_plan(employer),
        credit=sum(one.left for one in credits),
        receipts=_receipts("b.employer_id = %(employer)s", employer=employer),
    )


def _penalties(employer: int) -> tuple[PenaltyRow, ...]:
    rows = Penalty.objects.filter(late_bill__employer=employer).order_by("-on", "-id")[:SHOWN]
    return tuple(
        PenaltyRow(programme=one.programme, month=one.month, contribution=one.contribution,
                   months_late=one.months_late, amount=one.amount, articles=tuple(one.articles), state=state, tone=tone)
        for one in rows for state, tone in (_state(one),)
    )  # fmt: skip


def _state(one: Penalty) -> tuple[Text, str]:
    if one.cancelled_on:
        return Text("Dihapus", "Cancelled"), ""
    if one.settled_on:
        return Text("Dibayar", "Paid"), "good"
    if one.charged_on_id:
        return Text("Ditagih", "Billed"), "careful"
    return Text("Ditagih dengan laporan berikutnya", "Comes with the next bill"), "careful"


def _plan(employer: int) -> PlanRow | None:
    plan = Plan.objects.filter(employer=employer).exclude(state="rejected").order_by("-id").first()
    if plan is None:
        return None
    parts = plan.instalments.select_related("bill").order_by("number")
    return PlanRow(amount=plan.amount, state=plan.state, parts=tuple(
        Part(number=one.number, due_on=one.due_on, amount=one.amount, bill=one.bill.number if one.bill else None)
        for one in parts
    ))  # fmt: skip


def _receipts(where: str, **params: object) -> tuple[ReceiptRow, ...]:
    names = ("paid_at", "bank", "reference", "amount", "bill", "state")
    found = sql.rows(RECEIPTS.format(where=where), {"limit": SHOWN, **params})
    return tuple(ReceiptRow(**dict(zip(names, row, strict=True))) for row in found)


def receipts_of(*, bill: int) -> tuple[ReceiptRow, ...]:
    """The payments that named this bill."""
    return _receipts("b.id = %(bill)s", bill=bill)
