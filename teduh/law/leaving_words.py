"""What `leaving` says to people, in both languages, and the articles that go with it."""

from __future__ import annotations

from teduh.law.messages import Message, Note

CAUSES: dict[str, Message] = {
    "resigned": Message("Mengundurkan diri", "Resigned"),
    "dismissed": Message("Pemutusan hubungan kerja (PHK)", "Dismissed"),
    "contract_ended": Message("Kontrak (PKWT) berakhir", "Fixed-term contract ran out"),
    "contract_broken": Message(
        "Kontrak (PKWT) diakhiri pemberi kerja sebelum waktunya", "Fixed-term contract ended early by the employer"
    ),
    "retired": Message("Pensiun", "Retired"),
    "permanently_disabled": Message("Cacat total tetap", "Permanently and totally disabled"),
    "died": Message("Meninggal dunia", "Died"),
    "left_country": Message("Meninggalkan Indonesia untuk selamanya", "Left Indonesia for good"),
    "moved_within_group": Message("Pindah dalam satu grup", "Moved within the group"),
    "other": Message("Lainnya", "Other"),
}

JKK_ENDS = Message(
    "Perlindungan JKK berakhir bersama hari kerja terakhir.", "JKK cover ends with the last day of employment."
)
JKK_DIED = Message(
    "Bila meninggal karena kecelakaan kerja atau penyakit akibat kerja, ahli waris berhak atas JKK, bukan JKM.",
    "If the death came from a work accident or an occupational disease, the heirs are entitled to JKK, not to JKM.",
)
JKK_DISEASE = Message(
    "Penyakit akibat kerja yang timbul sampai 3 tahun sesudah hubungan kerja berakhir tetap dijamin.",
    "An occupational disease that arises up to 3 years after the employment is still covered.",
)
TREATED = Note(
    "treated_after_accident",
    "Pekerja yang masih dirawat karena kecelakaan kerja atau penyakit akibat kerja dilarang di-PHK.",
    "A worker still treated for a work accident or an occupational disease may not be dismissed.",
    ("PP 44/2015 Pasal 52(1)",),
    "gazette",
)
JKM_ENDS = Message(
    "Perlindungan JKM berakhir bersama hari kerja terakhir: JKM untuk peserta yang masih bekerja dan membayar iuran.",
    "JKM cover ends with the last day of employment: it is for those who still work and pay.",
)
JKM_DIED = Message(
    "Ahli waris berhak atas JKM bila meninggal bukan karena kecelakaan kerja.",
    "The heirs are entitled to JKM if the death was not from a work accident.",
)

JHT_AT_56 = Message("Saldo JHT dibayarkan pada usia 56 tahun.", "The JHT balance is paid at age 56.")
JHT_MOVES = Message(
    "Saldo JHT tetap dan dilanjutkan pemberi kerja yang baru; tidak dibayarkan karena pindah.",
    "The JHT balance stays and the new employer continues it; a move does not make it payable.",
)
JHT_OTHER = Message(
    "Saldo JHT tetap milik peserta; kapan dapat dicairkan bergantung pada sebabnya dan diperiksa petugas.",
    "The JHT balance stays the participant's; when it is payable depends on the cause, which an officer checks.",
)
JHT_WAIT = Message(
    "Seluruh saldo JHT dapat dicairkan setelah masa tunggu 1 bulan sejak surat pengunduran diri atau PHK.",
    "The whole JHT balance is payable after a wait of 1 month from the letter of resignation or the dismissal.",
)
JHT_CONTRACT = Message(
    "Seluruh saldo JHT dapat dicairkan karena kontrak berakhir.",
    "The whole JHT balance is payable because the contract ran out.",
)
JHT_AT_ONCE: dict[str, tuple[Message, tuple[str, ...]]] = {
    "retired": (
        Message(
            "Seluruh saldo JHT dapat dicairkan pada usia pensiun menurut perjanjian kerja, peraturan perusahaan, atau "
            "perjanjian kerja bersama, atau usia 56 tahun.",
            "The whole JHT balance is payable at the pension age of the contract, the firm's rules or the collective "
            "agreement, or at 56.",
        ),
        ("PP 46/2015 Pasal 26(1)a", "PP 60/2015 Pasal 26", "Permenaker 4/2022 Pasal 4"),
    ),
    "permanently_disabled": (
        Message("Seluruh saldo JHT dibayarkan kepada peserta.", "The whole JHT balance is paid to the participant."),
        ("PP 46/2015 Pasal 26(1)b", "PP 60/2015 Pasal 26"),
    ),
    "died": (
        Message("Seluruh saldo JHT dibayarkan kepada ahli waris.", "The whole JHT balance is paid to the heirs."),
        ("PP 46/2015 Pasal 26(1)c", "PP 46/2015 Pasal 23(1)"),
    ),
    "left_country": (
        Message(
            "Seluruh saldo JHT dapat dicairkan karena meninggalkan Indonesia untuk selamanya.",
            "The whole JHT balance is payable because Indonesia is left for good.",
        ),
        ("PP 46/2015 Pasal 26(1)d", "Permenaker 4/2022 Pasal 5"),
    ),
}
LETTER = Note(
    "wait_runs_from_letter",
    "Masa tunggu dihitung sejak surat keterangan pengunduran diri terbit atau tanggal PHK; di sini dipakai hari kerja "
    "terakhir.",
    "The wait runs from the letter of resignation or the dismissal; here the last day of employment is used.",
    ("Permenaker 4/2022 Pasal 8",),
    "secondary",
)
CONTRACT_NO_WAIT = Note(
    "contract_no_wait",
    "Ringkasan Permenaker 4/2022 tidak menyebut masa tunggu bagi kontrak yang berakhir; naskahnya belum dibaca.",
    "The summary of Permenaker 4/2022 names no wait for a contract that ran out; its text was not read.",
    ("Permenaker 4/2022 Pasal 6", "Permenaker 4/2022 Pasal 7"),
    "secondary",
)
CONTRACT_BEFORE_2022 = Note(
    "contract_before_2022",
    "Sebelum Permenaker 4/2022 berakhirnya kontrak tidak disebut; dipakai masa tunggu seperti berhenti bekerja.",
    "Before Permenaker 4/2022 a contract that ran out was not named; the wait of those who stop working is used.",
    ("Permenaker 19/2015",),
    "unconfirmed",
)
UNKNOWN_CAUSE = Note(
    "unknown_cause",
    "Sebab ini tidak diatur tersendiri; petugas menetapkan sebab yang sebenarnya.",
    "No text treats this cause by itself; an officer establishes the real one.",
    ("PP 46/2015 Pasal 26",),
    "unconfirmed",
)
BIRTH_UNKNOWN = Note(
    "birth_unknown",
    "Tanggal lahir tidak diketahui, jadi harinya tidak dihitung.",
    "The date of birth is not known, so the day is not reckoned.",
    ("PP 45/2015 Pasal 15",),
    "gazette",
)

JKP_NONE = Message("JKP tidak diberikan: tidak ada pemutusan hubungan kerja.", "No JKP: there is no dismissal.")
JKP_OTHER = Message(
    "JKP hanya bagi yang di-PHK; sebab lain diperiksa petugas.",
    "JKP is for the dismissed only; an officer checks another cause.",
)
JKP_NOT_FOR: dict[str, Message] = {
    "resigned": Message("JKP tidak diberikan bagi yang mengundurkan diri.", "No JKP for whoever resigns."),
    "retired": Message("JKP tidak diberikan karena pensiun.", "No JKP on retirement."),
    "permanently_disabled": Message("JKP tidak diberikan karena cacat total tetap.", "No JKP on total disability."),
    "died": Message("JKP tidak diberikan karena meninggal dunia.", "No JKP on death."),
    "contract_ended": Message(
        "JKP tidak diberikan bila kontrak berakhir pada waktunya.", "No JKP where a fixed-term contract runs its time."
    ),
}
JKP_OPEN = Message(
    "Manfaat JKP dapat diajukan lewat SIAPkerja paling lambat hari terakhir ini; sesudahnya hak hilang.",
    "JKP may be claimed through SIAPkerja up to this last day; after it the right is lost.",
)
JKP_LOST = Message(
    "Batas waktu mengajukan JKP sudah lewat; haknya hilang.", "The time to claim JKP has passed; the right is lost."
)
JKP_EMPLOYER = Message(
    "Tidak terdaftar sebagai peserta JKP. Bila seharusnya didaftarkan, pemberi kerja wajib membayar uang tunainya "
    "sekaligus.",
    "Not a participant of JKP. If the employer should have enrolled the worker, he must pay the cash benefit at once.",
)
JKP_MICRO = Note(
    "jkp_micro_employer",
    "Usaha mikro dikecualikan dari kewajiban itu.",
    "Micro businesses are exempt from that duty.",
    ("PP 37/2021 Pasal 37(2)",),
    "gazette",
)
JKP_CONDITIONS = Note(
    "jkp_conditions",
    "Syaratnya paling sedikit 12 bulan iuran dalam 24 bulan, bersedia bekerja kembali, dan ada bukti PHK; hak hilang "
    "bila sudah bekerja lagi.",
    "It needs 12 paid months within 24, the will to work again and proof of the dismissal; it is lost with a new job.",
    ("PP 37/2021 Pasal 19(2)", "PP 37/2021 Pasal 19(3)", "PP 37/2021 Pasal 40"),
    "gazette",
)
JKP_OPEN_2025 = Note(
    "jkp_window_2025",
    "Batas 3 bulan masih terbuka saat PP 6/2025 berlaku; dipakai 6 bulan, tetapi aturan peralihannya tidak ditemukan.",
    "The 3 months were still open when PP 6/2025 took effect; 6 are used, but no transitional rule for it was found.",
    ("PP 37/2021 Pasal 40", "PP 6/2025 Pasal 40"),
    "unconfirmed",
)

JP_KEPT = Message(
    "Bulan iuran JP tetap dihitung dan dilanjutkan bila bekerja lagi pada pemberi kerja.",
    "The months of JP stay counted and are continued with the next employer.",
)
JP_MOVES = Message(
    "Pemberi kerja yang baru wajib meneruskan JP sejak hari pertama bekerja di sana.",
    "The new employer must continue JP from the first day of work there.",
)
JP_RETIRED = Message(
    "Hak pensiun mulai tanggal 1 bulan sesudah usia pensiun JP: bulanan bila iuran 180 bulan, kalau kurang sekaligus.",
    "The right runs from the 1st of the month after JP's pension age: monthly with 180 paid months, else in one sum.",
)
JP_BENEFIT: dict[str, tuple[Message, tuple[str, ...]]] = {
    "permanently_disabled": (
        Message(
            "Hak pensiun cacat mulai tanggal 1 bulan sesudah cacat total tetap ditetapkan.",
            "A disability pension runs from the 1st of the month after total disability is determined.",
        ),
        ("PP 45/2015 Pasal 20(1)", "PP 45/2015 Pasal 20(4)"),
    ),
    "died": (
        Message(
            "Hak pensiun janda, duda, anak, atau orang tua mulai tanggal 1 bulan sesudah meninggal.",
            "A pension for widow, widower, child or parent runs from the 1st of the month after the death.",
        ),
        ("PP 45/2015 Pasal 21(4)", "PP 45/2015 Pasal 22(4)", "PP 45/2015 Pasal 23(4)"),
    ),
}
LATER = Note(
    "benefit_amount_later",
    "Besarnya manfaat dan syarat kepadatan iuran dihitung tersendiri.",
    "The amount and the condition of payment density are reckoned elsewhere.",
    ("PP 45/2015 Pasal 17", "PP 45/2015 Pasal 20(3)"),
    "gazette",
)

OWN_ACCOUNT = Message(
    "Bila bekerja sendiri (BPU), perlindungan berlanjut tanpa jeda bila didaftarkan dan iuran pertama dibayar paling "
    "lambat hari ini.",
    "Working on one's own account (BPU), cover goes on without a gap if registered and first paid by this day.",
)
JP_NOT_ALONE = Message(
    "JP tidak tersedia bagi yang bekerja sendiri (BPU).", "JP is not open to those who work on their own account."
)
OWN_ARTICLES = {
    "JKK": ("PP 44/2015 Pasal 5(3)", "PP 44/2015 Pasal 11(5)"),
    "JKM": ("PP 44/2015 Pasal 5(3)", "PP 44/2015 Pasal 11(5)"),
    "JHT": ("PP 46/2015 Pasal 4(3)", "PP 46/2015 Pasal 13(4)"),
}
OWN_START = Note(
    "own_account_starts",
    "Perlindungan BPU mulai saat nomor dikeluarkan; dipakai hari iuran pertama dibayar. Bayar lebih awal lebih aman.",
    "BPU cover starts when the number is issued; the day of the first payment is used, so paying earlier is safer.",
    ("PP 44/2015 Pasal 11(4)", "PP 44/2015 Pasal 11(5)"),
    "gazette",
)
