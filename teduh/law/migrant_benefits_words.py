"""What is said about a migrant worker's benefits: names of the parts, why nothing is given, and the blind spots."""

from __future__ import annotations

from teduh.law.messages import Message, Note, Reason, RulebookError

PARTS: dict[str, Message] = {
    "cash": Message("Uang tunai", "Cash"),
    "transport": Message("Biaya angkutan atau pemulangan", "Transport or way home"),
    "refund": Message("Biaya yang diganti", "Costs refunded"),
    "death": Message("Santunan kematian", "Death sum"),
    "periodic": Message("Santunan berkala, sekaligus", "Periodic sum, at once"),
    "funeral": Message("Biaya pemakaman", "Funeral sum"),
    "scholarship": Message("Beasiswa setahun", "Scholarship of a year"),
}
NEW_IN_2023 = Reason(
    "new_in_2023",
    "Manfaat ini baru ada sejak 22 Februari 2023.",
    "This benefit exists since 22 February 2023 only.",
    ("Permenaker 4/2023",),
    "official",
)
OTHER_PHASE = Reason(
    "other_phase",
    "Manfaat ini tidak diberikan pada tahap tersebut.",
    "This benefit is not given in that phase.",
    ("Permenaker 4/2023 Pasal 27(1)", "Permenaker 4/2023 Pasal 34(1)"),
    "gazette",
)
OWN_FAULT = Reason(
    "own_fault",
    "Terjadi karena kesalahan atau kehendak sendiri.",
    "It happened by one's own fault or wish.",
    ("Permenaker 4/2023 Pasal 27(3)", "Permenaker 4/2023 Pasal 34(1)"),
    "gazette",
)


def _excluded(code: str, id: str, en: str, articles: tuple[str, ...]) -> Reason:
    return Reason(code, id, en, articles, "official")


_OLD, _TROUBLE = ("Permenaker 18/2018",), ("Permenaker 4/2023 Pasal 34(1)c", "Permenaker 4/2023 Lampiran")
EXCLUDED: dict[str, Reason] = {
    one.code: one
    for one in (
        _excluded("contract_expired", "Perjanjian kerja berakhir pada waktunya.", "The agreement ran out.", _OLD),
        _excluded("leave", "Sedang cuti.", "On leave.", _OLD),
        _excluded("illness", "Sakit yang bukan akibat kecelakaan kerja.", "An illness not by a work accident.", _OLD),
        _excluded("deported", "Dideportasi.", "Deported.", _OLD),
        _excluded("broke_law", "Melanggar hukum.", "Broke the law.", _OLD),
        _excluded("moved", "Pindah pekerjaan.", "Moved to other work.", _OLD),
        _excluded("absconded", "Melarikan diri dari pekerjaan.", "Absconded.", _OLD),
        _excluded("resigned", "Mengundurkan diri.", "Resigned.", _OLD),
        _excluded("crime", "Terbukti sengaja melakukan kejahatan atau perbuatan melawan hukum.",
                  "A deliberate crime or unlawful act is proven.", _TROUBLE),
        _excluded("drugs", "Terbukti sengaja memakai atau mengedarkan narkotika, psikotropika, atau minuman keras "
                  "terlarang.", "Deliberate use of or dealing in drugs, psychotropics or banned alcohol is proven.",
                  _TROUBLE),
    )
}  # fmt: skip
EXCLUDED_FROM: dict[str, tuple[str, ...]] = {
    "dismissed_accident": ("contract_expired", "leave", "illness", "deported", "broke_law", "moved", "absconded",
                           "resigned", "crime", "drugs"),
    "repatriation": ("crime", "drugs"),
}  # fmt: skip
OVER_A_YEAR = Note(
    "pmi_home_care_year",
    "Perawatan di rumah paling lama 1 tahun; biaya yang diisi harus biaya dalam 1 tahun itu.",
    "Home care lasts 1 year at most; the costs given must be those of that year.",
    ("Permenaker 4/2023 Lampiran",),
    "official",
)
UNDER_THREE_MONTHS = Note(
    "pmi_dismissed_under_three",
    "Lapisan yang diberitakan mulai dari 3 bulan bekerja; kurang dari itu dianggap tidak ada uang tunai.",
    "The reported tiers start at 3 months of work; less is taken to give no cash.",
    ("Permenaker 18/2018",),
    "unconfirmed",
)
PERIODIC_UNKNOWN = Note(
    "pmi_periodic_unknown",
    "Santunan berkala sebelum 22 Februari 2023 tidak ditemukan; yang dijawab hanya santunan cacatnya.",
    "The periodic sum before 22 February 2023 was not found; only the sum for the disability is answered.",
    ("Permenaker 18/2018",),
    "unconfirmed",
)

_READ = Message("Minta BPJS Ketenagakerjaan memutuskan, atau tambahkan besarnya beserta kutipan lampirannya.",
                "Let the agency rule, or add the amount with its citation of the annex.")  # fmt: skip
_UNREAD = Message("Lampiran Permenaker 4/2023 belum dibaca, dan besarnya tidak ditemukan di sumber lain.",
                  "The annex of Permenaker 4/2023 was not read, and no other source gives the amount.")  # fmt: skip
_OLD_UNREAD = Message(*(said.replace("4/2023", "18/2018") for said in _UNREAD))
_BODY = Message(
    "Manfaat ini tidak ditemukan dalam naskah yang dibaca.", "This benefit was not found in the texts read."
)
_AGENCY = Message(
    "Perusahaan penempatan wajib memulangkan jenazah dan menanggung biayanya (UU 18/2017 Pasal 27(2)); hubungi "
    "perusahaan itu dan Perwakilan RI.",
    "The placing agency must bring the body home and pay for it (UU 18/2017 Pasal 27(2)); turn to it and to the "
    "mission.",
)
#: What the question was about, for each declared blind spot; why and what next where they differ from the usual.
BLIND: dict[str, Message] = {
    "transport_abroad": Message("Biaya angkutan korban di luar negeri belum diketahui.",
                                "What is paid for transport abroad is not known."),
    "rehabilitation": Message("Batas biaya alat bantu dan alat ganti belum diketahui.",
                              "The limit for aids (orthosis, prosthesis) is not known."),
    "death_accident_outside": Message(
        "Santunan kematian karena kecelakaan kerja sebelum dan setelah bekerja belum diketahui.",
        "The sum for a death by accident before or after work is not known."),
    "failed_placement": Message("Uang tunai karena gagal ditempatkan sejak 22 Februari 2023 belum diketahui.",
                                "The cash for failing to be placed since 22 February 2023 is not known."),
    "dismissed_accident": Message(
        "Uang tunai karena diberhentikan akibat kecelakaan kerja sejak 22 Februari 2023 belum diketahui.",
        "The cash on dismissal after an accident since 22 February 2023 is not known."),
    "dismissed_accident_long": Message(
        "Uang tunai lama untuk masa kerja 18 bulan atau lebih belum diketahui.",
        "The old cash for 18 months of work or more is not known."),
    "body_home": Message("Biaya pemulangan jenazah tidak dijawab.",
                         "The cost of bringing a body home is not answered."),
    "legal_aid": Message("Bantuan hukum tidak dijawab.", "Legal aid is not answered."),
    "companion": Message("Biaya pendamping tidak dijawab.", "A companion's costs are not answered."),
}  # fmt: skip
_NOT_LISTED = ("body_home", "legal_aid", "companion")


def refused(event: str, because: RulebookError | None = None) -> RulebookError:
    """The refusal of a question whose amount nobody published: what, why, and what to do next."""
    old = event.endswith("_old") or event == "dismissed_accident_long"
    what = BLIND.get(event) or Message(
        "Besarnya manfaat ini sebelum 22 Februari 2023 belum diketahui.",
        "What this benefit came to before 22 February 2023 is not known.",
    )
    why = _BODY if event in _NOT_LISTED else _OLD_UNREAD if old else _UNREAD
    return RulebookError(f"pmi_{event}", what=what, why=why, next=_AGENCY if event == "body_home" else _READ)
