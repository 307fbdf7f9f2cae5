"""What is said when an end cannot be taken as told: what, why, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import dates
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.employers import firm_refusals
from teduh.law.months import Month


def no_employment() -> Refused:
    """There is no such employment, or it is not the asker's."""
    return not_found(Text("Hubungan kerja ini tidak ditemukan.", "There is no such employment."))


def ended_already(day: dt.date) -> Refused:
    """It ended once."""
    return Refused(
        "employment_ended_already",
        Text(f"Hubungan kerja ini sudah berakhir pada {dates.day(day).id}.",
             f"This employment ended on {dates.day(day).en} already."),
        then=Text("Bila tanggal atau sebabnya keliru, minta petugas.", "If day or cause are wrong, ask an officer."),
        status=409, field="ended_on",
    )  # fmt: skip


def before_start(day: dt.date) -> Refused:
    """Nobody leaves before he came."""
    return Refused(
        "end_before_start",
        Text("Hari terakhir mendahului hari pertama bekerja.", "The last day of work is before the first."),
        why=Text(f"Mulai bekerja {dates.day(day).id}.", f"The work began on {dates.day(day).en}."),
        then=Text("Perbaiki tanggalnya.", "Correct the day."),
        field="ended_on",
    )


def not_yet() -> Refused:
    """A worker tells what has happened."""
    return Refused(
        "end_in_future",
        Text("Hari kerja terakhir belum lewat.", "The last day of work has not come yet."),
        then=Text("Sampaikan setelah hari itu, atau minta pemberi kerja.", "Tell it then, or ask the employer."),
        field="ended_on",
    )


def filed_as_worked(months: Sequence[Month]) -> Refused:
    """What was filed is amended before it is contradicted."""
    said = firm_refusals.listed(months)
    return Refused(
        "months_filed_after_end",
        Text(f"Pekerja ini masih dilaporkan bekerja: {said.id}.", f"This worker is on the returns of {said.en}."),
        why=Text(
            "Bulan setelah hari kerja terakhir tidak boleh ada di laporan.", "No month after the last day is reported."
        ),
        then=Text(
            "Buat pembetulan laporan bulan itu tanpa pekerja ini, lalu nyatakan berhenti; atau perbaiki tanggalnya.",
            "Amend the returns of these months without this worker, then tell the end; or correct the day.",
        ),
        status=409, field="ended_on",
    )  # fmt: skip


def answer_first() -> Refused:
    """The worker spoke first."""
    return Refused(
        "worker_told_already",
        Text("Pekerja sudah menyatakan berhenti dan menunggu tanggapan Anda.",
             "The worker told it already and waits for your answer."),
        then=Text("Benarkan atau bantah pernyataannya.", "Confirm or dispute it."),
        status=409,
    )  # fmt: skip


def told_otherwise() -> Refused:
    """One word at a time."""
    return Refused(
        "told_otherwise",
        Text("Anda sudah menyampaikan tanggal atau sebab lain.", "You told another day or cause before."),
        why=Text("Pernyataan itu masih menunggu tanggapan.", "It still waits for an answer."),
        then=Text("Tunggu tanggapannya, atau minta petugas membetulkan.", "Wait for it, or ask an officer."),
        status=409,
    )


def no_reason() -> Refused:
    """A dispute says why."""
    return Refused(
        "reason_missing",
        Text("Alasan membantah belum diisi.", "The reason of the dispute is missing."),
        then=Text("Tulis mengapa pernyataan itu tidak benar.", "Write why it is not so."),
        field="why",
    )


def employer_may_still_answer(until: dt.date) -> Refused:
    """An officer does not overtake the employer."""
    return Refused(
        "employer_may_still_answer",
        Text(f"Pemberi kerja masih dapat menanggapi sampai {dates.day(until).id}.",
             f"The employer may answer until {dates.day(until).en}."),
        then=Text("Putuskan setelah hari itu, atau setelah dibantah.", "Decide after that day, or when disputed."),
        status=409,
    )  # fmt: skip


def not_left() -> Refused:
    """Continuing comes after leaving."""
    return Refused(
        "not_left",
        Text("Belum ada pekerjaan yang dinyatakan berakhir.", "No employment was told to have ended."),
        then=Text(
            "Sampaikan dulu bahwa Anda berhenti, atau daftar sebagai peserta BPU biasa.",
            "Tell first that it ended, or join as self-employed.",
        ),
        status=409,
    )


def not_ended() -> Refused:
    """Only an end is corrected."""
    return Refused(
        "employment_not_ended",
        Text("Hubungan kerja ini belum berakhir.", "This employment has not ended."),
        then=Text("Nyatakan berhenti lebih dulu.", "Tell its end first."),
        status=409,
    )


def nothing_to_correct() -> Refused:
    """As it is already."""
    return Refused(
        "nothing_to_correct",
        Text("Hari dan sebabnya sudah seperti itu.", "Day and cause are so already."),
        then=Text("Ubah harinya atau sebabnya, atau batalkan.", "Change the day or the cause, or leave it."),
        field="ended_on",
    )
