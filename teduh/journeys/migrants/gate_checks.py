"""What the departure gate looks at, one check after the other, with the words for each. Facts in, checks out; it reads
no table and decides by the law alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from teduh.core import dates
from teduh.core.text import Text
from teduh.law import placements as law
from teduh.law import rulebook
from teduh.law.months import months_after

UU = "UU 18/2017 Pasal 5"
PARTICIPANT = "Permenaker 4/2023 Pasal 1 angka 7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: fine, not fine, or not known (None); in words, with its articles and what to do about it."""

    code: str
    ok: bool | None
    text: Text
    articles: tuple[str, ...]
    next: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A placement as the gate sees it on the day of departure. `passport_matches` None: no passport was named."""

    life: law.Life
    fees: tuple[law.Fee, ...]
    state: str
    birth_date: dt.date
    passport_until: dt.date | None
    passport_matches: bool | None
    departs_on: dt.date
    on: dt.date


REGISTERED = Text("Terdaftar sebagai pekerja migran.", "Registered as a migrant worker.")
CLOSED = {
    "failed": Text("Penempatan ini tercatat gagal berangkat.", "This placement is on record as not departed."),
    "home": Text("Penempatan ini sudah selesai.", "This placement is over."),
    "ended": Text("Perjanjian kerja penempatan ini sudah berakhir.", "The agreement of this placement has ended."),
    "returning": Text("Sedang dalam perjalanan pulang.", "On the way home."),
    "cancelled": Text("Penempatan ini dibatalkan.", "This placement was cancelled."),
    "died": Text("Tercatat meninggal dunia.", "On record as deceased."),
}
REGISTER = Text(
    "Daftarkan penempatannya di /migran/ atau lewat P3MI, lalu bayar iurannya.",
    "Register the placement at /migran/ or through the agency, then pay its fee.",
)
OTHER_NUMBER = Check(
    code="identity", ok=None, articles=(PARTICIPANT,),
    text=Text("Nomor penempatan tidak cocok dengan NIK-nya.", "The placement's number does not fit the NIK."),
    next=Text("Periksa nomor pada kartu atau tagihannya.", "Check the number on the card or the bill."),
)  # fmt: skip


def checks(*, facts: Facts) -> tuple[Check, ...]:
    """UU 18/2017 Pasal 5 and 13, Permenaker 4/2023 Pasal 15 to 18: everything the gate asks, in order."""
    found = [_registered(facts), _age(facts), _passport(facts), _agreement(facts)]
    if facts.life.route == "implementer" and not facts.life.abroad and facts.life.departed_on is None:
        found.append(_wait(facts))
    return (*found, _covered(facts))


def leaving(*, facts: Facts) -> tuple[law.Stretch, ...]:
    """The cover that holds on the day of departure, if he leaves then; who left before (a leave) is as he is."""
    life = facts.life
    if life.departed_on is None and not life.abroad:
        life = life._replace(departed_on=facts.departs_on)
    found = law.cover(life=life, fees=facts.fees)
    return tuple(one for one in found if one.phase == "during" and one.starts <= facts.departs_on <= one.until)


def _registered(facts: Facts) -> Check:
    closed = CLOSED.get(facts.state)
    return Check(code="registered", ok=closed is None, text=closed or REGISTERED, articles=(UU, PARTICIPANT),
                 next=REGISTER if closed else None)  # fmt: skip


def _age(facts: Facts) -> Check:
    rule = rulebook.in_force("pmi_age", facts.departs_on)
    of_age = months_after(facts.birth_date, 12 * rule.value)
    if facts.departs_on >= of_age:
        text = Text(f"Berusia {rule.value} tahun atau lebih.", f"{rule.value} years old or more.")
        return Check(code="age", ok=True, text=text, articles=(rule.citation,))
    day = dates.day(of_age)
    return Check(
        code="age", ok=False, articles=(rule.citation,),
        text=Text(f"Belum {rule.value} tahun pada hari berangkat.", f"Not {rule.value} years old on that day."),
        next=Text(f"Paling cepat berangkat {day.id}.", f"May leave from {day.en} at the earliest."),
    )  # fmt: skip


def _passport(facts: Facts) -> Check:
    articles = (UU, "UU 18/2017 Pasal 13")
    if facts.passport_until and facts.passport_until < facts.departs_on:
        day = dates.day(facts.passport_until)
        return Check(
            code="passport", ok=False, articles=articles, text=Text(
                f"Paspor yang tercatat habis {day.id}.", f"The passport on record expired on {day.en}."),
            next=Text("Catat paspor yang baru.", "Record the new passport."),
        )  # fmt: skip
    if facts.passport_matches is False:
        return Check(
            code="passport", ok=None, articles=articles, text=Text(
                "Nomor paspor ini tidak tercatat pada penempatannya.", "This passport is not the one on record."),
            next=Text("Periksa orangnya; bila paspornya baru, minta P3MI atau petugas mencatatnya.",
                      "Check who it is; if the passport is new, have the agency or an officer record it."),
        )  # fmt: skip
    if facts.passport_until is None:
        return Check(
            code="passport", ok=None, articles=articles, text=Text(
                "Masa berlaku paspor belum tercatat.", "How long the passport is valid is not on record."),
            next=Text("Lihat paspornya dan catat masa berlakunya.", "Look at the passport and record its last day."),
        )  # fmt: skip
    day = dates.day(facts.passport_until)
    text = Text(f"Paspor berlaku sampai {day.id}.", f"Passport valid until {day.en}.")
    return Check(code="passport", ok=True, text=text, articles=articles)


def _agreement(facts: Facts) -> Check:
    articles = (UU, "UU 18/2017 Pasal 13", "UU 18/2017 Pasal 15")
    last = max((one.last for one in facts.life.agreements), default=None)
    if last is not None and last >= facts.departs_on:
        day = dates.day(last)
        text = Text(f"Perjanjian kerja sampai {day.id}.", f"Work agreement until {day.en}.")
        return Check(code="agreement", ok=True, text=text, articles=articles)
    text = Text("Belum ada perjanjian kerja yang tercatat.", "No work agreement is on record.")
    if last is not None:
        day = dates.day(last)
        text = Text(f"Perjanjian kerja yang tercatat berakhir {day.id}.", f"The agreement on record ended on {day.en}.")
    return Check(code="agreement", ok=False, text=text, articles=articles,
                 next=Text("Catat perjanjian kerja yang berlaku.", "Record the agreement in force."))  # fmt: skip


def _wait(facts: Facts) -> Check:
    """The first fee and the wait it covers. A wait that ran out is said; it does not hold up whoever paid the rest."""
    articles = ("Permenaker 4/2023 Pasal 15", "Permenaker 4/2023 Pasal 18(1)a")
    before = [one for one in law.cover(life=facts.life, fees=facts.fees) if one.phase == "before"]
    if not before:
        return Check(
            code="before_paid", ok=False, articles=articles,
            text=Text("Iuran sebelum bekerja belum dibayar.", "The fee for the time before departure is not paid."),
            next=Text("Bayar iurannya dengan kode bayar penempatan ini.", "Pay it with this placement's code."),
        )  # fmt: skip
    until = max(one.until for one in before)
    day = dates.day(until)
    if until >= facts.departs_on:
        text = Text(f"Dilindungi sebelum berangkat sampai {day.id}.", f"Covered before departure until {day.en}.")
        return Check(code="before_paid", ok=True, text=text, articles=articles)
    return Check(
        code="before_paid", ok=None, articles=articles, text=Text(
            f"Perlindungan sebelum berangkat habis {day.id}; sejak berangkat iuran selama bekerja yang menjamin.",
            f"The cover before departure ran out on {day.en}; from departure on the fee for the time of work covers."),
    )  # fmt: skip


def _covered(facts: Facts) -> Check:
    """The fee for the time of work, so that cover begins with embarkation; that day counts (Pasal 16(1))."""
    articles = ("Permenaker 4/2023 Pasal 16(1)", "Permenaker 4/2023 Pasal 18(1)b")
    given = leaving(facts=facts)
    if {one.programme for one in given} >= {"JKK", "JKM"}:
        day = dates.day(min(one.paid_until for one in given))
        text = Text(f"Iuran selama bekerja lunas: JKK dan JKM sejak berangkat sampai {day.id}.",
                    f"The fee for the time of work is paid: JKK and JKM from departure until {day.en}.")  # fmt: skip
        return Check(code="during_paid", ok=True, text=text, articles=articles)
    return Check(
        code="during_paid", ok=False, articles=articles,
        text=Text("Iuran selama bekerja belum dibayar: sejak berangkat tidak terlindungi.",
                  "The fee for the time of work is not paid: without cover from departure on."),
        next=Text("Bayar iuran selama bekerja sebelum naik: jawaban ini berubah begitu bank memberi tahu.",
                  "Pay the fee for the time of work before boarding: this answer changes once the bank tells us."),
    )  # fmt: skip


def articles(*, found: Iterable[Check]) -> tuple[str, ...]:
    """Every article the checks rest on, each once."""
    return tuple(dict.fromkeys(name for one in found for name in one.articles))
