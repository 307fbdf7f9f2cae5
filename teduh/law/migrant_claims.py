"""How a migrant worker's claim is made: until when, with which documents, and who inherits. Decides no amount."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import deadlines
from teduh.law.messages import FactsError, Message, RulebookError

ARTICLE = "Permenaker 4/2023 Pasal 57"


class Paper(NamedTuple):
    """One document to prepare: for whom it counts, its article and how sure that is."""

    code: str
    name: Message
    articles: tuple[str, ...]
    status: str


def _papers(article: str, status: str, *rows: tuple[str, str, str]) -> tuple[Paper, ...]:
    return tuple(Paper(code, Message(id, en), (article,), status) for code, id, en in rows)


_ACCIDENT = _papers(
    "Permenaker 4/2023 Pasal 50(1)", "gazette",
    ("form", "Formulir F3 PMI", "Form F3 PMI"),
    ("card", "Kartu peserta", "Membership card"),
    ("passport", "Paspor", "Passport"),
    ("statement", "Surat keterangan pemberi kerja, Perwakilan RI, KDEI, atau kantor tenaga kerja setempat",
     "Statement of the employer, mission, KDEI or local labour office"),
    ("diagnosis", "Diagnosis atau ringkasan medis", "Diagnosis or medical résumé"),
    ("transport", "Bukti bayar angkutan setempat dan rekening pekerja atau yang menalangi",
     "Proof of local transport and the account of the worker or of whoever paid"),
)  # fmt: skip
_INSURED = _papers(
    "Permenaker 4/2023 Pasal 50(2)", "gazette",
    ("insurer", "Keterangan penjamin setempat, Perwakilan RI, KDEI, atau kantor tenaga kerja tentang yang dibayar",
     "Statement of the insurer, mission, KDEI or labour office on what was paid"),
    ("bills", "Kuitansi biaya perawatan", "Medical bills"),
    ("payer", "Rekening yang menalangi", "Account of whoever advanced the costs"),
)  # fmt: skip
_DEATH = _papers(
    "Permenaker 4/2023 Pasal 57(1)", "gazette",
    ("form", "Formulir klaim kematian", "Claim form"),
    ("card", "Kartu peserta", "Membership card"),
    ("identity", "KTP, paspor, atau identitas lain pekerja", "Identity card, passport or other identity of the worker"),
    ("heir", "Identitas ahli waris", "Identity of the heir"),
    ("family_card", "Kartu keluarga", "Family card"),
    ("death", "Surat kematian dari dokter atau pejabat, Perwakilan RI, atau KDEI; bila hilang, surat keterangan hilang",
     "Death certificate by a doctor or official, mission or KDEI; if missing, their statement"),
    ("heirs", "Surat keterangan ahli waris", "Certificate of heirs"),
    ("account", "Rekening ahli waris", "Account of the heir"),
)  # fmt: skip
_ON_LEAVE = _papers(
    "Permenaker 4/2023 Pasal 57(2)", "gazette",
    ("leave", "Keterangan cuti dari pemberi kerja, pelaksana penempatan, Perwakilan RI, atau KDEI",
     "Statement of the leave by the employer, implementer, mission or KDEI"),
)  # fmt: skip
_AT_SEA = _papers(
    "Permenaker 4/2023 Pasal 57(3)", "gazette",
    ("missing", "Surat keterangan Perwakilan RI atau KDEI berdasarkan surat otoritas setempat",
     "Certificate of the mission or KDEI based on a letter of the local authority"),
)  # fmt: skip
_DISMISSED = _papers(
    "Permenaker 4/2023 Pasal 34(1)m", "secondary",
    ("letter", "Surat pemutusan hubungan kerja; pekerja sudah kembali ke Indonesia (praktik)",
     "Letter of dismissal; the worker has come home (practice)"),
)  # fmt: skip
_JOINING = _papers(
    "Permenaker 4/2023 Pasal 6-8", "secondary",
    ("identity", "KTP elektronik", "Electronic identity card"),
    ("family_card", "Kartu keluarga", "Family card"),
)  # fmt: skip
_WORKING = _papers(
    "Permenaker 4/2023 Pasal 6-8", "secondary",
    ("identity", "KTP elektronik", "Electronic identity card"),
    ("family_card", "Kartu keluarga", "Family card"),
    ("passport", "Paspor", "Passport"),
    ("agreement", "Perjanjian kerja", "Work agreement"),
)  # fmt: skip
_EXTENDING = _papers(
    "Permenaker 4/2023 Pasal 20", "secondary",
    ("identity", "KTP elektronik", "Electronic identity card"),
    ("agreement", "Perjanjian kerja yang diperpanjang", "Extended work agreement"),
)  # fmt: skip
_LEAVING = _papers(
    "UU 18/2017 Pasal 13", "gazette",
    ("marriage", "Surat keterangan status perkawinan", "Statement of marital status"),
    ("permission", "Izin suami, istri, orang tua, atau wali yang diketahui kepala desa atau lurah",
     "Leave of husband, wife, parents or guardian, seen by the head of the village"),
    ("competence", "Sertifikat kompetensi kerja", "Certificate of competence"),
    ("health", "Surat keterangan sehat", "Certificate of health"),
    ("passport", "Paspor", "Passport"),
    ("visa", "Visa kerja", "Work visa"),
    ("placement", "Perjanjian penempatan", "Placement agreement"),
    ("agreement", "Perjanjian kerja", "Work agreement"),
)  # fmt: skip

DOCUMENTS: dict[str, tuple[Paper, ...]] = {
    "joining_before": _JOINING,
    "joining_during": _WORKING,
    "extension": _EXTENDING,
    "departure": _LEAVING,
    "accident_abroad": _ACCIDENT,
    "accident_abroad_insured": _ACCIDENT + _INSURED,
    "death": _DEATH,
    "death_on_leave": _DEATH + _ON_LEAVE,
    "missing_at_sea": _DEATH + _AT_SEA,
    "dismissed": _DISMISSED,
}


def documents(*, what: str) -> tuple[Paper, ...]:
    """Permenaker 4/2023 Pasal 50, 57 and UU 18/2017 Pasal 13: what to prepare for this."""
    if what not in DOCUMENTS:
        raise FactsError(f"Keperluan “{what}” tidak dikenal.", f"The purpose “{what}” is not known.")
    return DOCUMENTS[what]


def claim_until(*, event: dt.date) -> deadlines.Limit:
    """The last day to claim JKK for something that happened on `event`."""
    return deadlines.migrant_claim(event=event, claim=event)


#: Permenaker 4/2023 Pasal 57(4): each rank takes only if nobody of the ranks before it is left.
HEIRS: tuple[tuple[str, tuple[str, ...], Message], ...] = (
    ("family", ("spouse", "child"), Message("janda, duda, atau anak", "widow, widower or child")),
    ("blood_line", ("parent", "grandparent", "grandchild"),
     Message("sedarah ke atas dan ke bawah sampai derajat kedua", "blood line up and down to the 2nd degree")),
    ("sibling", ("sibling",), Message("saudara kandung", "brothers and sisters")),
    ("parent_in_law", ("parent_in_law",), Message("mertua", "parents-in-law")),
    ("will", ("will",), Message("pihak yang ditunjuk dalam wasiat", "whoever the will names")),
)  # fmt: skip


def heirs(*, survivors: frozenset[str]) -> tuple[str, tuple[str, ...], Message]:
    """Permenaker 4/2023 Pasal 57(4): the first rank with anybody left, and who of the survivors stands in it.

    Nobody left is Pasal 57(5), which was not read whole.
    """
    for rank, members, name in HEIRS:
        if found := tuple(one for one in members if one in survivors):
            return rank, found, name
    raise RulebookError(
        "pmi_no_heirs",
        what=Message("Tidak ada ahli waris yang disebut.", "No heir is named."),
        why=Message("Pasal 57(5) tentang keadaan tanpa ahli waris hanya terbaca sebagian.",
                    "Pasal 57(5), on nobody being left, was read in part only."),
        next=Message("Minta BPJS Ketenagakerjaan memutuskan siapa yang menerima.", "Let the agency rule."),
    )  # fmt: skip
