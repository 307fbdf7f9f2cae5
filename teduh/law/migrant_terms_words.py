"""What a migrant worker's cover does not give, in words: reasons with their articles; decides nothing."""

from __future__ import annotations

from teduh.law.messages import Reason

UNPAID_DAYS = Reason(
    "unpaid_days",
    "Kejadian sebelum hari pembayaran tidak dijamin, dan hari yang sudah lewat tidak dapat dibeli.",
    "What happened before the day of payment is not covered, and days that have passed cannot be bought.",
    ("Permenaker 4/2023 Pasal 1 angka 7",),
    "gazette",
)
ABROAD_NO_BEFORE = Reason(
    "abroad_no_before",
    "Manfaat sebelum bekerja (misalnya gagal berangkat) tidak berlaku bagi yang mendaftar dari luar negeri.",
    "The benefits before work (such as failing to depart) are not for those who join from abroad.",
    ("Permenaker 4/2023 Pasal 27(1)",),
    "gazette",
)
ONLY_JKM = Reason(
    "individual_only_jkm",
    "Sebelum berangkat hanya kematian (JKM) yang dijamin, paling lama 1 bulan; kecelakaan belum dijamin.",
    "Before departure only death (JKM) is covered, for 1 month at most; accidents are not covered yet.",
    ("Permenaker 4/2023 Pasal 16(3)",),
    "gazette",
)
FIVE_MONTHS = Reason(
    "before_five_months",
    "Perlindungan sebelum berangkat paling lama 5 bulan sejak dibayar; naskah tidak mengatur perpanjangannya.",
    "Cover before departure lasts 5 months from payment at most; no text extends it.",
    ("Permenaker 4/2023 Pasal 15",),
    "secondary",
)
FAULT = Reason(
    "failed_own_fault",
    "Gagal berangkat karena kesalahan sendiri, kesalahan pelaksana penempatan, atau kebijakan pemerintah Indonesia "
    "tidak diganti.",
    "Failing to depart by one's own fault, the implementer's fault, or a policy of the Indonesian government is not "
    "compensated.",
    ("Permenaker 4/2023 Pasal 27(3)",),
    "gazette",
)
AFTER_AGREEMENT = Reason(
    "after_agreement",
    "Perlindungan berhenti bersama perjanjian kerja, ditambah paling lama 1 bulan untuk pulang; bekerja terus tanpa "
    "perpanjangan tidak dijamin.",
    "Cover ends with the work agreement, and at most 1 month more to come home; working on without an extension is "
    "not covered.",
    ("Permenaker 4/2023 Pasal 16(1)", "Permenaker 4/2023 Pasal 20"),
    "gazette",
)
CRIME = Reason(
    "crime",
    "Pemulangan tidak dibayar bila terbukti sengaja melakukan kejahatan, atau memakai atau mengedarkan narkotika, "
    "psikotropika, atau minuman keras terlarang.",
    "The way home is not paid where a deliberate crime, or use of or trade in drugs or banned alcohol, is proven.",
    ("Permenaker 4/2023 Pasal 34(1)c", "Permenaker 4/2023 Lampiran"),
    "official",
)
LOCAL_FIRST = Reason(
    "local_insurance_first",
    "Perawatan di luar negeri lebih dulu ditanggung jaminan atau asuransi setempat; yang diganti hanya kelebihannya.",
    "Treatment abroad is paid by the local scheme or insurance first; only what exceeds it is refunded.",
    ("Permenaker 4/2023 Pasal 50(2)",),
    "official",
)
BODY = Reason(
    "body_home",
    "Pemulangan jenazah, bantuan hukum, dan biaya pendamping tidak ditemukan sebagai manfaat; perusahaan penempatan "
    "wajib memulangkan jenazah dan menanggung biayanya.",
    "Bringing a body home, legal aid and a companion's costs were not found among the benefits; the placing agency "
    "must bring the body home and pay for it.",
    ("UU 18/2017 Pasal 27", "Permenaker 4/2023 Lampiran"),
    "unconfirmed",
)
DAYS_30 = Reason(
    "after_thirty_days",
    "Setelah tiba di Indonesia, perlindungan paling lama 30 hari dan sampai daerah asal; sesudahnya perlu kepesertaan "
    "lain (pekerja mandiri atau penerima upah).",
    "After arrival in Indonesia cover lasts 30 days at most and as far as the home area; then another membership is "
    "needed (self-employed or wage earner).",
    ("Permenaker 4/2023 Pasal 17",),
    "secondary",
)
ILLNESS = Reason(
    "illness",
    "Sakit biasa tidak dijamin program ini; jaminan kesehatan (JKN) diatur tersendiri.",
    "Ordinary illness is not covered here; health insurance (JKN) has a law of its own.",
    ("Permenaker 4/2023 Pasal 2-3",),
    "gazette",
)
NO_JP_JKP = Reason(
    "no_jp_jkp",
    "Jaminan pensiun (JP) dan jaminan kehilangan pekerjaan (JKP) tidak tersedia bagi pekerja migran.",
    "JP (pension) and JKP (loss of work) are not open to migrant workers.",
    ("PP 6/2025 Pasal 4", "Permenaker 4/2023 Pasal 4"),
    "official",
)
NO_JHT = Reason(
    "jht_not_chosen",
    "Tabungan hari tua (JHT) tidak termasuk kecuali dipilih.",
    "Old-age savings (JHT) are not included unless chosen.",
    ("Permenaker 4/2023 Pasal 4",),
    "gazette",
)
LATE_RETURN = Reason(
    "late_return",
    "Pulang sesudah perlindungan selama bekerja berakhir: jaminan setelah bekerja tidak diberikan.",
    "After a return that comes later than the end of cover abroad, no cover after work is given.",
    ("Permenaker 4/2023 Pasal 17",),
    "unconfirmed",
)
