"""Opens, changes and ends employments, one or a hundred thousand, with the same few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from teduh.core import dates, sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers.models.employment import Contract
from teduh.security import actions as security
from teduh.security.access import Actor

FRESH = """
CREATE TEMP TABLE hired (place int, person bigint, worksite bigint, number text, contract text, started_on date,
    contract_until date) ON COMMIT DROP
"""
#: One stretch at an employer at a time: who works there already stays as he is. Sorted, so that two who hire the same
#: people at once wait for each other.
EMPLOY = """
INSERT INTO employers_employment (person_id, employer_id, worksite_id, number, contract, contract_until, started_on,
    registered_on, by_id)
SELECT person, %(employer)s, worksite, number, contract, contract_until, started_on, %(on)s, %(by)s
FROM (SELECT DISTINCT ON (person) * FROM hired ORDER BY person, place) h
WHERE NOT EXISTS (SELECT FROM employers_employment e WHERE e.employer_id = %(employer)s AND e.person_id = h.person
    AND coalesce(e.ended_on, 'infinity') >= h.started_on)
ORDER BY person
ON CONFLICT DO NOTHING
"""
#: Each row's employment: the latest that has not ended before the row's first day.
WHO = """
SELECT h.place, e.id, e.ended_on FROM hired h LEFT JOIN LATERAL (
    SELECT id, ended_on FROM employers_employment e WHERE e.employer_id = %(employer)s AND e.person_id = h.person
        AND coalesce(e.ended_on, 'infinity') >= h.started_on ORDER BY e.started_on DESC LIMIT 1) e ON TRUE
ORDER BY h.place
"""
FOREIGN_SITE = """
SELECT min(h.place) FROM hired h WHERE NOT EXISTS (
    SELECT FROM employers_worksite w WHERE w.id = h.worksite AND w.employer_id = %(employer)s)
"""
END = """
UPDATE employers_employment e SET ended_on = t.ended_on, cause = t.cause
FROM unnest(%(ids)s::bigint[], %(days)s::date[], %(causes)s::text[]) AS t (id, ended_on, cause)
WHERE e.id = t.id AND e.ended_on IS NULL AND e.started_on <= t.ended_on
RETURNING e.id, e.person_id
"""
CHANGE = """
UPDATE employers_employment e SET worksite_id = coalesce(t.worksite, e.worksite_id),
    number = coalesce(t.number, e.number), contract = coalesce(t.contract, e.contract),
    contract_until = CASE WHEN t.contract IS NULL THEN coalesce(t.until, e.contract_until) ELSE t.until END
FROM unnest(%(ids)s::bigint[], %(worksites)s::bigint[], %(numbers)s::text[], %(contracts)s::text[], %(untils)s::date[])
    AS t (id, worksite, number, contract, until)
WHERE e.id = t.id AND e.employer_id = %(employer)s AND (t.worksite IS NULL OR EXISTS (
    SELECT FROM employers_worksite w WHERE w.id = t.worksite AND w.employer_id = %(employer)s))
    AND (e.worksite_id, e.number, e.contract, e.contract_until) IS DISTINCT FROM (coalesce(t.worksite, e.worksite_id),
        coalesce(t.number, e.number), coalesce(t.contract, e.contract),
        CASE WHEN t.contract IS NULL THEN coalesce(t.until, e.contract_until) ELSE t.until END)
RETURNING e.id
"""


#: Nowhere else may an end be another; the stretch that follows, if there is one, stays whole.
CORRECT = """
UPDATE employers_employment e SET ended_on = %(day)s, cause = %(cause)s
WHERE e.id = %(id)s AND e.ended_on IS NOT NULL AND NOT EXISTS (SELECT FROM employers_employment o
    WHERE o.person_id = e.person_id AND o.employer_id = e.employer_id AND o.started_on > e.started_on
    AND o.started_on <= %(day)s)
"""


class Hired(NamedTuple):
    """Somebody who works for an employer. `number` is the employer's own number of the worker."""

    person: int
    worksite: int
    number: str
    contract: str
    started_on: dt.date
    contract_until: dt.date | None = None


class Ended(NamedTuple):
    """An employment that ended: its last day of work, and why."""

    employment: int
    ended_on: dt.date
    cause: str


class Changed(NamedTuple):
    """What is different about an employment; None: as it was. With a new contract its end is as given here."""

    employment: int
    worksite: int | None = None
    number: str | None = None
    contract: str | None = None
    contract_until: dt.date | None = None


def employ(*, rows: Iterable[Sequence[object]], employer: int, by: Actor, on: dt.date) -> list[int]:
    """Employments for these rows (`Hired`, or tuples in its order), in their order; who works there already stays.

    The number of statements does not depend on the rows. A person named twice gets one employment. Refused where
    somebody's earlier employment there ended on or after the day on which the new one starts. Call it inside a
    transaction.
    """
    hired = [Hired(*row) for row in rows]
    if not hired:
        return []
    told = {"employer": employer, "on": on, "by": by.user}
    _load(hired)
    (foreign,) = sql.rows(FOREIGN_SITE, told)[0]
    if foreign is not None:
        raise _no_such_site(foreign)
    made = sql.run(EMPLOY, told)
    found = sql.rows(WHO, told)
    sql.run("DROP TABLE hired")
    _require_open(hired, found)
    if made:
        security.record(
            by=by, action="employer.employed", subjects=[f"employer:{employer}"],
            detail={"on": on.isoformat(), "people": made},
        )  # fmt: skip
    return [id_ for _, id_, _ in found]


def end(*, rows: Iterable[Sequence[object]], by: Actor, on: dt.date, why: str = "") -> dict[int, int]:
    """End employments (`Ended`, or tuples in its order); gives those that ended now with their person.

    One that has ended already, or that had not started on that day, stays as it is and is missing in the answer.
    """
    told = [Ended(*row) for row in rows]
    if not told:
        return {}
    ids, days, causes = zip(*told, strict=True)
    ended = dict(sql.rows(END, {"ids": list(ids), "days": list(days), "causes": [str(cause) for cause in causes]}))
    if ended:
        security.record(
            by=by, action="employment.ended", subjects=[f"employment:{id_}" for id_ in ended], why=why,
            detail={"on": on.isoformat()},
        )  # fmt: skip
    return ended


def correct_end(
    *, employment: int, ended_on: dt.date, cause: str, before: tuple[dt.date, str], by: Actor, on: dt.date, why: str
) -> None:
    """Another last day or cause for what has ended (`before`: as it was). Refused where the next stretch began then."""
    if not sql.run(CORRECT, {"id": employment, "day": ended_on, "cause": str(cause)}):
        raise Refused(
            "employment_overlaps",
            Text("Tanggal itu masuk ke masa kerja berikutnya.", "That day lies in the next stretch of work."),
            then=Text("Pilih hari sebelum masa kerja berikutnya.", "Choose a day before the next stretch."),
            status=409, field="ended_on",
        )  # fmt: skip
    was, old = before
    security.record(
        by=by, action="employment.end_corrected", subjects=[f"employment:{employment}"], why=why,
        detail={"on": on.isoformat(), "ended_on": [was.isoformat(), ended_on.isoformat()], "cause": [old, str(cause)]},
    )  # fmt: skip


def change(
    *, rows: Iterable[Sequence[object]], employer: int, by: Actor, on: dt.date, why: str = ""
) -> tuple[int, ...]:
    """Another site, number or contract (`Changed`, or tuples in its order); gives the employments that changed.

    Filed months keep the site and the class that stand on their lines.
    """
    told = [Changed(*row) for row in rows]
    if not told:
        return ()
    ids, worksites, numbers, contracts, untils = (list(column) for column in zip(*told, strict=True))
    values = {"ids": ids, "worksites": worksites, "numbers": numbers, "contracts": contracts, "untils": untils}
    changed = tuple(id_ for (id_,) in sql.rows(CHANGE, values | {"employer": employer}))
    if changed:
        security.record(
            by=by, action="employment.changed", subjects=[f"employment:{id_}" for id_ in changed], why=why,
            detail={"on": on.isoformat()},
        )  # fmt: skip
    return changed


def _load(hired: list[Hired]) -> None:
    sql.run("DROP TABLE IF EXISTS pg_temp.hired")
    sql.run(FRESH)
    records = (
        (place, one.person, one.worksite, one.number or "", one.contract or Contract.PERMANENT, one.started_on,
         one.contract_until)
        for place, one in enumerate(hired)
    )  # fmt: skip
    sql.copy("hired (place, person, worksite, number, contract, started_on, contract_until)", records)
    sql.run("ANALYZE hired")


def _require_open(hired: list[Hired], found: list[tuple[int, int, dt.date | None]]) -> None:
    """Whoever left on or after his new first day would be there twice at once."""
    for place, _, ended_on in found:
        if ended_on is not None:
            raise Refused(
                "employment_overlaps",
                Text("Tanggal mulai bekerja bertumpuk dengan masa kerja sebelumnya.",
                     "The first day lies within an earlier stretch of work here."),
                why=Text(
                    f"Baris ke-{place + 1}: masa kerja sebelumnya berakhir {dates.day(ended_on).id}; "
                    f"mulai {dates.day(hired[place].started_on).id}.",
                    f"Row {place + 1}: the earlier stretch ended on {dates.day(ended_on).en}; this one starts on "
                    f"{dates.day(hired[place].started_on).en}.",
                ),
                then=Text("Perbaiki tanggal mulainya: paling cepat sehari setelah tanggal berhenti.",
                          "Correct the first day: at the earliest the day after the last one."),
                status=409, field="started_on",
            )  # fmt: skip


def _no_such_site(place: int) -> Refused:
    return Refused(
        "worksite_unknown",
        Text("Tempat kerjanya bukan milik pemberi kerja ini.", "This is no worksite of this employer."),
        why=Text(f"Baris ke-{place + 1}.", f"Row {place + 1}."),
        then=Text("Pilih nomor tempat kerja dari daftar, atau buka dulu.", "Choose a site from the list, or open it."),
        field="worksite",
    )
