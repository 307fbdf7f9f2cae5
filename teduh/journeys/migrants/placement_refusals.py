"""What cannot be done with a placement, in plain words: what, why, and what to do next."""

from __future__ import annotations

import datetime as dt

from teduh.core import dates
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.messages import Reason
from teduh.migrants import facts, words


def by_law(*, reasons: tuple[Reason, ...]) -> Refused:
    """The law says no to this registration; the first reason is told, with its article."""
    first = reasons[0]
    return Refused(
        first.code, Text(first.id, first.en), why=Text("; ".join(first.articles), "; ".join(first.articles)),
        then=Text("Bila datanya keliru, perbaiki dan coba lagi; bila ragu, tanyakan petugas.",
                  "If the data are wrong, correct them and try again; if in doubt, ask an officer."),
    )  # fmt: skip


def another_person() -> Refused:
    return Refused(
        "nik_of_somebody_else",
        Text("NIK ini tercatat dengan nama atau tanggal lahir lain.",
             "This NIK is on record with another name or birth date."),
        why=Text("Satu NIK milik satu orang.", "A NIK belongs to one person."),
        then=Text("Salin NIK, nama, dan tanggal lahir persis dari KTP; bila sudah benar, hubungi petugas.",
                  "Copy NIK, name and birth date exactly from the KTP; if they are right, ask an officer."),
        field="nik", status=409,
    )  # fmt: skip


def not_its_own() -> Refused:
    return Refused(
        "not_its_own",
        Text("Orang ini bukan penempatan lembaga Anda.", "Your organisation does not place or look after this person."),
        why=Text("P3MI mendaftarkan orang yang ditempatkannya; Perwakilan RI, orang di negara yang dilayaninya.",
                 "An agency registers those it places; a mission those in the countries it serves."),
        then=Text("Keluarkan dari daftar, atau periksa negara tujuannya.",
                  "Leave the person out, or check the destination."),
        field="organisation", status=409,
    )  # fmt: skip


def not_oneself() -> Refused:
    return Refused(
        "nik_of_somebody_else",
        Text("NIK ini bukan milik akun Anda.", "This NIK is not your account's."),
        then=Text("Daftarkan diri dengan NIK sendiri.", "Register with your own NIK."), field="nik", status=409,
    )  # fmt: skip


def already_placed() -> Refused:
    return Refused(
        "placement_is_open",
        Text("Penempatan untuk NIK ini sudah terdaftar dan masih berjalan.",
             "A placement of this NIK is registered and still open."),
        then=Text("Lanjutkan penempatan itu: bayar, perpanjang, atau catat kepulangannya.",
                  "Go on with that one: pay, extend, or tell the return."),
        field="nik", status=409,
    )  # fmt: skip


def impossible(*, kind: str, state: str) -> Refused:
    what, now = words.EVENTS[kind], words.STATES[state]
    return Refused(
        "event_does_not_follow",
        Text(f"“{what.id}” tidak dapat dicatat sekarang.", f"“{what.en}” cannot be told now."),
        why=Text(f"Penempatan ini: {now.id.lower()}.", f"This placement is: {now.en.lower()}."),
        then=Text("Catat dulu kejadian sebelumnya, atau perbaiki yang keliru.",
                  "Tell what came before first, or correct what was wrong."),
        status=409,
    )  # fmt: skip


def day_out_of_order(*, kind: str, earliest: dt.date | None, latest: dt.date) -> Refused:
    first = dates.day(earliest) if earliest else None
    last = dates.day(latest)
    return Refused(
        "day_out_of_order",
        Text("Tanggalnya tidak mungkin.", "This day is not possible."),
        why=Text(
            f"“{words.EVENTS[kind].id}” terjadi {f'antara {first.id} dan' if first else 'paling lambat'} {last.id}.",
            f"“{words.EVENTS[kind].en}” happens {f'between {first.en} and' if first else 'by'} {last.en}.",
        ),
        then=Text("Periksa tanggal, bulan, dan tahunnya.", "Check day, month and year."), field="event_on",
    )  # fmt: skip


def needs_agreement() -> Refused:
    return Refused(
        "agreement_missing",
        Text("Perjanjian kerja belum tercatat.", "There is no work agreement on record."),
        then=Text("Isi perjanjian kerja lebih dulu.", "Enter the work agreement first."), status=409,
    )  # fmt: skip


def ends_too_early(*, last: dt.date) -> Refused:
    day = dates.day(last)
    return Refused(
        "extension_too_short",
        Text("Akhir perpanjangan harus sesudah perjanjian sekarang.", "An extension ends after the present agreement."),
        why=Text(f"Perjanjian sekarang sampai {day.id}.", f"The present agreement lasts until {day.en}."),
        then=Text("Isi tanggal berakhir yang baru.", "Give the new last day."), field="ends",
    )  # fmt: skip


def agreement_exists() -> Refused:
    return Refused(
        "agreement_exists",
        Text("Perjanjian kerja pertama sudah tercatat.", "The first work agreement is on record."),
        then=Text("Perpanjang, pindah, atau perbaiki tanggalnya.", "Extend it, move, or correct its dates."),
        status=409,
    )  # fmt: skip


def consent_missing() -> Refused:
    return facts.refusal("consent_missing", "consent")


def unknown_destination() -> Refused:
    return facts.refusal("destination_unknown", "destination")


def statement_without_file(*, field: str) -> Refused:
    """A mission's statement stands for papers; it is the mission's or an officer's to note, or comes with its file."""
    return Refused(
        "statement_without_file",
        Text("Surat keterangan Perwakilan belum dilampirkan.", "The mission's statement is not attached."),
        then=Text("Lampirkan fotonya, atau minta Perwakilan mencatatnya.",
                  "Attach its photo, or ask the mission to note it."),
        field=field,
    )  # fmt: skip
