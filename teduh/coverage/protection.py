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
STATES = ("protected", "employer_owes", "grace", "employer_pays_first", "ended", "lapsed", "never")
#: Whoever is in one of these has a right to the benefit, in full, in part, or from his employer first.
COVERED = ("protected", "employer_owes", "grace", "employer_pays_first")
MANDATORY = ("JKK", "JKM")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCover:
    """One programme on one day. `paid_until` ends the last paid month, up to `due_until` nothing is in arrears,
    and arrears may be settled up to `grace_until`; None where cover never started. `ends`: the last day of the work or
    enrolment that it comes with, if known."""

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

    @property
    def is_covered(self) -> bool:
        return self.state in COVERED

    @property
    def until(self) -> dt.date | None:
        """Until when cover is certain as things stand; a wage earner's goes on while he works (None: nobody knows)."""
        if not self.paid_until or not self.due_until:
            return None
        if self.segment == "BPU" or self.state in ("protected", "ended"):
            return self.ends if self.segment != "BPU" and self.ends else max(self.paid_until, self.due_until)
        return self.ends or (self.grace_until if self.state == "employer_owes" else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where cover comes from: an employment, a building project, or the person's own contributions."""

    segment: str
    employment: int | None
    project: int | None
    name: str
    label: Text
    programmes: tuple[ProgrammeCover, ...]

    @property
    def mandatory(self) -> tuple[ProgrammeCover, ...]:
        return tuple(p for p in self.programmes if p.programme in MANDATORY)

    @property
    def state(self) -> str:
        return max((p.state for p in self.mandatory), key=STATES.index, default="never")

    @property
    def is_covered(self) -> bool:
        return self.state in COVERED

    @property
    def starts(self) -> dt.date | None:
        return max((p.starts for p in self.mandatory if p.starts), default=None)

    @property
    def until(self) -> dt.date | None:
        return min((p.until for p in self.mandatory if p.until), default=None)

    @property
    def ends(self) -> dt.date | None:
        return min((p.ends for p in self.mandatory if p.ends), default=None)

    @property
    def what(self) -> Text:
        """What the law says of it, in the words of its worst mandatory programme."""
        worst = max(self.mandatory, key=lambda p: STATES.index(p.state), default=None)
        return worst.what if worst else Text("", "")


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
    def state(self) -> str:
        """The worst of the mandatory programmes, each by its best source: protected, employer_owes, grace,
        employer_pays_first, ended, lapsed or never."""
        return max((p.state for p in self.mandatory), key=STATES.index, default="never")

    @property
    def is_protected(self) -> bool:
        """Whether a claim of this day would find cover: in full, within grace, or from an employer who is behind."""
        return self.state in COVERED

    @property
    def is_employed(self) -> bool:
        """Whether what counts on this day comes with a job."""
        return any(p.segment != "BPU" for p in self.mandatory)

    @property
    def protected_from(self) -> dt.date | None:
        return max((p.starts for p in self.mandatory if p.starts), default=None) if self.is_protected else None

    @property
    def protected_until(self) -> dt.date | None:
        """The last day on which every benefit is certain as things stand; a wage earner's cover goes on while he works
        and moves on with each month (None: his employer is so far behind that no day can be named)."""
        ends = [p.until for p in self.mandatory if p.until]
        return min(ends) if ends and self.is_protected else None

    @property
    def grace_until(self) -> dt.date | None:
        return min((p.grace_until for p in self.mandatory if p.grace_until), default=None)

    @property
    def next_step(self) -> Text:
        """What to do next, as of `on`."""
        if self.is_employed or (self.state == "never" and self.enrolled_on is None):
            return EMPLOYED_NEXT[self.state if self.state in EMPLOYED_NEXT else "ended"]
        if self.state == "never":
            return NEXT["never"]
        by = self.grace_until if self.state == "grace" else self.protected_until
        day = dates.day(by) if by else Text("", "")
        return Text(NEXT[self.state].id.format(by=day.id), NEXT[self.state].en.format(by=day.en))

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
