"""A person's protection on a day as it is told: every source beside the other, for each programme the best of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import dates
from teduh.core.text import Text

NAMES = {
    "JKK": Text("Jaminan Kecelakaan Kerja", "Work injury"),
    "JKM": Text("Jaminan Kematian", "Death"),
    "JHT": Text("Jaminan Hari Tua", "Old-age savings"),
    "JP": Text("Jaminan Pensiun", "Pension"),
}
#: From best to worst; a person's standing is that of his worst mandatory programme.
STATES = ("protected", "employer_owes", "returning", "grace", "employer_pays_first", "ended", "lapsed", "never")
#: Whoever is in one of these has a right to the benefit, in full, in part, or from his employer first. `returning`: a
#: migrant's month to prepare the return.
COVERED = ("protected", "employer_owes", "returning", "grace", "employer_pays_first")
MANDATORY = ("JKK", "JKM")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCover:
    """One programme on one day. `paid_until` ends the last paid month, up to `due_until` nothing is in arrears,
    and arrears may be settled up to `grace_until`; None where cover never started. `ends`: the last day of the work or
    enrolment that it comes with, if known. A migrant's is of a `phase`: the paid time, and up to `grace_until` the
    month to return."""

    programme: str
    name: Text
    state: str
    starts: dt.date | None
    paid_until: dt.date | None
    due_until: dt.date | None
    grace_until: dt.date | None
    immediate: bool
    what: Text
    notes: tuple[Text, ...]
    articles: tuple[str, ...]
    segment: str = "BPU"
    ends: dt.date | None = None
    phase: str = ""

    @property
    def is_covered(self) -> bool:
        return self.state in COVERED

    @property
    def until(self) -> dt.date | None:
        """Until when cover is certain as things stand; a wage earner's goes on while he works (None: nobody knows)."""
        if not self.paid_until or not self.due_until:
            return None
        if self.segment == "PMI":
            return self.paid_until if self.state == "protected" else self.grace_until
        if self.segment == "BPU" or self.state in ("protected", "ended"):
            return self.ends if self.segment != "BPU" and self.ends else max(self.paid_until, self.due_until)
        return self.ends or (self.grace_until if self.state == "employer_owes" else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where cover comes from: an employment, a building project, a placement abroad, or one's own contributions."""

    segment: str
    employment: int | None
    project: int | None
    name: str
    label: Text
    programmes: tuple[ProgrammeCover, ...]
    placement: int | None = None

    @property
    def mandatory(self) -> tuple[ProgrammeCover, ...]:
        return tuple(p for p in self.programmes if p.programme in MANDATORY)

    @property
    def state(self) -> str:
        return max((p.state for p in counted(self.mandatory)), key=STATES.index, default="never")

    @property
    def is_covered(self) -> bool:
        return self.state in COVERED

    @property
    def is_partial(self) -> bool:
        """Whether it covers, but not by every mandatory programme."""
        return self.is_covered and not all(p.is_covered for p in self.mandatory)

    @property
    def starts(self) -> dt.date | None:
        return max((p.starts for p in counted(self.mandatory) if p.starts), default=None)

    @property
    def until(self) -> dt.date | None:
        return min((p.until for p in counted(self.mandatory) if p.until), default=None)

    @property
    def ends(self) -> dt.date | None:
        return min((p.ends for p in counted(self.mandatory) if p.ends), default=None)

    @property
    def phase(self) -> str:
        """Before, during or after the work abroad; empty where cover does not come from a placement."""
        return next((p.phase for p in counted(self.mandatory)), "")

    @property
    def what(self) -> Text:
        """What the law says of it, in the words of its worst mandatory programme."""
        worst = max(counted(self.mandatory), key=lambda p: STATES.index(p.state), default=None)
        return worst.what if worst else Text("", "")


def counted(parts: tuple[ProgrammeCover, ...]) -> tuple[ProgrammeCover, ...]:
    """The programmes by which somebody's standing goes. A phase of a placement may give JKM alone (an individual's
    wait, the days after coming home): then that one counts, and is named (`Protection.only`)."""
    partly = any(p.segment == "PMI" and p.is_covered for p in parts)
    return tuple(p for p in parts if p.is_covered) if partly else parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """A person on a day. `person` lives on after merges; `asked` is who was asked for. `programmes` holds the best of
    all `sources`; `begins_next` is the first later day on which cover begins, if one is known."""

    person: int
    asked: int
    on: dt.date
    programmes: tuple[ProgrammeCover, ...]
    enrolled_on: dt.date | None
    sources: tuple[Source, ...] = ()
    begins_next: dt.date | None = None

    @property
    def mandatory(self) -> tuple[ProgrammeCover, ...]:
        return tuple(p for p in self.programmes if p.programme in MANDATORY)

    @property
    def counted(self) -> tuple[ProgrammeCover, ...]:
        return counted(self.mandatory)

    @property
    def state(self) -> str:
        """The worst of the mandatory programmes, each by its best source: protected, employer_owes, returning, grace,
        employer_pays_first, ended, lapsed or never. Where a migrant's phase gives one alone, that one's (`only`)."""
        return max((p.state for p in self.counted), key=STATES.index, default="never")

    @property
    def only(self) -> tuple[str, ...]:
        """The programmes that protect, where not all of the mandatory ones do: ("JKM",) while an individual waits."""
        some = tuple(p.programme for p in self.counted)
        return some if self.is_protected and len(some) < len(MANDATORY) else ()

    @property
    def is_protected(self) -> bool:
        """Whether a claim of this day would find cover: in full, within grace, or from an employer who is behind; of
        the programmes in `only`, if it names any."""
        return self.state in COVERED

    @property
    def is_employed(self) -> bool:
        """Whether what counts on this day comes with a job at home."""
        return any(p.segment in ("PU", "JKN") for p in self.mandatory)

    @property
    def is_migrant(self) -> bool:
        """Whether what counts on this day comes with a placement abroad, or one waits to be paid for."""
        return any(p.segment == "PMI" for p in self.counted)

    @property
    def protected_from(self) -> dt.date | None:
        return max((p.starts for p in self.counted if p.starts), default=None) if self.is_protected else None

    @property
    def protected_until(self) -> dt.date | None:
        """The last day on which every benefit is certain as things stand; a wage earner's cover goes on while he works
        and moves on with each month (None: his employer is so far behind that no day can be named). A migrant's is the
        end of the paid time, and in the month to return the end of that."""
        ends = [p.until for p in self.counted if p.until]
        return min(ends) if ends and self.is_protected else None

    @property
    def grace_until(self) -> dt.date | None:
        return min((p.grace_until for p in self.counted if p.grace_until), default=None)

    @property
    def next_step(self) -> Text:
        """What to do next, as of `on`."""
        if self.is_migrant:
            return self._abroad_next
        if self.is_employed or (self.state == "never" and self.enrolled_on is None):
            return EMPLOYED_NEXT[self.state if self.state in EMPLOYED_NEXT else "ended"]
        if self.state == "never":
            return NEXT["never"]
        return _dated(NEXT[self.state], self.grace_until if self.state == "grace" else self.protected_until)

    @property
    def _abroad_next(self) -> Text:
        """What somebody on a placement does next: by the phase he is covered in, or was."""
        phase = next((p.phase for p in self.counted if p.segment == "PMI"), "")
        word = self.state if self.state in ("never", "returning") else f"{phase}_{self.state}"
        return _dated(PLACED_NEXT.get(word, PLACED_NEXT["during_ended"]), self.protected_until)

    @property
    def gap(self) -> Text | None:
        """Said plainly where cover has ended: since when there is none, and from when there is again, if known."""
        lasts = [end for end in (source.ends for source in self.sources) if end and end < self.on]
        if self.is_protected or self.state != "ended" or not lasts:
            return None
        since = dates.day(max(lasts) + dt.timedelta(days=1))
        if self.begins_next is None:
            return Text(f"Tidak ada perlindungan sejak {since.id}.", f"There has been no protection since {since.en}.")
        before = dates.day(self.begins_next - dt.timedelta(days=1))
        return Text(
            f"Tidak ada perlindungan dari {since.id} sampai {before.id}.",
            f"There was no protection from {since.en} to {before.en}.",
        )


def _dated(said: Text, by: dt.date | None) -> Text:
    day = dates.day(by) if by else Text("", "")
    return Text(said.id.format(by=day.id), said.en.format(by=day.en))


NEXT = {
    "never": Text(
        "Bayar iuran pertama: perlindungan mulai pada hari pembayaran.",
        "Pay the first contribution: cover starts on the day of payment.",
    ),
    "protected": Text(
        "Bayar iuran berikutnya paling lambat {by} agar tidak menunggak.",
        "Pay the next contribution by {by}, so that nothing falls behind.",
    ),
    "grace": Text(
        "Lunasi tunggakan paling lambat {by}; sesudahnya perlindungan berhenti.",
        "Settle the arrears by {by}; after that cover stops.",
    ),
    "lapsed": Text(
        "Bayar iuran bulan ini: perlindungan mulai lagi pada hari pembayaran, tunggakan lama tidak ditagih.",
        "Pay this month's contribution: cover starts again on the day of payment, old arrears are not charged.",
    ),
    "ended": Text(
        "Daftar lagi sebagai pekerja mandiri: perlindungan mulai pada hari pembayaran.",
        "Enrol again as self-employed: cover starts on the day of payment.",
    ),
}
EMPLOYED_NEXT = {
    "never": Text(
        "Tanyakan kepada pemberi kerja Anda: iuran pertama untuk Anda belum kami terima. Sampai dibayar, ia sendiri "
        "wajib menanggung hak Anda.",
        "Ask your employer: the first contribution for you has not arrived. Until it does, he must bear your rights "
        "himself.",
    ),
    "protected": Text(
        "Tidak ada yang perlu Anda bayar. Periksa apakah upah yang dilaporkan benar.",
        "There is nothing for you to pay. Check whether the reported wage is right.",
    ),
    "employer_owes": Text(
        "Hak Anda utuh. Pemberi kerja menunggak iuran; Anda boleh menanyakannya, atau melapor kepada kami secara "
        "rahasia.",
        "Your rights are whole. The employer is behind; you may ask him, or tell us in confidence.",
    ),
    "employer_pays_first": Text(
        "Hak Anda tetap ada. Bila terjadi risiko, pemberi kerja membayar lebih dulu; melaporlah kepada kami bila ia "
        "menolak.",
        "You keep your rights. If something happens your employer pays first; tell us if he refuses.",
    ),
    "ended": Text(
        "Lanjutkan sebagai pekerja mandiri: perlindungan mulai pada hari pembayaran. Pemberi kerja baru wajib "
        "mendaftarkan Anda.",
        "Go on as self-employed: cover starts on the day of payment. A new employer must register you.",
    ),
}
PLACED_NEXT = {
    "never": Text(
        "Bayar iuran penempatan: perlindungan mulai pada hari pembayaran.",
        "Pay the fee of the placement: cover starts on the day of payment.",
    ),
    "before_protected": Text(
        "Berangkat paling lambat {by}, dengan iuran selama bekerja sudah lunas.",
        "Leave by {by}, with the fee for the time of work paid.",
    ),
    "before_ended": Text(
        "Pastikan iuran selama bekerja lunas sebelum berangkat: perlindungan mulai lagi pada hari berangkat.",
        "See that the fee for the time of work is paid before you leave: cover starts again on the day of departure.",
    ),
    "during_protected": Text(
        "Tetap bekerja setelah {by}? Bayar perpanjangan paling lambat hari itu, agar tidak terputus.",
        "Working beyond {by}? Pay the extension by that day, so that cover goes on.",
    ),
    "returning": Text(
        "Waktu untuk pulang berakhir {by}. Masih bekerja: bayar perpanjangan sekarang. Pulang: lanjutkan mandiri di "
        "Indonesia.",
        "The time to return ends on {by}. Still working: pay the extension now. Going home: go on as self-employed.",
    ),
    "during_ended": Text(
        "Masih bekerja di luar negeri: bayar perpanjangan, perlindungan mulai lagi pada hari pembayaran. Sudah pulang: "
        "daftar sebagai pekerja mandiri.",
        "Still working abroad: pay the extension, and cover starts again on the day of payment. Back home: enrol as "
        "self-employed.",
    ),
    "after_protected": Text(
        "Lanjutkan di rumah: bayar iuran pertama sebagai pekerja mandiri paling lambat {by}, atau minta pemberi kerja "
        "baru mendaftarkan Anda.",
        "Go on at home: pay the first contribution as self-employed by {by}, or have a new employer register you.",
    ),
    "after_ended": Text(
        "Daftar sebagai pekerja mandiri: perlindungan mulai pada hari pembayaran. Pemberi kerja baru wajib "
        "mendaftarkan Anda.",
        "Enrol as self-employed: cover starts on the day of payment. A new employer must register you.",
    ),
}
