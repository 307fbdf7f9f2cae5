"""Construction projects: written, changed, filled with workers, and looked up. Knows no money but the contract's.

Nothing here decides who may: the journey asks `employers.access` first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models import Project, ProjectState, ProjectTerms
from teduh.employers.models.projects import PROJECT_MOVES
from teduh.security import crypto, masking

STATES = {
    ProjectState.REGISTERED: Text("Terdaftar, belum dibayar", "Registered, not paid yet"),
    ProjectState.RUNNING: Text("Berjalan", "Running"),
    ProjectState.FINISHED: Text("Selesai", "Finished"),
    ProjectState.CANCELLED: Text("Dibatalkan", "Cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What somebody says of a project. `value` is the contract's, or a month's wages of all workers, by `basis`.

    `with_vat`: the person says that the value includes VAT. `ordered_on`: the day of the work order (SPK).
    """

    employer: int
    name: str
    basis: str
    value: int
    starts: dt.date
    ends: dt.date
    with_vat: bool = False
    instalments: int = 1
    contract_number: str = ""
    owner: str = ""
    region: str | None = None
    workers_expected: int = 0
    ordered_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project in a list."""

    id: int
    number: str
    employer: int
    employer_name: str
    npp: str
    name: str
    basis: str
    contract_value: int | None
    monthly_wages: int | None
    starts: dt.date
    ends: dt.date
    state: str
    workers: int

    @property
    def state_name(self) -> Text:
        return STATES[ProjectState(self.state)]

    @property
    def value(self) -> int:
        return self.contract_value or self.monthly_wages or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """Somebody on a project, masked."""

    id: int
    person: int
    name: str
    member_number: str
    job: str
    from_day: dt.date
    until_day: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """What a project was from a day on."""

    on: dt.date
    value: int
    with_vat: int | None
    ends: dt.date
    why: str


ROWS = """
SELECT p.id, p.number, p.employer_id, e.name, e.npp, p.name, p.basis, p.contract_value, p.monthly_wages, p.starts,
    p.ends, p.state, (SELECT count(DISTINCT w.person_id) FROM employers_projectworker w WHERE w.project_id = p.id)
FROM employers_project p JOIN employers_employer e ON e.id = p.employer_id
WHERE {where} ORDER BY p.id DESC LIMIT %(limit)s
"""
NAMES = ("id", "number", "employer", "employer_name", "npp", "name", "basis", "contract_value", "monthly_wages",
         "starts", "ends", "state", "workers")  # fmt: skip

WORKERS = """
SELECT w.id, p.id, p.name, p.member_number, w.job, w.from_day, w.until_day
FROM employers_projectworker w JOIN registry_person was ON was.id = w.person_id
JOIN registry_person p ON p.id = coalesce(was.merged_into_id, was.id)
WHERE w.project_id = %(project)s AND w.id > %(after)s ORDER BY w.id LIMIT %(limit)s
"""

#: A worker's days on one project never overlap; who is there already keeps his days.
ADD = """
INSERT INTO employers_projectworker (project_id, person_id, from_day, until_day, job)
SELECT %(project)s, person, from_day, until_day, job FROM (SELECT DISTINCT ON (t.person) t.*
FROM unnest(%(persons)s::bigint[], %(froms)s::date[], %(untils)s::date[], %(jobs)s::text[]) WITH ORDINALITY
    AS t(person, from_day, until_day, job, n)
WHERE NOT EXISTS (SELECT 1 FROM employers_projectworker w WHERE w.project_id = %(project)s AND w.person_id = t.person
    AND daterange(w.from_day, w.until_day, '[]') && daterange(t.from_day, t.until_day, '[]'))
ORDER BY t.person, t.n) first ORDER BY n
RETURNING person_id
"""


def register(*, project: NewProject, contract_value: int | None, wages: int | None, by: int | None, on: dt.date) -> int:
    """Write a project with its first terms; its id."""
    serial = sql.rows("SELECT nextval('employers_project_number')")[0][0]
    made = Project.objects.create(
        number=f"P-{serial}", employer_id=project.employer, name=project.name, contract_number=project.contract_number,
        owner=project.owner, region_id=project.region, basis=project.basis, contract_value=contract_value,
        monthly_wages=wages, instalments=project.instalments, workers_expected=project.workers_expected,
        starts=project.starts, ends=project.ends, registered_on=on, by_id=by,
    )  # fmt: skip
    _terms(made, on, project.value if project.with_vat else None, "", by)
    return int(made.id)


def change(
    *, project: int, contract_value: int | None, wages: int | None, with_vat: int | None, ends: dt.date, why: str,
    by: int | None, on: dt.date,
) -> None:  # fmt: skip
    """An addendum: new value or wages, or a new last day."""
    row = hold(project=project)
    row.contract_value, row.monthly_wages, row.ends = contract_value, wages, ends
    row.save(update_fields=["contract_value", "monthly_wages", "ends"])
    _terms(row, on, with_vat, why, by)


def _terms(row: Project, on: dt.date, with_vat: int | None, why: str, by: int | None) -> None:
    ProjectTerms.objects.create(
        project=row, on=on, contract_value=row.contract_value, monthly_wages=row.monthly_wages, with_vat=with_vat,
        ends=row.ends, why=why[:200], by_id=by,
    )  # fmt: skip


def hold(*, project: int) -> Project:
    """The project's row, held until the transaction ends."""
    row = Project.objects.select_for_update(of=("self",)).select_related("employer").filter(id=project).first()
    if row is None:
        raise _missing()
    return row


def _missing() -> Refused:
    return not_found(Text("Proyek tidak ditemukan.", "There is no such project."))


def move(*, project: int, state: str) -> None:
    """To another state, where `PROJECT_MOVES` allows it."""
    row = hold(project=project)
    if row.state == state:
        return
    if state not in PROJECT_MOVES[row.state]:
        now = STATES[ProjectState(row.state)]
        raise Refused("wrong_state", Text(f"Proyek ini: {now.id.lower()}.", f"This project: {now.en.lower()}."),
                      then=Text("Muat ulang halamannya.", "Load the page again."), status=409)  # fmt: skip
    row.state = state
    row.save(update_fields=["state"])


def moved_by_money(*, projects: Sequence[int]) -> None:
    """A project runs from its first payment on, and waits again when that is taken back. `contributions` told which
    have one: (project, has a payment)."""
    ids = sorted(set(projects))
    if ids:
        sql.run("UPDATE employers_project SET state = 'running' WHERE id = ANY(%s) AND state = 'registered'", [ids])


def waits_again(*, projects: Sequence[int]) -> None:
    """Nothing of these projects is paid any more."""
    if projects:
        sql.run(
            "UPDATE employers_project SET state = 'registered' WHERE id = ANY(%s) AND state = 'running'",
            [sorted(projects)],
        )


def add_workers(*, project: int, rows: Sequence[tuple[int, dt.date, dt.date | None, str]]) -> list[int]:
    """Put people on a project: (person, from, until, job). Who is there in those days already stays; who came in."""
    if not rows:
        return []
    persons, froms, untils, jobs = sql.columns(rows, 4)
    given = {"project": project, "persons": persons, "froms": froms, "untils": untils, "jobs": jobs}
    return [row[0] for row in sql.rows(ADD, given)]


def end_workers(*, project: int, ids: Iterable[int], until: dt.date) -> list[int]:
    """The last day of these people on a project; nobody's comes before his first or is moved back in."""
    return [
        row[0]
        for row in sql.rows(
            "UPDATE employers_projectworker SET until_day = greatest(from_day, %s::date) "
            "WHERE project_id = %s AND id = ANY(%s) AND (until_day IS NULL OR until_day > %s) RETURNING person_id",
            [until, project, sorted(set(ids)), until],
        )
    ]


def project(*, id: int) -> ProjectRow:
    """One project. Refused: not_found."""
    found = _rows("p.id = %(id)s", 1, id=id)
    if not found:
        raise _missing()
    return found[0]


def by_number(*, number: str) -> ProjectRow:
    """The same by the number on its papers."""
    found = _rows("p.number = %(number)s", 1, number=number[:12])
    if not found:
        raise _missing()
    return found[0]


def projects(
    *, employer: int | None = None, state: str = "", text: str = "", limit: int = 100
) -> tuple[ProjectRow, ...]:
    """Projects, newest first: an employer's, of a state, or with these letters in name, number or employer."""
    return _rows(
        "(%(employer)s::bigint IS NULL OR p.employer_id = %(employer)s) AND (%(state)s = '' OR p.state = %(state)s) "
        "AND (%(like)s = '' OR p.name ILIKE %(like)s OR p.number ILIKE %(like)s OR e.name ILIKE %(like)s)",
        limit, employer=employer, state=state, like=f"%{_plain(text)}%" if text else "",
    )  # fmt: skip


def _plain(text: str) -> str:
    return text[:80].replace("\x00", "").replace("\\", "").replace("%", "").replace("_", "")


def _rows(where: str, limit: int, **params: object) -> tuple[ProjectRow, ...]:
    found = sql.rows(ROWS.format(where=where), {"limit": limit, **params})
    return tuple(ProjectRow(**dict(zip(NAMES, row, strict=True))) for row in found)


def workers(*, project: int, after: int = 0, limit: int = 100) -> tuple[WorkerRow, ...]:
    """Who works on a project, masked; `after` is the last id seen. Whoever asks records it."""
    found = sql.rows(WORKERS, {"project": project, "after": after, "limit": limit})
    return tuple(
        WorkerRow(id=id_, person=person, name=masking.name(crypto.decrypt(bytes(name))), member_number=number, job=job,
                  from_day=from_day, until_day=until_day)
        for id_, person, name, number, job, from_day, until_day in found
    )  # fmt: skip


def terms(*, project: int) -> tuple[TermsRow, ...]:
    """The registration and every addendum, in order."""
    return tuple(
        TermsRow(on=row.on, value=row.contract_value or row.monthly_wages or 0, with_vat=row.with_vat, ends=row.ends,
                 why=row.why)
        for row in ProjectTerms.objects.filter(project=project).order_by("id")
    )  # fmt: skip
