"""What is refused around a migrant's relatives, with why and what to do."""

from __future__ import annotations

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text


def missing() -> Refused:
    return not_found(Text("Keluarga ini tidak ditemukan.", "There is no such relative."))


def wrong() -> Refused:
    return Refused(
        "family_code_wrong",
        Text("Kode ini tidak cocok atau sudah tidak berlaku.", "This code does not match or is no longer valid."),
        why=Text(
            "Kode berlaku 7 hari, sekali pakai, dan mati setelah 5 kali salah.",
            "A code lives 7 days, works once, and dies after 5 wrong tries.",
        ),
        then=Text("Periksa hurufnya, atau minta kode baru kepada keluarga Anda di luar negeri.",
                  "Check its letters, or ask your relative abroad for a new one."),
        field="code",
    )  # fmt: skip


def oneself() -> Refused:
    return Refused(
        "own_family_code",
        Text("Kode ini untuk keluarga Anda, bukan untuk Anda.", "This code is for your family, not for yourself."),
        then=Text("Kirim kode ini kepada orang yang Anda catat.", "Send it to the person you named."),
        field="code",
    )


def phone_missing() -> Refused:
    return Refused(
        "phone_missing",
        Text("Nomor HP belum diisi.", "The mobile number is missing."),
        then=Text("Isi nomor HP; dengan itu Anda masuk.", "Give a mobile number; you sign in with it."),
        field="phone",
    )


def relation() -> Refused:
    return Refused(
        "unknown_relation",
        Text("Hubungan keluarga belum dipilih.", "The relation has not been chosen."),
        then=Text("Pilih salah satu yang ditawarkan.", "Choose one of those that are offered."),
        field="relation",
    )


def may() -> Refused:
    return Refused(
        "family_may_nothing",
        Text("Belum dipilih apa yang boleh dilakukan.", "What this relative may do has not been chosen."),
        then=Text("Pilih: melihat, membayar, memperpanjang, bicara.", "Choose: see, pay, extend, speak."),
        field="may",
    )


def not_by_an_agency() -> Refused:
    return Refused(
        "speak_is_the_workers_to_give",
        Text("Izin bicara dalam urusan tidak dapat diberikan perusahaan.", "An agency cannot let somebody speak."),
        why=Text("Urusan bisa memuat pengaduan tentang perusahaan.", "Matters may hold complaints about agencies."),
        then=Text("Pekerja sendiri yang memberikannya.", "The worker gives it."),
        status=403,
        field="may",
    )


def consent() -> Refused:
    return Refused(
        "consent_missing",
        Text("Persetujuan pekerja belum dicatat.", "The worker's consent has not been noted."),
        why=Text("Hanya pekerja yang menentukan siapa yang boleh membantunya.", "He alone decides who may help him."),
        then=Text("Tulis kapan dan bagaimana ia menyetujuinya.", "Write when and how he agreed."),
        field="why",
    )


def known() -> Refused:
    return Refused(
        "already_family",
        Text("Orang ini sudah membantu Anda.", "This person helps already."),
        then=Text("Ubah apa yang boleh ia lakukan, atau akhiri dahulu.", "Change what may be done, or end it first."),
        status=409,
        field="phone",
    )


def too_many(most: int) -> Refused:
    return Refused(
        "too_many_relatives",
        Text(f"Sudah ada {most} orang yang membantu.", f"There are {most} people already."),
        then=Text("Akhiri salah satu dahulu.", "End one of them first."),
        status=409,
    )
