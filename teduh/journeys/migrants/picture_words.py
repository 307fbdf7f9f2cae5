"""What is said beside the numbers of the picture: what each is compared with, and how far that may be trusted."""

from __future__ import annotations

import datetime as dt

from teduh.core.text import Text
from teduh.migrants.estimates import Estimate

OLD_YEARS = 3
EVERYWHERE = Text("Semua negara", "All destinations")
NO_ESTIMATE = Text(
    "Belum ada perkiraan yang diterbitkan untuk tempat ini.", "No estimate was published for this place."
)
STOCK = Text(
    "Dibandingkan dengan perkiraan jumlah pekerja di sana ({period}): {people} orang. Yang dihitung: {compared} orang "
    "yang dilindungi selama bekerja hari ini.",
    "Compared with an estimate of the workers there ({period}): {people_en}. Counted: {compared_en} who are covered at "
    "work today.",
)
PLACED = Text(
    "Bukan jumlah pekerja yang ada, melainkan penempatan selama {period}: {people} orang. Yang dihitung: {compared} "
    "orang yang berangkat pada tahun itu dan dilindungi pada hari berangkat.",
    "Not the number of workers, but placements during {period}: {people_en}. Counted: {compared_en} who left in that "
    "year and were covered on the day they left.",
)
OLD = Text(" Perkiraan ini sudah lama.", " This estimate is old.")
UNSURE = Text(" Perkiraan ini belum dikonfirmasi.", " This estimate is unconfirmed.")
NOTES = (
    Text(
        "Perkiraan diambil dari yang diterbitkan pihak lain, dengan sumber dan tanggalnya; jumlah pekerja tanpa "
        "dokumen tidak diketahui pasti.",
        "Estimates are what others published, with source and date; how many work without papers is not known.",
    ),
    Text(
        "Jumlah pekerja (stok) dan penempatan setahun adalah dua hal berbeda dan tidak dijumlahkan.",
        "The number of workers (stock) and a year's placements are different things and are not added up.",
    ),
    Text(
        "Perpanjangan dihitung bila dibayar dalam satu bulan sesudah perjanjian berakhir, bagi yang tidak pulang.",
        "A renewal counts if it was paid within a month after the agreement ended, for those who did not go home.",
    ),
)
PUBLISHED = Text(
    "Peserta aktif pekerja migran menurut yang diterbitkan ({period}): {people} orang.",
    "Active migrant participants as published ({period}): {people_en}.",
)
HIDDEN = Text(
    "Jumlah di bawah lima tidak ditampilkan; kadang satu jumlah lain ikut disembunyikan supaya tidak dapat dihitung.",
    "Counts under five are not shown; sometimes another count is left out with them, so that none can be worked out.",
)


def notes(*, participants: Estimate | None) -> tuple[Text, ...]:
    """What is said beside the whole picture, with the newest published number of participants to compare."""
    if participants is None:
        return NOTES
    people = participants.people
    said = PUBLISHED.with_(period=participants.period, people=_id(people), people_en=f"{people:,}")
    return (*NOTES, said)


def note(*, estimate: Estimate, compared: int, on: dt.date) -> Text:
    """What this row's estimate is, what it was compared with, and whether it is old or unsure."""
    said = (STOCK if estimate.kind == "stock" else PLACED).with_(
        period=estimate.period, people=_id(estimate.people), people_en=f"{estimate.people:,}", compared=_id(compared),
        compared_en=f"{compared:,}",
    )  # fmt: skip
    parts = [said]
    parts += [OLD] if on.year - int(estimate.period[:4]) > OLD_YEARS else []
    parts += [UNSURE] if estimate.confidence in ("low", "derived") else []
    return Text("".join(part.id for part in parts), "".join(part.en for part in parts))


def _id(number: int) -> str:
    return f"{number:,}".replace(",", ".")
