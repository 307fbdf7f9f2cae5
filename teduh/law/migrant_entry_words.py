"""The reasons at a migrant worker's entry, in words and with their articles; decides nothing."""

from __future__ import annotations

from teduh.law.messages import Reason

BEFORE = Reason(
    "before_departure",
    "Setiap calon pekerja migran wajib menjadi peserta JKK dan JKM sebelum berangkat.",
    "Everyone about to work abroad must take part in JKK and JKM before departure.",
    ("Permenaker 4/2023 Pasal 4(1)", "UU 18/2017 Pasal 5"),
    "gazette",
)
FROM_ABROAD = Reason(
    "from_abroad",
    "Pekerja migran yang sudah bekerja di luar negeri dan belum terdaftar wajib mendaftar, juga dari luar negeri.",
    "A migrant worker who already works abroad and is not registered must register, also from there.",
    ("Permenaker 4/2023 Pasal 4(1)", "Permenaker 4/2023 Pasal 6-8"),
    "gazette",
)
COMPANY = Reason(
    "company",
    "Pekerja yang dikirim untuk kepentingan perusahaannya sendiri tetap penerima upah di Indonesia: perusahaannya yang "
    "mendaftarkan dan membayar iurannya.",
    "One sent abroad for his own company's interest stays a wage earner at home: the company registers him and pays.",
    ("Permenaker 4/2023", "UU 18/2017 Pasal 61"),
    "official",
)
TOO_YOUNG = Reason(
    "under_18",
    "Belum 18 tahun pada hari berangkat: belum boleh bekerja ke luar negeri.",
    "Not yet 18 on the day of departure: may not leave for work abroad.",
    ("UU 18/2017 Pasal 5",),
    "gazette",
)
OF_AGE_BY_THEN = Reason(
    "turns_18",
    "Belum 18 tahun sekarang, tetapi sudah 18 tahun ketika perjanjian kerja mulai; tidak boleh berangkat sebelum itu.",
    "Not yet 18 now, but 18 when the agreement starts; may not leave before.",
    ("UU 18/2017 Pasal 5",),
    "unconfirmed",
)
YOUNG_ABROAD = Reason(
    "under_18_abroad",
    "Belum 18 tahun dan sudah bekerja di luar negeri: tidak ada naskah yang menolak perlindungannya; hubungi "
    "Perwakilan RI.",
    "Not yet 18 and already at work abroad: no text denies the cover; the mission should be told.",
    ("UU 18/2017 Pasal 1", "UU 18/2017 Pasal 5"),
    "unconfirmed",
)
AGREEMENT = Reason(
    "needs_agreement",
    "Perjanjian kerja dengan tanggal mulai dan berakhir: iuran perseorangan dihitung dari lamanya.",
    "The work agreement with its first and last day: an individual's fee is reckoned by its length.",
    ("Permenaker 4/2023 Pasal 18(2)",),
    "gazette",
)
AGREEMENT_ABROAD = Reason(
    "needs_agreement_abroad",
    "Perjanjian kerja, atau surat keterangan Perwakilan RI yang menyebut tanggal mulai dan berakhirnya pekerjaan: "
    "iuran dihitung dari lamanya, dan perlindungan berakhir bersamanya.",
    "The work agreement, or a statement of the mission with the first and last day of the work: the fee is reckoned by "
    "its length, and cover ends with it.",
    ("Permenaker 4/2023 Pasal 16(1)", "Permenaker 4/2023 Pasal 18(2)"),
    "gazette",
)
AGREEMENT_LATER = Reason(
    "agreement_later",
    "Perjanjian kerja belum ada: iuran sebelum bekerja sudah dapat dibayar; iuran selama bekerja menunggu perjanjian.",
    "There is no agreement yet: the fee before departure can be paid; the fee for the work waits for the agreement.",
    ("Permenaker 4/2023 Pasal 18(1)",),
    "gazette",
)
AGREEMENT_OVER = Reason(
    "agreement_over",
    "Perjanjian kerja sudah berakhir: isi perjanjian baru atau perpanjangannya, yang dibuat di hadapan Perwakilan RI.",
    "The agreement has ended: give the new one, or its extension, which is made before the mission.",
    ("UU 18/2017 Pasal 17", "Permenaker 4/2023 Pasal 16(1)"),
    "gazette",
)
UNDER_SIX = Reason(
    "under_six_months",
    "Perjanjian atau sisanya kurang dari 6 bulan: naskah yang dibaca tidak menyebut iurannya. Daftarkan perjanjian "
    "yang lebih panjang atau perpanjangannya, atau minta keputusan BPJS Ketenagakerjaan.",
    "The agreement, or what is left of it, is shorter than 6 months: no text read names its fee. Register a longer one "
    "or its extension, or ask the agency to rule.",
    ("Permenaker 4/2023 Pasal 18",),
    "unconfirmed",
)
IDENTITY_ABROAD = Reason(
    "needs_identity_abroad",
    "Paspor, atau surat keterangan Perwakilan RI bila paspor tidak dipegang.",
    "The passport, or a statement of the mission if the passport is not at hand.",
    ("Permenaker 4/2023 Pasal 6-8",),
    "secondary",
)
NO_PASSPORT = Reason(
    "mission_instead_of_passport",
    "Paspor tidak dipegang; didaftarkan dengan surat keterangan Perwakilan RI.",
    "The passport is not at hand; registered with the mission's statement.",
    ("Permenaker 4/2023 Pasal 6-8",),
    "unconfirmed",
)
PASSPORT_LATER = Reason(
    "passport_later",
    "Paspor belum diisi: tidak diperlukan untuk masa sebelum bekerja, tetapi diperlukan sebelum berangkat.",
    "No passport given: not needed for the time before departure, but needed to leave.",
    ("UU 18/2017 Pasal 13",),
    "secondary",
)
PASSPORT_OVER = Reason(
    "passport_over",
    "Masa berlaku paspor sudah habis: perbarui di kantor imigrasi atau Perwakilan RI.",
    "The passport has run out: renew it at the immigration office or the mission.",
    ("UU 18/2017 Pasal 13",),
    "gazette",
)
PASSPORT_SHORT = Reason(
    "passport_ends_first",
    "Paspor habis masa berlakunya sebelum perjanjian kerja berakhir; perlindungan tidak berhenti karenanya, tetapi "
    "perbarui tepat waktu.",
    "The passport runs out before the agreement ends; cover does not stop with it, but renew it in time.",
    ("UU 18/2017 Pasal 13",),
    "unconfirmed",
)
