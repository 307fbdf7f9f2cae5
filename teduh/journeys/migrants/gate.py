"""The departure gate asks: is she covered? Yes, no or unsure, with the reason, what to do, and the articles.

It tells the least that decides. Whoever may ask (`gate`) asks about anybody; an agency about its own people, for a list
before they leave. Every asking is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import placements as cover
from teduh.coverage import queries as coverage
from teduh.journeys.migrants import gate_checks
from teduh.journeys.migrants.gate_checks import Check, Facts
from teduh.migrants import access, facts, numbers
from teduh.migrants.models import OPEN_STATES, Placement
from teduh.security import actions as audit
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 1_000
REACH = 366
NIK = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom the gate asks about: by NIK, by passport, or by the placement's number; more than one must agree."""

    nik: str | None = None
    passport: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """The answer for one person and one day of departure. `code` is the first check that stands against it."""

    answer: str  # yes, no, unsure
    code: str
    reason: Text
    next_step: Text
    departs_on: dt.date
    until: dt.date | None
    programmes: tuple[str, ...]
    number: str
    name_masked: str
    checks: tuple[Check, ...]
    articles: tuple[str, ...]
    placement: int | None = None


#: Everybody asked about: by NIK as who he is now, by passport, by number; an open placement first, then the latest.
FIND = """
SELECT a.row, m.id, p.id, m.passport_index = a.passport, a.number = m.number, n.person
FROM unnest(%(rows)s::int[], %(niks)s::bytea[], %(passports)s::bytea[], %(numbers)s::text[])
    AS a(row, nik, passport, number)
LEFT JOIN LATERAL (
    SELECT coalesce(merged_into_id, id) AS person FROM registry_person WHERE nik_index = a.nik
    ORDER BY merged_into_id NULLS FIRST, id LIMIT 1
) n ON TRUE
LEFT JOIN LATERAL (
    SELECT m.* FROM (
        SELECT * FROM migrants_placement WHERE person_id = n.person
        UNION ALL
        SELECT o.* FROM registry_person q
        CROSS JOIN LATERAL (SELECT * FROM migrants_placement WHERE person_id = q.id OFFSET 0) o
        WHERE q.merged_into_id = n.person
        UNION ALL
        SELECT * FROM migrants_placement WHERE number = a.number AND a.nik IS NULL
        UNION ALL
        SELECT * FROM migrants_placement WHERE passport_index = a.passport AND a.nik IS NULL AND a.number IS NULL
    ) m WHERE {scope} ORDER BY m.state IN ({open}) DESC, m.id DESC LIMIT 1
) m ON TRUE
LEFT JOIN registry_person p ON p.id = coalesce(n.person, m.person_id)
ORDER BY a.row
"""
OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)

NOBODY = Text("Tidak ada penempatan dengan data ini.", "There is no placement with these data.")
UNREADABLE = Text(
    "NIK, paspor, atau nomor penempatan belum lengkap.", "NIK, passport or number is missing or incomplete."
)
COMPANY = Text(
    "Tidak ada penempatan, tetapi ia peserta penerima upah yang terlindungi {source}.",
    "There is no placement, but she is a wage earner who is protected {source}.",
)
COMPANY_NEXT = Text(
    "Bila dikirim oleh perusahaannya sendiri, perlindungan itu berlaku; selain itu daftarkan penempatannya.",
    "If sent by her own company, that cover counts; otherwise register the placement.",
)
YES = Text("Ya, terlindungi sejak berangkat.", "Yes, protected from departure on.")
GO = Text(
    "Boleh berangkat. Beri tahu tanggal berangkat yang sebenarnya.", "May leave. Tell the actual day of departure."
)


def check(
    *, by: Actor, on: dt.date, nik: str | None = None, passport: str | None = None, number: str | None = None,
    departs_on: dt.date | None = None,
) -> GateAnswer:  # fmt: skip
    """Whether this person is covered if she leaves on that day (today, unless named). Recorded."""
    return many(by=by, on=on, asked=[Asked(nik=nik, passport=passport, number=number)], departs_on=departs_on)[0]


def many(
    *, by: Actor, on: dt.date, asked: Sequence[Asked], departs_on: dt.date | None = None
) -> tuple[GateAnswer, ...]:
    """The same for a departure list, in a constant number of statements: an answer for each row, in its order."""
    by.require("gate", "own_placements")
    if len(asked) > MOST:
        raise Refused("too_many", Text(f"Paling banyak {MOST} orang sekaligus.", f"{MOST} people at once at most."),
                      then=Text("Bagi daftarnya.", "Split the list."))  # fmt: skip
    day = departs_on or on
    if abs((day - on).days) > REACH:
        raise Refused("day_out_of_reach", Text("Tanggal berangkat terlalu jauh.", "That day is too far off."),
                      then=Text("Isi tanggal dalam satu tahun.", "Give a day within a year."),
                      field="departs_on")  # fmt: skip
    with transaction.atomic():
        found = _find(asked, by)
        placements = {row.id: row for row in Placement.objects.select_related("person", "destination").filter(
            id__in=[one[1] for one in found if one[1]])}  # fmt: skip
        lives = cover.lives(placements=placements)
        others = [person for _, placement, person, *_ in found if person and not placement]
        employed = coverage.many(persons=others, on=day) if others and by.may("gate") else {}
        answers = tuple(
            _answer(placements.get(placement), lives.get(placement), employed.get(person), row, day, on, asked[row[0]])
            for row in found for placement, person in [(row[1], row[2])]
        )  # fmt: skip
        subjects = sorted({f"person:{person}" for _, placement, person, *_ in found if person and placement}) or [""]
        said = {"answers": [one.answer for one in answers[:50]], "asked": len(answers), "departs_on": str(day)}
        audit.record(by=by, action="gate.asked", subjects=subjects, detail=said)
    return answers


def _find(asked: Sequence[Asked], by: Actor) -> list[tuple[Any, ...]]:
    scope, given = ("TRUE", {}) if by.may("gate") else access.scope(by=by).sql("m")
    rows = [_indexes(place, one) for place, one in enumerate(asked)]
    niks, passports, names = ([row[n] for row in rows] for n in (1, 2, 3))
    return sql.rows(
        FIND.format(scope=scope, open=OPEN),
        {"rows": [row[0] for row in rows], "niks": niks, "passports": passports, "numbers": names, **given},
    )


def _indexes(place: int, one: Asked) -> tuple[int, bytes | None, bytes | None, str | None]:
    digits = "".join(letter for letter in (one.nik or "")[:40] if letter.isascii() and letter.isdigit())
    number = numbers.read(one.number or "")
    return (
        place,
        crypto.blind("nik", digits) if len(digits) == NIK else None,
        facts.passport_index(one.passport) if one.passport else None,
        number if numbers.is_placement(number) else None,
    )


def _answer(
    placement: Placement | None, told: Any, employed: coverage.Protection | None, row: tuple[Any, ...], day: dt.date,
    on: dt.date, asked: Asked,
) -> GateAnswer:  # fmt: skip
    """What the checks say together: against one, no; where one is not known, unsure."""
    if placement is None or told is None:
        return _nobody(employed, asked, day)
    matches = bool(row[3]) if asked.passport else None  # one that is not on record does not match either
    given = Facts(
        life=told[0], fees=told[1], state=placement.state, birth_date=placement.person.birth_date,
        passport_until=placement.passport_until, passport_matches=matches, departs_on=day, on=on,
    )  # fmt: skip
    found = gate_checks.checks(facts=given)
    if asked.number and row[4] is not True:
        found = (gate_checks.OTHER_NUMBER, *found)
    against = next((one for one in found if one.ok is False), None)
    doubt = next((one for one in found if one.ok is None and one.next), None)
    worst = against or doubt
    stretches = gate_checks.leaving(facts=given)
    return GateAnswer(
        answer="no" if against else "unsure" if doubt else "yes", code=worst.code if worst else "covered",
        reason=worst.text if worst else YES, next_step=(worst.next or GO) if worst else GO, departs_on=day,
        until=min((one.paid_until for one in stretches), default=None),
        programmes=tuple(sorted({one.programme for one in stretches})), number=placement.number,
        name_masked=masking.name(placement.person.name), checks=found, articles=gate_checks.articles(found=found),
        placement=placement.id,
    )  # fmt: skip


def _nobody(employed: coverage.Protection | None, asked: Asked, day: dt.date) -> GateAnswer:
    source = next((s for s in employed.sources if s.segment == "PU" and s.is_covered), None) if employed else None
    is_readable = any(part for part in _indexes(0, asked)[1:])
    answer, code, reason, then = "no", "not_registered", NOBODY, gate_checks.REGISTER
    if source:
        label = source.label
        answer, code, then = "unsure", "employed", COMPANY_NEXT
        reason = Text(COMPANY.id.format(source=label.id), COMPANY.en.format(source=label.en))
    elif not is_readable:
        answer, code, reason = "unsure", "unreadable", UNREADABLE
        then = Text("Isi NIK 16 angka, nomor paspor, atau nomor penempatan.",
                    "Give the 16 digits of the NIK, the passport, or the placement's number.")  # fmt: skip
    registered = Check(code="registered", ok=None if answer == "unsure" else False, text=reason,
                       articles=(gate_checks.UU, gate_checks.PARTICIPANT), next=then)  # fmt: skip
    return GateAnswer(
        answer=answer, code=code, reason=reason, next_step=then, departs_on=day, until=None, programmes=(), number="",
        name_masked="", checks=(registered,), articles=registered.articles,
    )  # fmt: skip
