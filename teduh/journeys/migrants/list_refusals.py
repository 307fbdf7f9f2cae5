"""What cannot be done with a list or a difference, in plain words: what, why, and what to do next."""

from __future__ import annotations

import datetime as dt

from teduh.core import dates
from teduh.core.errors import Refused
from teduh.core.text import Text


def purpose_unknown() -> Refused:
    return Refused(
        "purpose_unknown", Text("Tujuan daftar belum dipilih.", "What the list is for has not been chosen."),
        then=Text("Pilih: mendaftarkan orang, atau mencocokkan catatan.",
                  "Choose: to register people, or to compare records."),
        field="purpose",
    )  # fmt: skip


def day_of_list(on: dt.date) -> Refused:
    day = dates.day(on)
    return Refused(
        "as_of_impossible", Text("Tanggal daftar tidak mungkin.", "The day of the list is not possible."),
        why=Text(f"Tanggalnya paling lambat {day.id}, dan tidak lebih dari tiga tahun lalu.",
                 f"It is {day.en} at the latest, and not more than three years ago."),
        then=Text("Isi tanggal daftar itu dibuat.", "Give the day on which the list was made."), field="as_of",
    )  # fmt: skip


def not_now(why: Text) -> Refused:
    return Refused(
        "list_not_ready", Text("Daftar ini tidak dapat diproses.", "This list cannot be processed."), why=why,
        then=Text("Perbaiki daftarnya dan unggah lagi, atau buka hasilnya.",
                  "Mend the list and upload it again, or open what came of it."),
        status=409,
    )  # fmt: skip


def rows_stopped(count: int) -> Refused:
    return Refused(
        "rows_stopped",
        Text(f"{count} baris masih perlu diperbaiki.", f"{count} rows are still to be mended."),
        then=Text("Perbaiki dan unggah lagi, atau daftarkan yang siap saja dan tinggalkan baris itu.",
                  "Mend them and upload again, or register those who are ready and leave these rows out."),
        status=409,
    )  # fmt: skip


def try_again() -> Refused:
    return Refused(
        "list_again", Text("Data berubah saat daftar diproses.", "Data changed while the list was processed."),
        then=Text("Proses daftar ini sekali lagi.", "Process this list once more."), status=409,
    )  # fmt: skip


def with_officer() -> Refused:
    return Refused(
        "with_officer",
        Text("Orang ini belum dapat didaftarkan dari daftar.", "This person cannot be registered from a list."),
        then=Text("Hubungi kantor cabang dengan KTP dan paspornya.", "Ask a branch, with KTP and passport."),
        status=409,
    )  # fmt: skip


def how_unknown(allowed: tuple[str, ...]) -> Refused:
    return Refused(
        "how_not_for_this", Text("Selisih ini tidak dapat diselesaikan begitu.", "This cannot be settled that way."),
        then=Text(f"Pilih: {', '.join(allowed)}.", f"Choose: {', '.join(allowed)}."), field="how",
    )  # fmt: skip


def settled_already() -> Refused:
    return Refused(
        "difference_settled", Text("Selisih ini sudah selesai.", "This difference is settled already."),
        then=Text("Muat ulang daftarnya.", "Load the list anew."), status=409,
    )  # fmt: skip


def money_is_not_said() -> Refused:
    return Refused(
        "money_is_not_said",
        Text("Pembayaran tidak dapat dicatat dari daftar.", "A payment cannot be recorded from a list."),
        why=Text("Uang hanya dibukukan dari bukti bank.", "Money is booked only from the bank's notice."),
        then=Text("Minta bukti bayar dan kode bayarnya, lalu serahkan ke petugas; tandai selisih ini sudah dicatat.",
                  "Ask for the receipt and payment code and hand them to an officer; mark this as noted."),
        field="how",
    )  # fmt: skip


def name_by_ktp() -> Refused:
    return Refused(
        "name_by_ktp", Text("Nama tidak diubah dari daftar.", "A name is not changed from a list."),
        why=Text("Nama mengikuti KTP.", "The name follows the KTP."),
        then=Text("Ubah lewat perbaikan data dengan KTP; tandai selisih ini sudah dicatat.",
                  "Have it corrected with the KTP; mark this as noted."),
        field="how",
    )  # fmt: skip


def tell_what_happened() -> Refused:
    return Refused(
        "tell_what_happened",
        Text("Tidak ada di daftar mereka belum berarti apa yang terjadi.",
             "Not being on their list does not say what happened."),
        then=Text("Catat kejadiannya (pulang, pindah, gagal berangkat) di halaman orangnya.",
                  "Tell what happened (returned, moved, failed to depart) on his page."),
        field="how",
    )  # fmt: skip


def nothing_to_take() -> Refused:
    return Refused(
        "nothing_to_take",
        Text("Baris mereka tidak cukup untuk mengubah data.", "Their row says too little for a change."),
        then=Text("Perbaiki di halaman orangnya, atau tandai sudah dicatat.",
                  "Correct it on his page, or mark it noted."),
        field="how",
    )  # fmt: skip
