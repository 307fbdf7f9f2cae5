"""Working on alone after an employment: enrolled as self-employed and billed in one step, so that no day is uncovered.

Cover of one's own starts on the day of the first contribution: paid at the latest on the day after the last day of
work, it follows without a gap; paid later, the days between are said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core import dates, sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.journeys.employers import leaving_refusals
from teduh.journeys.joining import join
from teduh.journeys.money import bills
from teduh.journeys.money.bill_view import BillView
from teduh.law.months import Month
from teduh.registry import facts, queries
from teduh.registry.models import Person
from teduh.security.access import Actor

#: The last end that was told or has happened, of all records of the person; and what he still works elsewhere.
LAST = """
SELECT max(coalesce(e.ended_on, l.ended_on)),
    EXISTS (SELECT FROM employers_employment o WHERE o.person_id = ANY(%(persons)s) AND o.ended_on IS NULL
        AND NOT EXISTS (SELECT FROM employers_leaving w
            WHERE w.employment_id = o.id AND w.state IN ('waiting', 'disputed')))
FROM employers_employment e LEFT JOIN employers_leaving l ON l.employment_id = e.id
    AND l.state IN ('waiting', 'disputed', 'accepted')
WHERE e.person_id = ANY(%(persons)s)
"""
IN_TIME = Text(
    "Bayar paling lambat {day}, maka perlindungan tidak terputus sehari pun.",
    "Pay by {day}, and no day goes without cover.",
)
LATE = Text(
    "Tidak terlindungi JKK dan JKM sejak {first} sampai iuran pertama dibayar; setiap hari menunda menambahnya.",
    "Without JKK and JKM cover from {first} until the first contribution is paid; each day of waiting adds to it.",
)


@dataclass(frozen=True)
class Work:
    """What he lives on from now on. Heirs and evidence named before stay if none are given here."""

    income: int
    occupation: str
    second_occupation: str | None = None
    programmes: tuple[str, ...] = ("JKK", "JKM")
    evidence: tuple[facts.EvidenceGiven, ...] = ()
    heirs: tuple[facts.HeirNamed, ...] = ()
    consent: tuple[str, ...] = ("membership", "identity")


@dataclass(frozen=True)
class Gap:
    """Days without cover: the first, and the last if the first contribution is paid today."""

    first: dt.date
    last: dt.date
    text: Text


@dataclass(frozen=True)
class Continued:
    """Enrolled, and the bill to pay. `pay_by`: the last day on which no day goes uncovered, or today if that is past.

    `bill` is None where the months are paid already.
    """

    joined: join.Joined
    bill: BillView | None
    left_on: dt.date
    pay_by: dt.date
    gap: Gap | None
    notes: tuple[Text, ...]


def continue_as_self_employed(
    *, person: int, work: Work, by: Actor, on: dt.date, at: dt.datetime, months: int = 1, channel: str = "self",
    key: str | None = None,
) -> Continued:  # fmt: skip
    """Enrol somebody who left an employment as self-employed, and bill his first months, in one step.

    By himself, or by who may enrol. Sent twice, it is done once. PP 44/2015 Pasal 11, 20; PP 46/2015 Pasal 13.
    """
    records = queries.same_person(person=person)
    if not records or not queries.is_visible(actor=by, person=person):
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    left_on, works_elsewhere = sql.rows(LAST, {"persons": list(records)})[0]
    if left_on is None:
        raise leaving_refusals.not_left()
    who = newcomer(person=records[0], work=work, works_elsewhere=works_elsewhere)
    join.require_eligible(newcomer=who, by=by, on=on)
    with transaction.atomic():
        joined = join.join(newcomer=who, by=by, on=on, channel=channel, at=at)
        bill = first_bill(
            person=joined.person, left_on=left_on, months=months, programmes=work.programmes, by=by, on=on, key=key
        )
    gap = _gap(joined.person, left_on, on) if bill and not works_elsewhere else None
    pay_by = max(left_on + dt.timedelta(days=1), on)
    day = dates.day(pay_by)
    in_time = (Text(IN_TIME.id.format(day=day.id), IN_TIME.en.format(day=day.en)),) if bill else ()
    return Continued(joined, bill, left_on, pay_by, gap, (gap.text,) if gap else in_time)


def newcomer(*, person: int, work: Work, works_elsewhere: bool) -> facts.Newcomer:
    """He is who he is on record; what he does now he says himself."""
    one = Person.objects.get(id=person)
    return facts.Newcomer(
        nik=one.nik, name=one.name, birth_date=one.birth_date, sex=one.sex, phone=one.phone, email=one.email,
        address=one.address, registered_at=one.registered_at_id, lives_in=one.lives_in_id, works_in=one.works_in_id,
        income=work.income, occupation=work.occupation, second_occupation=work.second_occupation,
        programmes=work.programmes, evidence=work.evidence, heirs=work.heirs, consent=work.consent,
        has_other_employer=works_elsewhere,
    )  # fmt: skip


def first_bill(
    *, person: int, left_on: dt.date, months: int, programmes: tuple[str, ...], by: Actor, on: dt.date,
    key: str | None,
) -> BillView | None:  # fmt: skip
    """From the month on in which his own cover can begin: that of the day after the last day of work, or this one."""
    first = Month.of(max(left_on + dt.timedelta(days=1), on))
    try:
        return bills.bill(people=[person], months=months, first=first, programmes=programmes, by=by, on=on, key=key)
    except Refused as refused:
        if refused.code == "nothing_owed":
            return None
        raise


def _gap(person: int, left_on: dt.date, on: dt.date) -> Gap | None:
    """The days from the end to yesterday that no other cover holds, if the first contribution were paid today."""
    first = left_on + dt.timedelta(days=1)
    paid = coverage.covers(persons=[person]).get(person)
    if paid is not None and paid[1] >= left_on:
        first = max(first, paid[1] + dt.timedelta(days=1))
    last = on - dt.timedelta(days=1)
    if first > last:
        return None
    day = dates.day(first)
    return Gap(first, last, Text(LATE.id.format(first=day.id), LATE.en.format(first=day.en)))
