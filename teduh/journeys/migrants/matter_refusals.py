"""What is refused around matters, with why and what to do. None of these words depends on what others have opened."""

from __future__ import annotations

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text


def missing() -> Refused:
    return not_found(Text("Urusan ini tidak ditemukan.", "There is no such matter."))


def kind() -> Refused:
    return Refused(
        "unknown_kind",
        Text("Jenis urusan belum dipilih.", "The kind of matter has not been chosen."),
        then=Text("Pilih salah satu yang ditawarkan.", "Choose one of those that are offered."),
        field="kind",
    )


def empty() -> Refused:
    return Refused(
        "nothing_said",
        Text("Isinya belum ditulis.", "Nothing has been written."),
        then=Text("Tulis apa yang terjadi atau apa yang Anda tanyakan.", "Write what happened or what you ask."),
        field="text",
    )


def too_many(most: int) -> Refused:
    return Refused(
        "too_many_matters",
        Text(f"Sudah ada {most} urusan Anda yang belum selesai.", f"{most} of your matters are not done yet."),
        then=Text("Tulis di salah satu urusan itu.", "Write in one of those."),
        status=409,
    )


def may_not_speak() -> Refused:
    return Refused(
        "family_may_not_speak",
        Text("Anda belum diberi izin bicara dalam urusan.", "You have not been let speak in matters."),
        then=Text("Minta keluarga Anda memberi izin itu, atau hubungi Perwakilan RI.",
                  "Ask your relative to allow it, or call the Indonesian mission."),
        status=403,
    )  # fmt: skip


def not_by_an_agency() -> Refused:
    return Refused(
        "complaint_not_by_an_agency",
        Text("Pengaduan dibuka oleh pekerja atau keluarganya.", "Complaints are opened by workers or their family."),
        then=Text("Pilih jenis urusan lain.", "Choose another kind of matter."),
        status=403,
        field="kind",
    )


def never_to_an_agency() -> Refused:
    return Refused(
        "complaint_never_to_an_agency",
        Text("Pengaduan tidak pernah diperlihatkan kepada perusahaan penempatan.", "No agency ever sees a complaint."),
        then=Text("Hapus pilihan itu; yang membacanya Perwakilan RI dan petugas.",
                  "Untick that; the mission and the fund's officers read it."),
        field="agency_sees",
    )  # fmt: skip


def staff_only() -> Refused:
    return Refused(
        "matter_not_for_this_role",
        Text("Hanya Perwakilan RI atau petugas yang dapat melakukan ini.", "Only the mission or an officer may."),
        then=Text("Tulis saja jawaban Anda.", "Simply write your answer."),
        status=403,
    )


def wrong_state(now: Text) -> Refused:
    return Refused(
        "wrong_state",
        Text(f"Urusan ini: {now.id.lower()}.", f"This matter: {now.en.lower()}."),
        then=Text("Muat ulang halamannya.", "Load the page again."),
        status=409,
    )
