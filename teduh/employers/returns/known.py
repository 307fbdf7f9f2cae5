"""What the register and earlier returns know of the workers in a file, in a fixed number of statements.

Names stay encrypted here; whoever compares one decrypts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from teduh.core import sql
from teduh.law.months import Month

#: Every worker's employment that says most about the month: the one in it, else the latest; with the line in force of
#: the month before, and whether he works elsewhere as well. `OFFSET 0`: each one's line
#: by its index. Without statistics (rows just written) the planner would go through all lines for each worker anew.
STAFF = """
SELECT p.nik_index, p.member_number, p.id, p.name, p.birth_date, p.sex, e.id, e.worksite_id, e.started_on, e.ended_on,
    e.contract, e.registered_on, b.wage, b.variable, EXISTS (
        SELECT FROM employers_employment o WHERE o.person_id = e.person_id AND o.employer_id <> e.employer_id
        AND o.started_on <= %(last)s AND coalesce(o.ended_on, 'infinity') >= %(first)s)
FROM (
    SELECT DISTINCT ON (person_id) * FROM employers_employment WHERE employer_id = %(employer)s
    ORDER BY person_id, (started_on <= %(last)s AND coalesce(ended_on, 'infinity') >= %(first)s) DESC, started_on DESC
) e
JOIN registry_person p ON p.id = e.person_id
LEFT JOIN LATERAL (
    SELECT l.wage, l.variable FROM employers_wageline l WHERE l.employment_id = e.id AND l.month = %(before)s
        AND NOT l.withdrawn AND NOT EXISTS (SELECT FROM employers_wageline n WHERE n.replaces_id = l.id) OFFSET 0
) b ON TRUE
"""
#: Lines of a month as they stood before a version, with what they came to in all.
FILED = """
SELECT l.employment_id, l.id, l.person_id, l.worksite_id, l.wage_type, l.pay, l.allowances, l.variable, l.wage,
    l.risk_class, l.programmes, p.name
FROM employers_wagereturn r JOIN employers_wageline l ON l.wage_return_id = r.id
JOIN registry_person p ON p.id = l.person_id
WHERE r.employer_id = %(employer)s AND r.month = %(month)s AND r.state = 'filed' AND r.version < %(version)s
    AND NOT l.withdrawn AND NOT EXISTS (
        SELECT FROM employers_wageline n JOIN employers_wagereturn nr ON nr.id = n.wage_return_id
        WHERE n.replaces_id = l.id AND nr.version < %(version)s)
"""
#: A line that was withdrawn before a version and not filed again: a new line for the same employment replaces it.
WITHDRAWN = """
SELECT l.employment_id, l.id FROM employers_wagereturn r JOIN employers_wageline l ON l.wage_return_id = r.id
WHERE r.employer_id = %(employer)s AND r.month = %(month)s AND r.state = 'filed' AND r.version < %(version)s
    AND l.withdrawn AND NOT EXISTS (
        SELECT FROM employers_wageline n JOIN employers_wagereturn nr ON nr.id = n.wage_return_id
        WHERE n.replaces_id = l.id AND nr.version < %(version)s)
"""
REGISTER = """
SELECT p.nik_index, p.member_number, coalesce(p.merged_into_id, p.id), p.name, p.birth_date, p.sex, EXISTS (
    SELECT FROM employers_employment o WHERE o.person_id = p.id AND o.employer_id <> %(employer)s
    AND o.started_on <= %(last)s AND coalesce(o.ended_on, 'infinity') >= %(first)s)
FROM registry_person p
WHERE p.nik_index = ANY(%(indexes)s::bytea[]) OR p.member_number = ANY(%(members)s::text[])
ORDER BY p.merged_into_id NULLS LAST
"""


class Worker(NamedTuple):
    """Somebody who works or worked here, and what was filed of him for the month before. `name` is encrypted."""

    person: int
    member_number: str
    name: bytes
    birth_date: dt.date
    sex: str
    employment: int | None = None
    worksite: int | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    contract: str = ""
    registered_on: dt.date | None = None
    before: int | None = None
    variable_before: int = 0
    elsewhere: bool = False


class FiledLine(NamedTuple):
    """A line in force of the month that is corrected."""

    employment: int
    line: int
    person: int
    worksite: int
    wage_type: str
    pay: int
    allowances: int
    variable: int
    wage: int
    risk_class: int
    programmes: int
    name: bytes


@dataclass(frozen=True)
class Staff:
    """An employer's workers by NIK index and by member number."""

    by_nik: dict[bytes, Worker]
    by_member: dict[str, Worker]
    #: The last month for which lines stand, if it is the month before.
    has_before: bool
    filed: dict[int, FiledLine] = field(default_factory=dict)
    withdrawn: dict[int, int] = field(default_factory=dict)


def staff(*, employer: int, month: Month, version: int | None) -> Staff:
    """Everybody who works or worked here. With `version` also the lines in force before that version."""
    asked = {"employer": employer, "first": month.first, "last": month.last, "before": month.plus(-1).first}
    by_nik: dict[bytes, Worker] = {}
    by_member: dict[str, Worker] = {}
    has_before = False
    for row in sql.rows(STAFF, asked):
        index, member, person, name, birth, sex, employment, site, started, ended, contract, since, before, variable, \
            elsewhere = row  # fmt: skip
        one = Worker(person, member, name, birth, sex, employment, site, started, ended, contract, since, before,
                     variable or 0, elsewhere)  # fmt: skip
        by_nik[bytes(index)] = by_member[member] = one
        has_before = has_before or before is not None
    if not version or version < 2:
        return Staff(by_nik, by_member, has_before)
    told = {"employer": employer, "month": month.first, "version": version}
    filed = {row[0]: FiledLine(*row) for row in sql.rows(FILED, told)}
    return Staff(by_nik, by_member, has_before, filed, dict(sql.rows(WITHDRAWN, told)))


def register(
    *, employer: int, month: Month, indexes: Sequence[bytes], members: Sequence[str]
) -> tuple[dict[bytes, Worker], dict[str, Worker]]:
    """Who of these the fund knows already, though not as workers of this employer."""
    if not indexes and not members:
        return {}, {}
    asked = {"indexes": list(indexes), "members": list(members), "employer": employer, "first": month.first,
             "last": month.last}  # fmt: skip
    by_nik: dict[bytes, Worker] = {}
    by_member: dict[str, Worker] = {}
    for index, member, person, name, birth, sex, elsewhere in sql.rows(REGISTER, asked):
        one = Worker(person, member, name, birth, sex, elsewhere=elsewhere)
        by_nik[bytes(index)] = by_member[member] = one
    return by_nik, by_member
