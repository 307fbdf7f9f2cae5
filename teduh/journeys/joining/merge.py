"""Two records of one person become one: an officer proposes, another decides.

Nothing that was paid, filed or booked moves. Both records keep their rows; one points to the other, and whoever reads
dues, cover or the books follows it. So what was paid under either number counts, and every old paper still finds its
person. Only his jobs and placements go with him: an employer's next return and a mission's next list name the record
that lives on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from teduh.contributions.models import Due
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import actions as coverage
from teduh.coverage import employed
from teduh.coverage import placements as placement_cover
from teduh.coverage import projects as project_cover
from teduh.employers.actions import folding
from teduh.employers.queries import twice
from teduh.journeys.money import bills
from teduh.law.months import Month
from teduh.migrants import folding as placements
from teduh.payments.models import Bill, BillKind, BillState
from teduh.registry import queries
from teduh.registry.actions import duplicates
from teduh.registry.models.identity import Duplicate, DuplicateState
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security.access import Actor


def propose(*, duplicate: int, keep: int, why: str, by: Actor, on: dt.date, at: dt.datetime) -> int:
    """The first officer says that a pair is one person, and which record lives on. Gives the pair's number."""
    by.require("merge")
    people.require_purpose(why)
    with transaction.atomic():
        pair = duplicates.locked(duplicate=duplicate)
        _require_apart(pair)
        if keep not in (pair.first_id, pair.second_id):
            raise Refused(
                "keep_not_of_pair",
                Text("Peserta yang dipertahankan bukan dari pasangan ini.", "The one to keep is not of this pair."),
                then=Text("Pilih salah satu dari keduanya.", "Choose one of the two."),
                field="keep",
            )
        _require_no_month_twice(pair)
        duplicates.move(duplicate=pair, to=DuplicateState.PROPOSED, by=by, at=at, keep=keep)
        _record(by, "duplicate.proposed", pair, why, {"keep": keep})
    return duplicate


def pair(*, one: int, other: int, by: Actor) -> int:
    """The number of a pair that an officer found himself; the machine need not have seen it."""
    by.require("merge")
    if one == other or len(queries.lives_on_as(persons=[one, other])) != 2:
        raise Refused(
            "not_a_pair",
            Text("Diperlukan dua peserta yang berbeda.", "It takes two different members."),
            then=Text("Periksa kedua nomornya.", "Check both numbers."),
        )
    with transaction.atomic():
        return duplicates.pair(one=one, other=other)


def decide(*, duplicate: int, merge: bool, why: str, by: Actor, on: dt.date, at: dt.datetime) -> int | None:
    """The second officer decides: one person (gives the one who lives on), or two people (None)."""
    by.require("merge")
    people.require_purpose(why)
    with transaction.atomic():
        pair = duplicates.locked(duplicate=duplicate)
        if pair.proposed_by_id is not None and pair.proposed_by_id == by.user:
            raise _two_people()
        if not merge:
            duplicates.move(duplicate=pair, to=DuplicateState.DISTINCT, by=by, at=at)
            _record(by, "duplicate.distinct", pair, why, {})
            return None
        return _merge(pair, why, by, on, at)


def _merge(pair: Duplicate, why: str, by: Actor, on: dt.date, at: dt.datetime) -> int:
    if pair.keep_id is None:
        raise Refused(
            "not_proposed_yet",
            Text("Penggabungan ini belum diusulkan.", "This merge has not been proposed yet."),
            then=Text("Usulkan dahulu; petugas lain memutuskannya.", "Propose it first; another officer decides."),
            status=409,
        )
    _require_apart(pair)
    _require_no_month_twice(pair)
    duplicates.move(duplicate=pair, to=DuplicateState.MERGED, by=by, at=at)
    keep = pair.keep_id
    away = pair.second_id if keep == pair.first_id else pair.first_id
    _withdraw_bills((keep, away), why, by, on)
    duplicates.fold(away=away, into=keep, on=on)
    jobs = folding.fold(away=away, into=keep, on=on)
    coverage.recompute(persons=[keep, away], on=on)
    employed.recompute(employments=jobs, on=on)
    project_cover.recompute(projects=project_cover.of_people(persons=[keep, away]), on=on)
    placements.fold(away=away, into=keep, on=on)
    placement_cover.recompute(persons=[keep, away], on=on)
    _record(by, "person.merged", pair, why, {"keep": keep, "away": away})
    return keep


def _withdraw_bills(persons: tuple[int, int], why: str, by: Actor, on: dt.date) -> None:
    """Unpaid bills were reckoned for two people; whoever lives on asks for a new one. Bills with money stay, and those
    of a placement: it is the same placement."""
    own = Bill.objects.filter(person__in=persons, kind=BillKind.CONTRIBUTIONS)
    unpaid = own.filter(state=BillState.OPEN, receipts=None, suspense=None)
    for bill in unpaid.values_list("id", flat=True).order_by("id"):
        bills.cancel(bill=bill, by=by, on=on, why=why)


def _require_apart(pair: Duplicate) -> None:
    """Both must still be records of their own: a third merge may have come between."""
    now = queries.lives_on_as(persons=[pair.first_id, pair.second_id])
    if any(id_ != lives_on for id_, lives_on in now.items()):
        raise Refused(
            "merged_meanwhile",
            Text("Salah satu dari keduanya sudah digabung.", "One of the two has been merged already."),
            then=Text("Buka pasangan yang baru.", "Look at the pair as it is now."),
            status=409,
        )


def _require_no_month_twice(pair: Duplicate) -> None:
    """If both have paid for the same month, or one employer reported both, that is put right first: merging must not
    hide that a month was paid or will be asked for twice."""
    one, other = (queries.same_person(person=id_) for id_ in (pair.first_id, pair.second_id))
    if reported := twice.reported_twice(one=one, other=other):
        raise _reported_twice(reported)
    if both := placements.both_open(one=one, other=other):
        raise _both_abroad(both)
    both = sorted(_paid(one) & _paid(other))
    if both:
        months = ", ".join(dict.fromkeys(f"{month} {programme}" for month, programme in both))
        raise Refused(
            "paid_twice",
            Text("Keduanya membayar untuk bulan yang sama.", "Both have paid for the same month."),
            why=Text(f"Bulan dan programnya: {months}.", f"Month and programme: {months}."),
            then=Text(
                "Kembalikan dahulu salah satu pembayarannya, lalu gabungkan.",
                "Give one of the payments back first, then merge.",
            ),
            status=409,
        )


def _reported_twice(reported: Sequence[tuple[str, Month]]) -> Refused:
    where = ", ".join(f"{name} {month}" for name, month in reported[:5])
    return Refused(
        "reported_twice",
        Text("Satu pemberi kerja melaporkan keduanya untuk bulan yang sama.",
             "One employer reported both for the same month."),
        why=Text(f"Pemberi kerja dan bulannya: {where}.", f"Employer and month: {where}."),
        then=Text(
            "Minta pemberi kerja menarik salah satu barisnya dengan pembetulan laporan, lalu gabungkan.",
            "Have the employer withdraw one of the lines by amending the return, then merge.",
        ),
        status=409,
    )  # fmt: skip


def _both_abroad(numbers: Sequence[str]) -> Refused:
    which = ", ".join(numbers)
    return Refused(
        "both_abroad",
        Text("Keduanya mempunyai penempatan yang masih berjalan.", "Both have a placement that is under way."),
        why=Text(f"Nomor penempatannya: {which}.", f"Numbers of the placements: {which}."),
        then=Text(
            "Selesaikan atau batalkan dahulu salah satunya, lalu gabungkan.",
            "End or cancel one of them first, then merge.",
        ),
        status=409,
    )


def _paid(persons: tuple[int, ...]) -> set[tuple[Month, str]]:
    rows = Due.objects.filter(person__in=persons, settled_on__isnull=False)
    return set(rows.values_list("month", "programme"))


def _two_people() -> Refused:
    return Refused(
        "takes_two_people",
        Text("Yang mengusulkan tidak boleh memutuskan.", "Who proposed it may not decide it."),
        then=Text("Minta petugas lain memutuskannya.", "Ask another officer to decide."),
        status=403,
    )


def _record(by: Actor, action: str, pair: Duplicate, why: str, detail: dict[str, int]) -> None:
    subjects = [f"person:{pair.first_id}", f"person:{pair.second_id}"]
    security.record(by=by, action=action, subjects=subjects, why=why, detail={"duplicate": pair.id, **detail})
