"""What somebody on a placement does next, and by when, so that cover goes on. Words and dates; it reads no table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import dates as words
from teduh.core.text import Text
from teduh.journeys.migrants.drawing import Dates
from teduh.law import placements as law

Step = tuple[Text, dt.date | None]

DIED = Text(
    "Ahli waris dapat mengajukan santunan. Buka urusan di sini; Perwakilan RI dan keluarga melihat nomor yang sama.",
    "The heirs may claim the benefit. Open a matter here; mission and family see the same number.",
)
CANCELLED = Text("Penempatan ini dibatalkan. Tidak ada yang perlu dibayar.", "This placement was cancelled.")
FAILED = Text(
    "Gagal berangkat bukan karena kesalahan sendiri? Buka urusan untuk mengajukan manfaatnya. Di rumah, lanjutkan "
    "sebagai pekerja mandiri.",
    "Failed to depart through no fault of your own? Open a matter to claim. At home, go on as self-employed.",
)
HOME = Text(
    "Selamat datang kembali. Lanjutkan perlindungan di rumah paling lambat {by}, agar tidak terputus.",
    "Welcome back. Go on with cover at home by {by}, so that there is no gap.",
)
HOME_LATE = Text(
    "Perlindungan dari penempatan ini sudah berakhir. Daftar sebagai pekerja mandiri: mulai pada hari pembayaran.",
    "The cover of this placement has ended. Enrol as self-employed: cover starts on the day of payment.",
)
PAY_BEFORE = Text(
    "Bayar iuran sebelum bekerja: perlindungan mulai pada hari pembayaran.",
    "Pay the fee for the time before departure: cover starts on the day of payment.",
)
PAY_ALL = Text(
    "Bayar iuran sekaligus: JKM berlaku sejak hari pembayaran, JKK sejak berangkat.",
    "Pay the fee in one sum: JKM starts on the day of payment, JKK with the departure.",
)
PAY_DURING = Text(
    "Bayar iuran selama bekerja sebelum berangkat, paling lambat {by}.",
    "Pay the fee for the time of work before you leave, by {by}.",
)
PAY_DURING_LATE = Text(
    "Perlindungan sebelum berangkat sudah habis. Bayar iuran selama bekerja sebelum berangkat: perlindungan mulai lagi "
    "pada hari berangkat.",
    "The cover before departure has run out. Pay the fee for the time of work before you leave: cover starts again on "
    "the day of departure.",
)
LEAVE = Text(
    "Semua iuran lunas. Berangkat paling lambat {by}; beri tahu kami tanggal berangkatnya.",
    "Everything is paid. Leave by {by}, and tell us the day.",
)
LEAVE_OVER = Text(
    "Iuran lunas, tetapi perlindungan menunggu sudah habis. Perlindungan mulai lagi pada hari berangkat; beri tahu "
    "kami tanggalnya.",
    "Everything is paid, but the cover of the wait has run out. It starts again on the day of departure; tell us that "
    "day.",
)
AGREEMENT = Text(
    "Kirim perjanjian kerja: tanpa itu iuran selama bekerja belum dapat dihitung.",
    "Send the work agreement: without it the fee for the time of work cannot be reckoned.",
)
PAY_NOW = Text(
    "Bayar sekarang: perlindungan mulai pada hari pembayaran. Hari yang lewat tidak dapat dibeli.",
    "Pay now: cover starts on the day of payment. Days that have passed cannot be bought.",
)
PAY_EXTENSION = Text(
    "Perjanjian sampai {last}, baru dibayar sampai {paid}. Bayar perpanjangan paling lambat {by}.",
    "The agreement lasts until {last}, paid is until {paid}. Pay the extension by {by}.",
)
EXTEND = Text(
    "Tetap bekerja setelah {by}? Perpanjang dan bayar paling lambat hari itu, agar tidak terputus.",
    "Working beyond {by}? Extend and pay by that day, so that cover goes on.",
)
RETURN = Text(
    "Waktu untuk pulang berakhir {by}. Masih bekerja: perpanjang dan bayar sekarang. Pulang: beri tahu kami harinya.",
    "The time to return ends on {by}. Still working: extend and pay now. Going home: tell us the day.",
)
OVER = Text(
    "Perjanjian yang tercatat berakhir {last}. Masih bekerja: kirim perjanjian baru dan bayar. Sudah pulang: beri tahu "
    "kami, lalu lanjutkan di rumah.",
    "The agreement on record ended on {last}. Still working: send the new one and pay. Back home: tell us, and go on.",
)


def step(*, life: law.Life, fees: Sequence[law.Fee], at: Dates, is_cancelled: bool, on: dt.date) -> Step:
    """What to do next, and the last day for it if there is one."""
    if life.died_on:
        return DIED, None
    if is_cancelled:
        return CANCELLED, None
    if life.failed_on:
        return FAILED, None
    if life.debarked_on or life.home_on:
        return _said(HOME, at.protected_until) if at.protected else (HOME_LATE, None)
    if life.abroad or life.departed_on:
        return _abroad(life, fees, at, on)
    return _waiting(life, fees, at)


def _waiting(life: law.Life, fees: Sequence[law.Fee], at: Dates) -> Step:
    stages = {fee.stage for fee in fees}
    if life.route == "individual" and "during" not in stages:
        return (PAY_ALL, None) if life.agreements else (AGREEMENT, None)
    if life.route == "implementer" and "before" not in stages:
        return PAY_BEFORE, None
    if "during" not in stages:
        return _said(PAY_DURING, at.protected_until) if at.protected else (PAY_DURING_LATE, None)
    return _said(LEAVE, at.protected_until) if at.protected else (LEAVE_OVER, None)


def _abroad(life: law.Life, fees: Sequence[law.Fee], at: Dates, on: dt.date) -> Step:
    if at.agreed_until is None:
        return AGREEMENT, None
    if not any(fee.stage in ("during", "extension") for fee in fees):
        return PAY_NOW, on
    owes = at.paid_until is None or at.paid_until < at.agreed_until
    if not at.protected:
        return (_filled(OVER, last=at.agreed_until) if at.agreed_until < on else PAY_NOW), on
    by = at.protected_until
    if owes:
        return _filled(PAY_EXTENSION, last=at.agreed_until, paid=at.paid_until, by=by), by
    return (_filled(RETURN if at.is_returning else EXTEND, by=by), by)


def _said(text: Text, by: dt.date | None) -> Step:
    return _filled(text, by=by), by


def _filled(text: Text, **days: dt.date | None) -> Text:
    """The places of a sentence filled with days as people write them."""
    said = {name: words.day(day) for name, day in days.items() if day}
    return Text(
        text.id.format(**{name: day.id for name, day in said.items()}),
        text.en.format(**{name: day.en for name, day in said.items()}),
    )
