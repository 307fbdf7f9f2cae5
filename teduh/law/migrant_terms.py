"""What a migrant worker's cover gives in each phase, with amounts as far as they are known, and what it does not.

The list of benefits is the regulation's own (Permenaker 4/2023 Pasal 27(1), 34(1)); amounts come from the parameters,
each with its status. What was listed but whose amount nobody published is shown as such.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import migrant_terms_words as not_given
from teduh.law import rulebook
from teduh.law.messages import FactsError, Message, Note, Reason, RulebookError
from teduh.law.words import number

PHASES = ("before", "during", "after")
BEFORE, DURING, AFTER = (frozenset({phase}) for phase in PHASES)
OUTSIDE, ALWAYS = BEFORE | AFTER, BEFORE | DURING | AFTER
NEW_LAW = dt.date(2023, 2, 22)


class Benefit(NamedTuple):
    """One thing the cover gives: its amount in words, its articles, how sure that is, and what to know about it."""

    code: str
    name: Message
    amount: Message
    articles: tuple[str, ...]
    status: str
    note: Note | None


class _Kind(NamedTuple):
    """A benefit in the regulation's list. `values`: its parameters, whose values go into `{0}`, `{1}` of `says`."""

    code: str
    programme: str
    phases: frozenset[str]
    name: Message
    values: tuple[str, ...]
    says: Message
    articles: tuple[str, ...]


UP_TO = Message("paling banyak Rp{0}", "at most Rp{0}")
SUM = Message("Rp{0}", "Rp{0}")
NEEDED = Message("sesuai kebutuhan medis", "as medically needed")
KIND = Message("berupa pelayanan", "as a service")
UNKNOWN = Message("besarnya belum ditemukan", "amount not found yet")
A27, A34 = "Permenaker 4/2023 Pasal 27(1)", "Permenaker 4/2023 Pasal 34(1)"

KINDS: tuple[_Kind, ...] = (
    _Kind("treatment_here", "JKK", OUTSIDE,
          Message("Perawatan di Indonesia karena kecelakaan kerja", "Treatment in Indonesia after a work accident"),
          (), NEEDED, ("Permenaker 4/2023 Pasal 25",)),
    _Kind("treatment_abroad", "JKK", DURING,
          Message("Perawatan di luar negeri karena kecelakaan kerja", "Treatment abroad after a work accident"),
          ("pmi_treatment_abroad",), Message("paling banyak Rp{0} tiap kasus", "at most Rp{0} for a case"),
          ("Permenaker 4/2023 Pasal 30", "Permenaker 4/2023 Pasal 50(2)")),
    _Kind("home_care", "JKK", ALWAYS, Message("Perawatan di rumah atas saran dokter", "Home care on a doctor's advice"),
          ("pmi_home_care", "pmi_home_care_months"),
          Message("paling banyak Rp{0}, paling lama {1} bulan", "at most Rp{0}, for {1} months at most"),
          ("Permenaker 4/2023 Pasal 25", "Permenaker 4/2023 Pasal 30")),
    _Kind("transport", "JKK", OUTSIDE,
          Message("Angkutan korban kecelakaan ke rumah sakit atau rumah", "Transport of the injured"),
          ("pmi_transport",),
          Message("paling banyak Rp{0[0]} (darat), Rp{0[1]} (laut), Rp{0[2]} (udara)",
                  "at most Rp{0[0]} (land), Rp{0[1]} (sea), Rp{0[2]} (air)"), (f"{A27}a",)),
    _Kind("transport_abroad", "JKK", DURING,
          Message("Angkutan korban kecelakaan di luar negeri", "Transport of the injured abroad"),
          (), UNKNOWN, (f"{A34}a",)),
    _Kind("partial_disability", "JKK", ALWAYS, Message("Santunan cacat sebagian", "Partial disability"),
          ("pmi_partial_disability",), Message("persentase cacat kali Rp{0}", "the percentage times Rp{0}"),
          (f"{A27}b", f"{A34}f")),
    _Kind("total_disability", "JKK", ALWAYS, Message("Santunan cacat total tetap", "Total permanent disability"),
          ("pmi_total_disability",), SUM, (f"{A27}b", f"{A34}f")),
    _Kind("periodic", "JKK", ALWAYS,
          Message("Santunan berkala karena cacat total tetap, sekaligus", "Periodic sum for total disability, at once"),
          ("pmi_periodic",), SUM, (f"{A27}d", f"{A34}h")),
    _Kind("rehabilitation", "JKK", ALWAYS,
          Message("Alat bantu dan alat ganti (ortosis, protesis)", "Aids (orthosis, prosthesis)"), (), UNKNOWN,
          (f"{A27}e", f"{A34}i")),
    _Kind("dentures", "JKK", ALWAYS, Message("Gigi tiruan karena kecelakaan", "Dentures after an accident"),
          ("pmi_dentures",), UP_TO, (f"{A27}f", f"{A34}j")),
    _Kind("hearing_aid", "JKK", ALWAYS, Message("Alat bantu dengar karena kecelakaan", "Hearing aid after an accident"),
          ("pmi_hearing_aid",), UP_TO, (f"{A27}f", f"{A34}j")),
    _Kind("glasses", "JKK", ALWAYS, Message("Kacamata karena kecelakaan", "Glasses after an accident"),
          ("pmi_glasses",), UP_TO, (f"{A27}f", f"{A34}j")),
    _Kind("training", "JKK", ALWAYS,
          Message("Pendampingan dan pelatihan kerja bagi yang cacat sebagian",
                  "Companionship and vocational training after partial disability"),
          (), KIND, ("Permenaker 4/2023 Pasal 25", "Permenaker 4/2023 Pasal 30")),
    _Kind("death_accident", "JKK", DURING, Message("Kematian karena kecelakaan kerja", "Death by a work accident"),
          ("pmi_death_accident",), SUM, (f"{A34}g",)),
    _Kind("death_accident_outside", "JKK", OUTSIDE,
          Message("Kematian karena kecelakaan kerja", "Death by a work accident"), (), UNKNOWN, (f"{A27}c",)),
    _Kind("death", "JKM", DURING, Message("Kematian karena sebab lain", "Death by another cause"),
          ("pmi_death_during",), SUM, ("Permenaker 4/2023 Lampiran",)),
    _Kind("death_outside", "JKM", OUTSIDE, Message("Kematian", "Death"),
          ("pmi_death_outside", "pmi_death_outside_periodic", "pmi_death_outside_funeral"),
          Message("Rp{0}, santunan berkala Rp{1}, dan pemakaman Rp{2}",
                  "Rp{0}, a periodic sum of Rp{1}, and a funeral sum of Rp{2}"), ("Permenaker 4/2023 Lampiran",)),
    _Kind("scholarship", "JKK", ALWAYS, Message("Beasiswa anak", "Scholarship of the children"),
          ("pmi_scholarship", "pmi_scholarship_children"),
          Message("Rp{0[0]} (TK) sampai Rp{0[4]} (pendidikan tinggi) setahun, paling banyak {1} anak",
                  "Rp{0[0]} (kindergarten) to Rp{0[4]} (higher education) a year, {1} children at most"),
          (f"{A27}j",)),
    _Kind("failed_to_depart", "JKK", BEFORE,
          Message("Gagal berangkat, bukan karena kesalahan sendiri", "Failing to depart, no fault of one's own"),
          ("pmi_failed_to_depart",), SUM, (f"{A27}g", "Permenaker 4/2023 Pasal 27(3)")),
    _Kind("failed_placement", "JKK", DURING,
          Message("Gagal ditempatkan, bukan karena kesalahan sendiri", "Failing to be placed, no fault of one's own"),
          ("pmi_failed_placement", "pmi_failed_placement_transport"),
          Message("Rp{0}, dan tiket pulang paling banyak Rp{1}", "Rp{0}, and a ticket home of at most Rp{1}"),
          (f"{A34}d",)),
    _Kind("misplaced", "JKK", DURING,
          Message("Ditempatkan tidak sesuai perjanjian kerja", "Placed contrary to the agreement"),
          ("pmi_misplaced", "pmi_misplaced_transport"),
          Message("Rp{0}, dan pemulangan paling banyak Rp{1}", "Rp{0}, and the way home up to Rp{1}"), (f"{A34}e",)),
    _Kind("dismissed", "JKK", DURING,
          Message("Diberhentikan sepihak, bukan karena kecelakaan", "Dismissed by one side, not after an accident"),
          ("pmi_dismissed",), SUM, (f"{A34}m",)),
    _Kind("dismissed_accident", "JKK", DURING,
          Message("Diberhentikan akibat kecelakaan kerja", "Dismissed after an accident"),
          ("pmi_dismissed_accident",), Message("Rp{0[0]} sampai Rp{0[2]} menurut masa kerja",
                                               "Rp{0[0]} to Rp{0[2]} by the months worked"), (f"{A34}l",)),
    _Kind("repatriation", "JKK", DURING,
          Message("Pemulangan pekerja migran bermasalah", "Way home of a migrant worker in trouble"),
          ("pmi_repatriation",), UP_TO, (f"{A34}c",)),
    _Kind("repatriation_accident", "JKK", DURING,
          Message("Pemulangan sesudah kecelakaan kerja", "Way home after a work accident"),
          ("pmi_repatriation_accident",), UP_TO, (f"{A34}b",)),
    _Kind("rape", "JKK", ALWAYS, Message("Korban pemerkosaan yang terbukti", "Proven rape"), ("pmi_rape",), SUM,
          (f"{A27}i", f"{A34}k")),
    _Kind("loss_on_the_way", "JKK", AFTER,
          Message("Kerugian karena orang lain dalam perjalanan pulang", "Loss caused by others on the way home"),
          ("pmi_loss_on_the_way",), UP_TO, (f"{A27}h",)),
)  # fmt: skip

_SHARED = Note(
    "pmi_annex_unread",
    "Lampiran Permenaker 4/2023 belum dibaca; besaran manfaat ini tidak ditemukan dan tidak ditebak.",
    "The annex of Permenaker 4/2023 was not read; this amount was not found and is not guessed.",
    ("Permenaker 4/2023 Lampiran",),
    "unconfirmed",
)
_OLD_LIST = Note(
    "pmi_old_list_unread",
    "Daftar manfaat Permenaker 18/2018 belum dibaca seluruhnya.",
    "The list of benefits of Permenaker 18/2018 was not read whole.",
    ("Permenaker 18/2018",),
    "unconfirmed",
)


def covered(*, phase: str, route: str, on: dt.date) -> tuple[Benefit, ...]:
    """Permenaker 4/2023 Pasal 16(3), 27(1), 34(1): what the cover of a phase gives on a day, JKK first, then JKM.

    An individual before departure has JKM only.
    """
    _known(phase, route)
    rulebook.in_force("pmi_before_fee", on)  # no text before 10 December 2018
    programmes = ("JKM",) if phase == "before" and route == "individual" else ("JKK", "JKM")
    kinds = [kind for kind in KINDS if phase in kind.phases and kind.programme in programmes]
    return tuple(one for one in (_benefit(kind, on) for kind in kinds) if one)


def _benefit(kind: _Kind, on: dt.date) -> Benefit | None:
    articles = kind.articles if on >= NEW_LAW else ("Permenaker 18/2018",)
    try:
        values = [rulebook.in_force(name, on) for name in kind.values]
    except RulebookError:
        return Benefit(kind.code, kind.name, UNKNOWN, articles, "unconfirmed", _SHARED if on >= NEW_LAW else _OLD_LIST)
    if any(value.neutral for value in values):
        return None  # one of the seven that Permenaker 4/2023 added
    if not values:
        unknown = kind.says is UNKNOWN
        note = None if on >= NEW_LAW and not unknown else _SHARED if on >= NEW_LAW else _OLD_LIST
        return Benefit(kind.code, kind.name, kind.says, articles, "unconfirmed" if note else "official", note)
    said = [_filled(getattr(kind.says, lang), values, lang) for lang in Message._fields]
    note = next((value.note for value in values if value.note), None)
    return Benefit(kind.code, kind.name, Message(*said), articles, weakest(values), note)


def weakest(values: list[rulebook.Value]) -> str:
    """The least sure status among values that are used together."""
    return max((value.status for value in values), key=rulebook.STATUSES.index)


def _filled(says: str, values: list[rulebook.Value], lang: str) -> str:
    def shown(value: rulebook.Value) -> str | list[str]:
        if isinstance(value.value, tuple):
            return [number(one, lang) for one in value.value]
        return number(value.value, lang)

    return says.format(*(shown(value) for value in values))


def _known(phase: str, route: str) -> None:
    if phase not in PHASES or route not in ("implementer", "individual"):
        raise FactsError(
            f"Tahap “{phase}” atau jalur “{route}” tidak dikenal.",
            f"The phase “{phase}” or route “{route}” is not known.",
        )


def not_covered(*, phase: str, route: str, abroad: bool, on: dt.date) -> tuple[Reason, ...]:
    """What a migrant worker must know this phase's cover does not give; `abroad`: joined when already there."""
    _known(phase, route)
    rulebook.in_force("pmi_before_fee", on)
    found = [not_given.UNPAID_DAYS]
    if phase == "before":
        found += [not_given.FAULT] if route == "implementer" else []
        found += [not_given.FIVE_MONTHS if route == "implementer" else not_given.ONLY_JKM]
    elif phase == "during":
        found += [not_given.ABROAD_NO_BEFORE] if abroad else []
        found += [not_given.AFTER_AGREEMENT, not_given.LOCAL_FIRST, not_given.CRIME, not_given.BODY]
    else:
        found += [not_given.DAYS_30, not_given.LATE_RETURN]
    return tuple(cited(one, on) for one in (*found, not_given.ILLNESS, not_given.NO_JP_JKP, not_given.NO_JHT))


def cited(reason: Reason, on: dt.date) -> Reason:
    """The reason with the articles that applied on the day; what is taken back to Permenaker 18/2018 is unconfirmed."""
    if on >= NEW_LAW:
        return reason
    kept = tuple(one for one in reason.articles if rulebook.applies(one, on))
    if len(kept) == len(reason.articles):
        return reason
    return reason._replace(articles=kept or ("Permenaker 18/2018",), status="unconfirmed")
