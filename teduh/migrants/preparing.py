"""What a family or a worker prepares when somebody has died, is missing or had an accident: the papers, each with its
article, as the regulation lists them. What was not read is said to be so; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from teduh.core.text import Text
from teduh.migrants.models import MatterKind


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to have ready. `status` is how surely this is known: gazette, secondary."""

    text: Text
    article: str
    status: str = "gazette"


ACCIDENT_ARTICLE = "Permenaker 4/2023 Pasal 50(1)"
DEATH_ARTICLE = "Permenaker 4/2023 Pasal 57(1)"
CARD = Text("Kartu peserta BPJS Ketenagakerjaan", "The member's card")

ACCIDENT = tuple(
    Paper(text, ACCIDENT_ARTICLE)
    for text in (
        Text("Formulir laporan kecelakaan (F3 PMI)", "The accident form (F3 PMI)"),
        CARD,
        Text("Paspor", "Passport"),
        Text("Surat keterangan dari pemberi kerja, Perwakilan RI, KDEI, atau dinas tenaga kerja setempat",
             "A statement by the employer, the mission, KDEI or the labour office there"),
        Text("Diagnosis atau resume medis dari dokter", "The doctor's diagnosis or medical résumé"),
        Text("Bukti bayar pengangkutan, dan rekening yang membayar", "Proof of what transport cost, and who paid it"),
        Text("Bukti lain bila ada", "Other proof, if there is any"),
    )
) + (
    Paper(Text("Bila asuransi setempat membayar sebagian: keterangan berapa yang dibayar, dan tagihan rumah sakit",
               "If local insurance paid a part: a statement of how much, and the hospital's bills"),
          "Permenaker 4/2023 Pasal 50(2)"),
)  # fmt: skip

DEATH = tuple(
    Paper(text, DEATH_ARTICLE)
    for text in (
        Text("Formulir klaim jaminan kematian", "The form of the death claim"),
        CARD,
        Text("KTP, paspor, atau identitas lain pekerja", "The worker's KTP, passport or other identity paper"),
        Text("KTP ahli waris", "The heir's KTP"),
        Text("Kartu keluarga", "The family card"),
        Text("Akta atau surat kematian dari dokter, pejabat setempat, Perwakilan RI, atau KDEI",
             "A death certificate by a doctor, an official, the mission or KDEI"),
        Text("Surat keterangan ahli waris", "The certificate of heirs"),
        Text("Rekening ahli waris", "The heir's bank account"),
    )
) + (
    Paper(Text("Bila meninggal ketika cuti di Indonesia: keterangan cuti dari pemberi kerja, pelaksana penempatan, "
               "Perwakilan RI, atau KDEI",
               "If it happened on leave in Indonesia: a statement of the leave by employer, implementer, mission or "
               "KDEI"),
          "Permenaker 4/2023 Pasal 57(2)"),
    Paper(Text("Bila karena kecelakaan kerja: juga surat-surat laporan kecelakaan",
               "If by an accident at work: the papers of the accident too"),
          "Permenaker 4/2023 Pasal 50(3)"),
)  # fmt: skip

MISSING = (
    Paper(Text("Surat keterangan hilang dari Perwakilan RI atau KDEI", "The mission's or KDEI's statement that he is "
               "missing"),
          DEATH_ARTICLE),
    Paper(Text("Bila hilang di laut: keterangan Perwakilan RI atau KDEI berdasarkan surat pejabat setempat",
               "If missing at sea: the mission's or KDEI's certificate, based on a letter of the authority there"),
          "Permenaker 4/2023 Pasal 57(3)"),
    *(Paper(text, DEATH_ARTICLE) for text in (
        CARD,
        Text("KTP, paspor, atau identitas lain pekerja", "The worker's KTP, passport or other identity paper"),
        Text("KTP ahli waris dan kartu keluarga", "The heir's KTP and the family card"),
    )),
)  # fmt: skip

DISMISSAL = (
    Paper(Text("Surat pemutusan hubungan kerja (PHK); klaim diajukan sesudah kembali ke Indonesia",
               "The letter of dismissal; the claim is made after the return to Indonesia"),
          "praktik/practice", "secondary"),
)  # fmt: skip

PAPERS: dict[str, tuple[Paper, ...]] = {
    MatterKind.ACCIDENT: ACCIDENT,
    MatterKind.DEATH: DEATH,
    MatterKind.MISSING: MISSING,
    MatterKind.DISMISSAL: DISMISSAL,
}

#: How soon, and by which article. The right itself lapses after the years that `pmi_claim_years` holds.
SOON: dict[str, Text] = {
    MatterKind.ACCIDENT: Text(
        "Laporkan pada kesempatan pertama; hak klaim gugur sesudah {years} tahun (Permenaker 4/2023 Pasal 43).",
        "Report it at the first opportunity; the right lapses after {years} years (Permenaker 4/2023 Pasal 43).",
    ),
    MatterKind.DEATH: Text(
        "Ahli waris ditentukan urutannya oleh Permenaker 4/2023 Pasal 57(4): istri/suami atau anak lebih dahulu.",
        "The order of heirs is that of Permenaker 4/2023 Pasal 57(4): widow, widower or child first.",
    ),
    MatterKind.MISSING: Text(
        "Perwakilan RI mencari dan memberi surat keterangannya; simpan semua kabar terakhir.",
        "The mission searches and gives the statement; keep every last word heard.",
    ),
}


def papers(*, kind: str) -> tuple[Paper, ...]:
    """What to have ready for a matter of this kind; nothing for the others."""
    return PAPERS.get(kind, ())
