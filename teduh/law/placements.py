"""A placement abroad, drawn out in days: which programme covers before, during and after the work, and where gaps are.

Dates in, stretches out; knows no persons. `migrant_periods` holds the lengths of the phases with their articles; here
they meet what really happened: what was paid and when, agreements, departure, and the return. All days are inclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from teduh.law import migrant_periods
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.months import months_after

A_DAY = dt.timedelta(days=1)

RETURN_MONTH = Note(
    "pmi_return_month",
    "Bulan sesudah masa yang dibayar adalah waktu untuk menyiapkan kepulangan; bila perjanjian ternyata diperpanjang, "
    "naskah tidak menyebut apakah bulan ini tetap menjamin pekerjaan: bayar perpanjangan sebelum masa itu berakhir.",
    "The month after the paid time is for preparing the return; where the agreement goes on, no text says whether this "
    "month still covers the work: pay the extension before the paid time ends.",
    ("Permenaker 4/2023 Pasal 16(1)", "Permenaker 4/2023 Pasal 20"),
    "unconfirmed",
)
MOVED = Note(
    "pmi_moved",
    "Naskah yang dibaca tidak mengatur pindah pemberi kerja; masa yang sudah dibayar di sini tetap menjamin selama ada "
    "perjanjian kerja.",
    "The texts read do not speak of another employer; here the paid time goes on covering while there is an agreement.",
    ("Permenaker 4/2023 Pasal 16(1)",),
    "unconfirmed",
)
ABROAD = Note(
    "pmi_abroad",
    "Pekerja yang mendaftar dari luar negeri dijamin sejak hari pembayaran; naskah tidak menyebut iuran untuk "
    "perjanjian yang sudah berjalan: di sini dihitung bulan yang masih tersisa.",
    "Whoever joins from abroad is covered from the day of payment; no text names the fee of an agreement that is under "
    "way: here the months that are left are counted.",
    ("Permenaker 4/2023 Pasal 1 angka 7", "Permenaker 4/2023 Pasal 6-8"),
    "unconfirmed",
)
LATE_RETURN = Note(
    "pmi_late_return",
    "Kepulangan sesudah perlindungan selama bekerja berakhir: naskah tidak menyebut jaminan setelah bekerja, jadi di "
    "sini tidak diberikan.",
    "A return after the cover abroad had ended: no text grants cover after work then, so none is given here.",
    ("Permenaker 4/2023 Pasal 17",),
    "unconfirmed",
)
SAME_DAY = Note(
    "pmi_contract_months",
    "Perjanjian sampai hari yang sama tanggalnya dihitung bulan penuh (15 Januari sampai 15 Januari: 12 bulan); bulan "
    "yang baru berjalan dihitung penuh.",
    "An agreement up to the same day of a month counts whole months (15 January to 15 January: 12); a month begun "
    "counts whole.",
    ("keputusan/decision: begun months",),
    "unconfirmed",
)


class Agreement(NamedTuple):
    """A work agreement: its first and last day; `ended` is the day on which it really ended, if it was earlier."""

    starts: dt.date
    ends: dt.date
    ended: dt.date | None = None

    @property
    def last(self) -> dt.date:
        return min(self.ends, self.ended) if self.ended else self.ends


class Fee(NamedTuple):
    """A fee that was paid: for the time `before` departure, `during` work, or an `extension`; `until` is the last day
    of the agreement it was reckoned for (None for `before`)."""

    stage: str
    paid_on: dt.date
    until: dt.date | None = None


class Life(NamedTuple):
    """What happened on a placement: `abroad` is somebody who joined when already there. None: not (yet) so."""

    route: str
    registered_on: dt.date
    agreements: tuple[Agreement, ...]
    abroad: bool = False
    departed_on: dt.date | None = None
    failed_on: dt.date | None = None
    debarked_on: dt.date | None = None
    home_on: dt.date | None = None
    died_on: dt.date | None = None


class Stretch(NamedTuple):
    """Cover of one programme in one phase. Up to `paid_until` it is certain; from then to `until` it is the month to
    prepare the return."""

    phase: str  # before, during, after
    programme: str
    starts: dt.date
    paid_until: dt.date
    until: dt.date
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


class _Run(NamedTuple):
    """Days abroad that fees pay for."""

    starts: dt.date
    paid_until: dt.date
    until: dt.date


def months_of(starts: dt.date, ends: dt.date) -> int:
    """How many months an agreement lasts: whole months, one begun counts (`SAME_DAY`)."""
    months = max(1, (ends.year - starts.year) * 12 + ends.month - starts.month)
    while months_after(starts, months) < ends:
        months += 1
    while months > 1 and months_after(starts, months - 1) >= ends:
        months -= 1
    return months


def cover(*, life: Life, fees: Iterable[Fee]) -> tuple[Stretch, ...]:
    """Every stretch of cover of this placement, by phase and programme, as far as it is paid. None overlap.

    Permenaker 4/2023 Pasal 15 to 17, 20: a participant is somebody registered who has paid (Pasal 1 angka 7), so that
    nothing starts before the day of payment.
    """
    paid = sorted(fees, key=lambda fee: fee.paid_on)
    runs = _runs(life, [fee for fee in paid if fee.stage != "before"])
    found = [*_before(life, paid, runs), *_during(life, runs), *_after(life, runs)]
    return tuple(one for one in (_until_death(one, life.died_on) for one in found) if one)


def _before(life: Life, fees: Sequence[Fee], runs: Sequence[_Run]) -> Iterable[Stretch]:
    """From registration and payment to embarkation, 5 months or 1 at most; an individual's one sum is paid by then."""
    wanted = "before" if life.route == "implementer" else "during"
    first = next((fee for fee in fees if fee.stage == wanted), None)
    if first is None or life.abroad:
        return
    starts = max(life.registered_on, first.paid_on)
    try:
        period = migrant_periods.before(route=life.route, paid_on=starts)
    except RulebookError:
        return  # a day for which no text is held
    stop = [day for day in (life.failed_on, period.until) if day]
    if life.departed_on:
        stop.append(life.departed_on - A_DAY if any(r.starts == life.departed_on for r in runs) else life.departed_on)
    if (until := min(stop)) >= starts:
        for programme in period.programmes:
            yield Stretch("before", programme, starts, until, until, period.articles, period.notes)


def _runs(life: Life, fees: Sequence[Fee]) -> list[_Run]:
    """What the fees pay for, as far as there is an agreement: a fee paid while cover lasts continues it, a later one
    begins it anew. In whatever order they are told, they are the same days."""
    began = life.registered_on if life.abroad else life.departed_on
    if began is None or life.failed_on:
        return []
    found: list[_Run] = []
    for fee in fees:
        for first, last, back in _working(life.agreements, began) if fee.until else ():
            paid_until = min(last, fee.until or last)
            run = _Run(max(began, fee.paid_on, first), paid_until, min(back, _month_more(paid_until)))
            if first <= paid_until and run.starts <= run.until:
                found.append(run)
    runs: list[_Run] = []
    for run in sorted(found):
        if runs and run.starts <= runs[-1].until + A_DAY:
            before = runs.pop()
            run = _Run(before.starts, max(before.paid_until, run.paid_until), max(before.until, run.until))
        runs.append(run)
    return runs


def _working(agreements: Sequence[Agreement], began: dt.date) -> list[tuple[dt.date, dt.date, dt.date]]:
    """When there is an agreement: first day, last day, and the month to return after it; what touches is one.

    The first agreement that was not over by then is reckoned from the day on which the stay abroad began.
    """
    found: list[tuple[dt.date, dt.date, dt.date]] = []
    in_order = _in_order(agreements)
    current = next((one for one in in_order if one.last >= began), None)
    for one in in_order:
        first = min(one.starts, began) if one is current else one.starts
        if found and first <= found[-1][2] + A_DAY:
            last = max(found[-1][1], one.last)
            found[-1] = (found[-1][0], last, _month_more(last))
        elif first <= one.last:
            found.append((first, one.last, _month_more(one.last)))
    return found


def _in_order(agreements: Iterable[Agreement]) -> list[Agreement]:
    return sorted(agreements, key=lambda one: (one.starts, one.last, one.ends))


def _last(life: Life) -> dt.date:
    return max((one.last for one in life.agreements), default=dt.date.max - dt.timedelta(days=60))


def _debarked(life: Life) -> dt.date | None:
    """Whoever is home has arrived, at the latest on that day."""
    return life.debarked_on or life.home_on


def _month_more(day: dt.date) -> dt.date:
    """A month more to prepare the return, as far as a text for that day is held."""
    try:
        return migrant_periods.during(contract_end=day).until or day
    except RulebookError:
        return day


def _during(life: Life, runs: Sequence[_Run]) -> Iterable[Stretch]:
    notes = [RETURN_MONTH]
    notes += [MOVED] if any(one.ended and one.ended < one.ends for one in _in_order(life.agreements)[:-1]) else []
    notes += [ABROAD] if life.abroad else []
    home = _debarked(life)
    for run in runs:
        until = min(run.until, home - A_DAY) if home else run.until
        if until < run.starts:
            continue
        for programme in ("JKK", "JKM"):
            yield Stretch("during", programme, run.starts, min(run.paid_until, until), until,
                          migrant_periods.ARTICLES["during"], tuple(notes))  # fmt: skip


def _after(life: Life, runs: Sequence[_Run]) -> Iterable[Stretch]:
    """From debarkation: JKK to the home area, JKM for its 30 days; only for a return while cover abroad lasts."""
    day = _debarked(life)
    if day is None or not any(run.starts <= day <= run.until for run in runs):
        return
    try:
        period = migrant_periods.after(debarkation=day)
    except RulebookError:
        return
    for programme in period.programmes:
        until = period.until or day
        if programme == "JKK" and life.home_on:
            until = max(day, min(until, life.home_on))
        yield Stretch("after", programme, day, until, until, period.articles, period.notes)


def _until_death(one: Stretch, died_on: dt.date | None) -> Stretch | None:
    if died_on is None or one.until <= died_on:
        return one
    if one.starts > died_on:
        return None
    return one._replace(until=died_on, paid_until=min(one.paid_until, died_on))


class Gap(NamedTuple):
    """Days without cover of a mandatory programme (JKK): why, and what can still be done."""

    starts: dt.date
    until: dt.date | None  # None: goes on
    code: str
    what: Message
    next: Message


GAPS = {
    "before_over": (
        Message("Perlindungan sebelum bekerja habis sebelum berangkat.", "Cover before departure ran out."),
        Message("Naskah tidak mengatur perpanjangannya; lunasi iuran selama bekerja, yang menjamin sejak berangkat.",
                "No text extends it; pay the fee for the time of work, which covers from departure on."),
    ),
    "unpaid_abroad": (
        Message("Belum ada iuran selama bekerja yang dibayar.", "No fee for the time of work has been paid."),
        Message("Bayar sekarang: perlindungan mulai pada hari pembayaran. Hari yang lewat tidak dapat dibeli.",
                "Pay now: cover starts on the day of payment. Days that have passed cannot be bought."),
    ),
    "extension_unpaid": (
        Message("Iuran perpanjangan belum dibayar ketika perlindungan berakhir.",
                "The extension had not been paid when cover ended."),
        Message("Bayar perpanjangan: perlindungan mulai lagi pada hari pembayaran. Hari yang lewat tidak dapat dibeli.",
                "Pay the extension: cover starts again on the day of payment. Days that have passed cannot be bought."),
    ),
}  # fmt: skip
EXTENSION = GAPS["extension_unpaid"]


def gaps(*, life: Life, fees: Iterable[Fee], on: dt.date) -> tuple[Gap, ...]:
    """Where a working day or the wait for departure is not covered by JKK (JKM for an individual's wait), up to `on`.

    The last gap may still be open (`until` None). Nothing is hidden: what cannot be healed any more is named too.
    """
    stretches = cover(life=life, fees=fees)
    found: list[Gap] = []
    first = min((s.starts for s in stretches if s.phase == "before"), default=None)
    stop = min((day for day in (life.departed_on, life.failed_on) if day), default=on + A_DAY)
    if first and not life.abroad:
        found += _holes("before_over", first, min(stop - A_DAY, on), [s for s in stretches if s.phase == "before"])
    began = life.registered_on if life.abroad else life.departed_on
    if began and not life.failed_on:
        home = min((day for day in (_debarked(life), life.died_on) if day), default=None)
        last = min([on, *([home - A_DAY] if home else []), *([_last(life)] if life.agreements else [])])
        covered = [s for s in stretches if s.programme == "JKK"]
        begun = min((s.starts for s in covered if s.phase == "during"), default=dt.date.max)
        found += [gap if gap.starts < begun else gap._replace(code="extension_unpaid", what=EXTENSION[0],
                  next=EXTENSION[1]) for gap in _holes("unpaid_abroad", began, last, covered)]  # fmt: skip
    return tuple(gap._replace(until=None) if gap.until == on else gap for gap in found)


def _holes(code: str, first: dt.date, last: dt.date, covered: Sequence[Stretch]) -> Iterable[Gap]:
    day = first
    for one in sorted({(s.starts, s.until) for s in covered}):
        if one[0] > day and day <= last:
            yield Gap(day, min(one[0] - A_DAY, last), code, *GAPS[code])
        day = max(day, one[1] + A_DAY)
    if day <= last:
        yield Gap(day, last, code, *GAPS[code])
