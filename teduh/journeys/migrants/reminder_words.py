"""The words of what migrants and their relatives are told of their own accord, in both languages.

A title goes to lock screens and into SMS: it names a day and a short name, no amount. `{who}` is the reader himself
(`Anda`) or the one he looks after.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import dates
from teduh.core.text import Text, rupiah
from teduh.journeys.migrants.occasions import Occasion
from teduh.law import placements, rulebook
from teduh.law.messages import RulebookError

#: Longer short names are cut in titles.
LONGEST_NAME = 16

ENDING = Text("Perlindungan {who} sampai {day}: perpanjang sebelum itu", "{whose} cover ends {day}: extend before then")
ENDING_BODY = Text(
    "Perlindungan {who} di luar negeri sudah dibayar sampai {day} ({left}). Perjanjian kerja diperpanjang? Bayar "
    "perpanjangannya sebelum hari itu, {fee} per bulan, satu langkah di halaman Perpanjang. Pulang? Perlindungan masih "
    "berlaku sampai {until} untuk menyiapkan kepulangan.",
    "{whose} cover abroad is paid until {day} ({left}). Is the work agreement being extended? Pay for it before that "
    "day, {fee} a month, in one step on the page Extend. Going home? Cover lasts until {until} to prepare the return.",
)
BEYOND_BODY = Text(
    "Perlindungan {who} di luar negeri sudah dibayar sampai {day} ({left}), tetapi perjanjian kerjanya berlanjut. "
    "Bayar perpanjangannya sebelum hari itu, {fee} per bulan, satu langkah di halaman Perpanjang; hari yang lewat "
    "tidak dapat dibeli.",
    "{whose} cover abroad is paid until {day} ({left}), but the work agreement goes on. Pay for the extension before "
    "that day, {fee} a month, in one step on the page Extend; days that have passed cannot be bought.",
)
WAITING = Text("Perlindungan sebelum berangkat {who} sampai {day}", "{whose} cover before departure ends {day}")
WAITING_BODY = Text(
    "Perlindungan {who} sebelum berangkat berlaku sampai {day} ({left}). Naskah tidak mengatur perpanjangannya. ",
    "{whose} cover before departure lasts until {day} ({left}). No text extends it. ",
)
OVER = Text("Perlindungan sebelum berangkat {who} habis {day}", "{whose} cover before departure ran out {day}")
OVER_BODY = Text(
    "Setelah {day} {who} tidak lagi terlindungi dalam masa menunggu berangkat. Naskah tidak mengatur perpanjangannya. ",
    "{whose} cover of the wait for departure ended {day}. No text extends it. ",
)
PAID_ALREADY = Text(
    "Iuran selama bekerja sudah lunas dan menjamin sejak berangkat: beri tahu kami tanggal berangkatnya.",
    "The fee for the time of work is paid and covers from departure on: tell us the day of departure.",
)
PAY_DURING = Text(
    "Lunasi iuran selama bekerja sebelum berangkat; ia menjamin sejak hari berangkat.",
    "Pay the fee for the time of work before departure; it covers from that day on.",
)
DEPARTING = Text("Iuran selama bekerja {who} belum lunas: kerja mulai {day}",
                 "{whose} fee for work is unpaid: work begins {day}")  # fmt: skip
DEPARTING_BODY = Text(
    "Perjanjian kerja {who} mulai {day} ({left}), dan iuran selama bekerja belum dibayar. Tanpa itu tidak ada "
    "perlindungan di luar negeri. Bayar sebelum berangkat.",
    "{whose} work agreement begins {day} ({left}), and the fee for the time of work is not paid. Without it there is "
    "no cover abroad. Pay before departure.",
)
GAP = Text("{who} tidak terlindungi sejak {day}: bayar sekarang", "{whose} cover is missing since {day}: pay now")
GAP_PAPERS = Text("{who} tidak terlindungi sejak {day}: lengkapi data", "{whose} cover is missing since {day}: act now")
GAP_BODY = Text("Sejak {day} {who} bekerja di luar negeri tanpa perlindungan. {what} {next}",
                "Since {day} {whose} time abroad is without cover. {what} {next}")  # fmt: skip
NO_AGREEMENT = Text(
    "Lengkapi perjanjian kerja atau surat keterangan Perwakilan RI, lalu iurannya dapat dibayar.",
    "Give us the work agreement or a statement by the Indonesian mission; then the fee can be paid.",
)
AGREEMENT_OVER = Text(
    "Perjanjian kerja yang kami ketahui sudah berakhir: bila diperpanjang, catat perpanjangannya dan bayar ({fee} per "
    "bulan); bila pulang, beri tahu kami.",
    "The work agreement we know of is over: if it was extended, put that down and pay ({fee} a month); if going home, "
    "tell us.",
)
RETURNING = Text("Masa menyiapkan kepulangan {who} sampai {until}", "{whose} time to prepare the return ends {until}")
RETURNING_BODY = Text(
    "Masa yang dibayar berakhir {day}. Sampai {until} {who} masih terlindungi untuk menyiapkan kepulangan. Masih "
    "bekerja? Naskah tidak menyebut apakah bulan ini menjamin pekerjaan: bayar perpanjangan sekarang, {fee} per bulan. "
    "Setelah {until} tidak ada perlindungan.",
    "The paid time ended {day}. Until {until} {whose} cover lasts to prepare the return. Still at work? No text says "
    "whether this month covers the work: pay the extension now, {fee} a month. After {until} there is no cover.",
)
HOME = Text("Selamat datang kembali: lanjutkan perlindungan {who}", "Welcome home: carry on {whose} cover")
HOME_BODY = Text(
    "{covered}Bekerja sendiri (nelayan, tani, dagang, ojek)? Lanjutkan sebagai peserta mandiri tanpa jeda, satu "
    "langkah di halaman Pulang. Bekerja pada pemberi kerja? Ia wajib mendaftarkan.",
    "{covered}Working for oneself? Carry on as self-employed without a gap, in one step on the page Return. Working "
    "for an employer? The employer must register you.",
)
HOME_COVERED = Text("Perlindungan {who} setelah tiba di Indonesia berlaku sampai {until}. ",
                    "{whose} cover after arrival in Indonesia lasts until {until}. ")  # fmt: skip

TODAY, LEFT = Text("hari ini", "today"), Text("{n} hari lagi", "{n} days left")
NOTHING = Text("", "")
#: The page for the worker himself; a relative has his own.
LINKS = {
    "pmi.ending": "/saya/migran/perpanjang/",
    "pmi.waiting": "/saya/migran/bayar/",
    "pmi.departing": "/saya/migran/bayar/",
    "pmi.gap": "/saya/migran/bayar/",
    "pmi.returning": "/saya/migran/perpanjang/",
    "pmi.home": "/saya/migran/pulang/",
}
LINK_FAMILY = "/keluarga/"


@dataclass(frozen=True, slots=True)
class Who:
    """Who is spoken of: the reader himself, or somebody by a short name."""

    name: str = ""

    @property
    def who(self) -> Text:
        return Text(self._cut, self._cut) if self.name else Text("Anda", "you")

    @property
    def whose(self) -> Text:
        return Text(self._cut, f"{self._cut}'s") if self.name else Text("Anda", "your")

    @property
    def _cut(self) -> str:
        return self.name[:LONGEST_NAME].rstrip()


def fill(text: Text, **values: Text) -> Text:
    """Each language with the values in that language."""
    return Text(
        text.id.format(**{k: v.id for k, v in values.items()}), text.en.format(**{k: v.en for k, v in values.items()})
    )


def join(*parts: Text) -> Text:
    return Text("".join(part.id for part in parts), "".join(part.en for part in parts))


def fee(on: dt.date) -> Text:
    """What a month of extension costs on this day, as the law in force says."""
    try:
        amount = rupiah(rulebook.in_force("pmi_extension_month", on).value)
    except RulebookError:
        return Text("menurut tarif yang berlaku", "at the fee in force")
    return Text(amount, amount)


def said(one: Occasion, *, who: Who, on: dt.date) -> tuple[Text, Text]:
    """Title and body of an occasion."""
    left = TODAY if one.days == 0 else Text(LEFT.id.format(n=one.days), LEFT.en.format(n=one.days))
    values = {
        "who": who.who, "whose": who.whose, "day": dates.day(one.day), "left": left, "fee": fee(on),
        "until": dates.day(one.until or one.day),
    }  # fmt: skip
    title, body = _templates(one, values, on)
    title, body = fill(title, **values), fill(body, **values)
    return capital(title), capital(body)


def _templates(one: Occasion, values: dict[str, Text], on: dt.date) -> tuple[Text, Text]:
    match one.kind:
        case "pmi.ending":
            return ENDING, BEYOND_BODY if one.detail else ENDING_BODY
        case "pmi.waiting":
            then = PAID_ALREADY if one.detail else PAY_DURING
            return (WAITING, join(WAITING_BODY, then)) if one.days >= 0 else (OVER, join(OVER_BODY, then))
        case "pmi.departing":
            return DEPARTING, DEPARTING_BODY
        case "pmi.gap":
            values |= _gap(one, values, on)
            return GAP_PAPERS if one.until is None else GAP, GAP_BODY
        case "pmi.returning":
            return RETURNING, RETURNING_BODY
        case _:
            values["covered"] = fill(HOME_COVERED, **values) if one.until else NOTHING
            return HOME, HOME_BODY


def _gap(one: Occasion, values: dict[str, Text], on: dt.date) -> dict[str, Text]:
    """What is missing and how it is healed, in the law's own words where it has them."""
    what, heal = placements.GAPS["unpaid_abroad" if one.detail else "extension_unpaid"]
    then = Text(heal.id, heal.en)
    if one.until is None:
        then = NO_AGREEMENT
    elif one.until < on:
        then = fill(AGREEMENT_OVER, **values)
    return {"what": Text(what.id, what.en), "next": then}


def capital(text: Text) -> Text:
    """A sentence that may begin with a value."""
    return Text(text.id[:1].upper() + text.id[1:], text.en[:1].upper() + text.en[1:])
