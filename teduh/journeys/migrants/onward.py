"""Home again: the way on into cover of one's own, or of a new employer, offered before the last day of this one.

Work injury (JKK) ends at home, death (JKM) thirty days after arrival. Paid by the day after, cover of one's own follows
without a gap; later, the days between are said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core import dates
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import placements as coverage
from teduh.journeys.employers import going_on
from teduh.journeys.employers.going_on import Gap, Work
from teduh.journeys.joining import join
from teduh.journeys.money.bill_view import BillView
from teduh.law import placements as law
from teduh.migrants import queries
from teduh.migrants.models import State
from teduh.registry import facts
from teduh.registry import queries as registry
from teduh.registry.models import Person
from teduh.security.access import Actor

A_DAY = dt.timedelta(days=1)
#: Once one of these is so, the way on at home is open.
OVER = (State.ENDED, State.RETURNING, State.HOME, State.FAILED, State.CANCELLED)

OWN_NAME = Text("Mandiri (BPU)", "Self-employed (BPU)")
OWN = Text(
    "Isi pekerjaan dan penghasilan, lalu bayar paling lambat {day}: tidak ada hari tanpa perlindungan.",
    "Say what you do and earn, then pay by {day}: no day goes without cover.",
)
OWN_NOW = Text(
    "Isi pekerjaan dan penghasilan, lalu bayar: perlindungan mulai pada hari pembayaran.",
    "Say what you do and earn, then pay: cover starts on the day of payment.",
)
WAGE_NAME = Text("Bekerja pada pemberi kerja (PU)", "Working for an employer (PU)")
WAGE = Text(
    "Beri pemberi kerja NIK Anda dan nomor peserta {number}. Ia wajib mendaftarkan Anda; perlindungan mulai setelah "
    "iuran pertamanya dibayar. Tabungan JHT Anda ikut dengan nomor yang sama.",
    "Give your employer your NIK and the member number {number}. He must register you; cover starts with his first "
    "payment. Your JHT savings stay under the same number.",
)
SINCE = Text("Tidak terlindungi JKK sejak {day}.", "Without JKK cover since {day}.")
UNTIL_FIRST = Text(
    "Antara {day} dan iuran pertama pemberi kerja tidak ada JKK; jembatani sebagai mandiri bila perlu.",
    "Between {day} and the employer's first payment there is no JKK; bridge it as self-employed if need be.",
)
IN_TIME = Text(
    "Bayar paling lambat {day}, maka perlindungan tidak terputus sehari pun.",
    "Pay by {day}, and no day goes without cover.",
)
LATE = Text(
    "Tidak terlindungi JKK sejak {day} sampai iuran pertama dibayar; setiap hari menunda menambahnya.",
    "Without JKK cover from {day} until the first contribution is paid; each day of waiting adds to it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A way on at home. `starts`: the first day that this cover should hold, or today if that is past."""

    kind: str  # self_employed, wage
    name: Text
    starts: dt.date
    gap: Text | None
    how: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Enrolled as self-employed, and the bill to pay by `pay_by`; `bill` is None where those months are paid."""

    joined: join.Joined
    bill: BillView | None
    pay_by: dt.date
    gap: Gap | None
    notes: tuple[Text, ...]


def offers(*, placement: int, by: Actor, on: dt.date, why: str = "") -> tuple[Offer, ...]:
    """The ways on at home, once the work abroad is over or its last month runs; none before."""
    view = queries.placement(by=by, placement=placement, on=on, why=why)
    life, fees = coverage.lives(placements=[placement])[placement]
    last = _last_day(life, fees)
    returning = any(one.paid_until < on <= one.until for one in law.cover(life=life, fees=fees))
    if view.state not in OVER and not returning:
        return ()
    first = last + A_DAY if last else on
    late = first < on
    number = Person.objects.get(id=registry.same_person(person=view.person)[0]).member_number
    own = OWN_NOW if late or last is None else _filled(OWN, first)
    since = _filled(SINCE, first) if late and last else None
    until = _filled(UNTIL_FIRST, first) if last and not late else since
    starts = max(first, on)
    return (
        Offer(kind="self_employed", name=OWN_NAME, starts=starts, gap=since, how=own),
        Offer(kind="wage", name=WAGE_NAME, starts=starts, gap=until, how=WAGE.with_(number=number)),
    )


def take_self_employed(
    *, placement: int, by: Actor, on: dt.date, at: dt.datetime, occupation: str, income: int,
    programmes: tuple[str, ...] = ("JKK", "JKM"), months: int = 1, second_occupation: str | None = None,
    evidence: tuple[facts.EvidenceGiven, ...] = (), heirs: tuple[facts.HeirNamed, ...] = (),
    consent: tuple[str, ...] = ("membership", "identity"), channel: str = "self", key: str | None = None, why: str = "",
) -> Taken:  # fmt: skip
    """Enrol somebody who came home, or never left, as self-employed, and bill his first months, in one step.

    By himself, or by who may enrol. Sent twice, it is done once. PP 44/2015 Pasal 11, 20; PP 46/2015 Pasal 13.
    """
    view = queries.placement(by=by, placement=placement, on=on, why=why)
    if view.state not in OVER:
        raise _still_abroad()
    records = registry.same_person(person=view.person)
    if not records or not registry.is_visible(actor=by, person=view.person):
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    work = Work(income=income, occupation=occupation, second_occupation=second_occupation, programmes=programmes,
                evidence=evidence, heirs=heirs, consent=consent)  # fmt: skip
    who = going_on.newcomer(person=records[0], work=work, works_elsewhere=False)
    join.require_eligible(newcomer=who, by=by, on=on)
    last = _last_day(*coverage.lives(placements=[placement])[placement])
    with transaction.atomic():
        joined = join.join(newcomer=who, by=by, on=on, channel=channel, at=at)
        bill = going_on.first_bill(
            person=joined.person,
            left_on=last or on - A_DAY,
            months=months,
            programmes=programmes,
            by=by,
            on=on,
            key=key,
        )
    gap = _gap(last, on) if bill else None
    pay_by = max(last + A_DAY, on) if last else on
    in_time = (_filled(IN_TIME, pay_by),) if bill and last else ()
    return Taken(joined=joined, bill=bill, pay_by=pay_by, gap=gap, notes=(gap.text,) if gap else in_time)


def _last_day(life: law.Life, fees: tuple[law.Fee, ...]) -> dt.date | None:
    """The last day with JKK, or with anything where there never was JKK."""
    found = law.cover(life=life, fees=fees)
    return max((one.until for one in found if one.programme == "JKK"), default=None) or max(
        (one.until for one in found), default=None
    )


def _gap(last: dt.date | None, on: dt.date) -> Gap | None:
    """The days without JKK up to yesterday, if the first contribution were paid today."""
    if last is None or last >= on - A_DAY:
        return None
    return Gap(last + A_DAY, on - A_DAY, _filled(LATE, last + A_DAY))


def _filled(text: Text, day: dt.date) -> Text:
    said = dates.day(day)
    return Text(text.id.format(day=said.id), text.en.format(day=said.en))


def _still_abroad() -> Refused:
    return Refused(
        "still_abroad",
        Text("Penempatan ini masih berjalan.", "This placement is still under way."),
        why=Text("Selama bekerja di luar negeri, perlindungannya dari penempatan.",
                 "While working abroad, cover comes from the placement."),
        then=Text("Beri tahu dahulu tanggal kepulangan atau akhir perjanjiannya.",
                  "First tell the day of the return, or of the agreement's end."),
        status=409,
    )  # fmt: skip
