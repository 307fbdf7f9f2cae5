"""What a stretch of cover is: payments in, spans out; shared by `protection`, `employed` and `standing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from teduh.law.messages import Note
from teduh.law.months import Month

FAQ = Note(
    "faq_three_months",
    "Tanya-jawab BPJS menyebut kepesertaan nonaktif setelah 3 bulan tidak dibayar; PP 44/2015 masih "
    "melindungi sampai "
    "3 bulan tunggakan, dan itulah yang dipakai.",
    "The agency's answers call a membership inactive after 3 unpaid months; PP 44/2015 still protects at "
    "up to 3 months "
    "of arrears, and that is used.",
    ("PP 44/2015 Pasal 39", "PP 44/2015 Pasal 42"),
    "official",
)
START = Note(
    "cover_starts",
    "Perlindungan mulai saat nomor kepesertaan dikeluarkan, paling lama 1 hari kerja setelah pendaftaran "
    "dan iuran "
    "pertama; dipakai hari iuran pertama dibayar.",
    "Cover starts when the number is issued, at the latest 1 working day after registration and first "
    "payment; the day "
    "of the first payment is used.",
    ("PP 44/2015 Pasal 11(4)", "PP 44/2015 Pasal 11(5)"),
    "gazette",
)
NO_ARREARS = Note(
    "arrears_not_charged",
    "Setelah nonaktif tunggakan lama tidak ditagih; perlindungan mulai lagi pada hari pembayaran.",
    "After a lapse old arrears are not charged; cover starts again on the day of payment.",
    ("BPJS Ketenagakerjaan FAQ",),
    "official",
)
ACCOUNT = Note(
    "jht_account",
    "JHT bukan perlindungan melainkan tabungan: bulan yang dibayar, tanpa masa tenggang.",
    "JHT is not cover but an account: the months paid, without grace.",
    ("PP 46/2015 Pasal 22(2)",),
    "gazette",
)
STARTS = {"JKK": ("PP 44/2015 Pasal 11(5)", "PP 44/2015 Pasal 39(1)", "PP 44/2015 Pasal 39(2)"),
          "JKM": ("PP 44/2015 Pasal 11(5)", "PP 44/2015 Pasal 42(1)", "PP 44/2015 Pasal 42(2)"),
          "JHT": ("PP 46/2015 Pasal 21(3)", "PP 46/2015 Pasal 22(2)")}  # fmt: skip


class Paid(NamedTuple):
    """One month's contribution, paid on a day."""

    month: Month
    on: dt.date


class Span(NamedTuple):
    """A stretch of cover. `due_until` is the last day before the first unpaid month counts as arrears."""

    programme: str
    starts: dt.date
    paid_until: dt.date
    grace_until: dt.date
    articles: tuple[str, ...]
    notes: tuple[Note, ...]
    due_until: dt.date


def in_order(payments: Iterable[Paid]) -> list[tuple[dt.date, int]]:
    """Day and month's serial of each payment, in the order in which they were paid."""
    return sorted(((p[1], p[0][0] * 12 + p[0][1] - 1) for p in payments), key=itemgetter(0, 1))


def unpaid(months: set[int], after: int, run: int) -> int:
    """The `run`th month of the first row of that many unpaid months."""
    at, missing = after, 0
    while missing < run:
        at += 1
        missing = 0 if at in months else missing + 1
    return at


def account(
    programme: str, joined: dt.date, payments: Sequence[Paid], articles: tuple[str, ...], note: Note
) -> tuple[Span, ...]:
    """Stretches of paid months, of a programme that is an account; the first begins when membership does."""
    ordered = in_order(payments)
    if not ordered:
        return ()
    joined = max(joined, ordered[0][0])
    months = sorted({serial for _, serial in ordered})
    spans: list[Span] = []
    first = months[0]
    for i, serial in enumerate(months):
        if i + 1 < len(months) and months[i + 1] == serial + 1:
            continue
        starts, last = Month.numbered(first).first, Month.numbered(serial).last
        starts = joined if starts < joined <= last else starts
        spans.append(Span(programme, starts, last, last, articles, (note,), last))
        first = months[i + 1] if i + 1 < len(months) else first
    return tuple(spans)
