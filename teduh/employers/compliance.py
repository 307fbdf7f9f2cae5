"""Cases of compliance: opened, their steps added, proposed and decided, and looked up. Knows no reports of workers.

Which step is possible is the law's answer (`law.sanctions`) and the journey's business; here rows are written and read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models import Case, CaseState, ProposalState, Step, StepKind, StepProposal
from teduh.law import sanctions

WORDS = {
    StepKind.CALL: Text("Menghubungi pemberi kerja", "Contacted the employer"),
    StepKind.VISIT: Text("Kunjungan", "Visit"),
    StepKind.FIRST_WARNING: Text("Teguran tertulis pertama", "First written warning"),
    StepKind.SECOND_WARNING: Text("Teguran tertulis kedua", "Second written warning"),
    StepKind.FINE: Text("Denda administratif", "Administrative fine"),
    StepKind.SERVICES: Text("Permintaan tidak mendapat layanan publik tertentu", "Request to deny public services"),
    StepKind.REFERRED: Text("Diserahkan kepada pengawas ketenagakerjaan", "Referred to the labour inspectors"),
    StepKind.LIFTED: Text("Sanksi dicabut", "Sanction lifted"),
    StepKind.CLOSED: Text("Perkara ditutup", "Case closed"),
}
#: What two people do: one proposes, another approves.
TWO_PEOPLE = frozenset({StepKind.FINE, StepKind.SERVICES})
#: What the regulation calls a sanction or its end; its letter goes to the employer.
LETTERS = frozenset(
    {StepKind.FIRST_WARNING, StepKind.SECOND_WARNING, StepKind.FINE, StepKind.SERVICES, StepKind.REFERRED,
     StepKind.LIFTED, StepKind.CLOSED}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list."""

    id: int
    number: str
    employer: int
    employer_name: str
    npp: str
    violation: str
    why: str
    opened_on: dt.date
    state: str
    closed_on: dt.date | None
    last_kind: str | None
    last_on: dt.date | None
    last_until: dt.date | None
    proposed: str | None

    @property
    def duty(self) -> sanctions.Violation:
        return violation_of(code=self.violation)

    @property
    def what(self) -> Text:
        return Text(self.duty.what.id, self.duty.what.en)

    @property
    def last(self) -> Text | None:
        return WORDS[StepKind(self.last_kind)] if self.last_kind else None

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step that was taken."""

    id: int
    kind: str
    on: dt.date
    until: dt.date | None
    amount: int | None
    articles: tuple[str, ...]
    why: str
    by: str
    approved_by: str | None
    facts: Mapping[str, Any]

    @property
    def name(self) -> Text:
        return WORDS[StepKind(self.kind)]

    @property
    def has_letter(self) -> bool:
        return self.kind in LETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A step that waits for a second person."""

    id: int
    case: int
    kind: str
    why: str
    proposed_on: dt.date
    proposed_by: int
    proposer: str

    @property
    def name(self) -> Text:
        return WORDS[StepKind(self.kind)]


ROWS = """
SELECT c.id, c.number, c.employer_id, e.name, e.npp, c.violation, c.why, c.opened_on, c.state, c.closed_on,
    s.kind, s."on", s.until, p.kind
FROM employers_case c JOIN employers_employer e ON e.id = c.employer_id
LEFT JOIN LATERAL (SELECT * FROM employers_step s WHERE s.case_id = c.id ORDER BY s.id DESC LIMIT 1) s ON TRUE
LEFT JOIN LATERAL (SELECT kind FROM employers_stepproposal p WHERE p.case_id = c.id AND p.state = 'proposed' LIMIT 1) p
    ON TRUE
WHERE {where} ORDER BY c.state DESC, coalesce(s.until, c.opened_on), c.id LIMIT %(limit)s
"""
NAMES = ("id", "number", "employer", "employer_name", "npp", "violation", "why", "opened_on", "state", "closed_on",
         "last_kind", "last_on", "last_until", "proposed")  # fmt: skip

STEPS = """
SELECT s.id, s.kind, s."on", s.until, s.amount, s.articles, s.why,
    coalesce(nullif(trim(concat(u.first_name, ' ', u.last_name)), ''), u.username),
    coalesce(nullif(trim(concat(d.first_name, ' ', d.last_name)), ''), d.username), s.facts
FROM employers_step s JOIN security_user u ON u.id = s.by_id
LEFT JOIN employers_stepproposal p ON p.step_id = s.id LEFT JOIN security_user d ON d.id = p.decided_by_id
WHERE {where} ORDER BY s.id
"""

OPEN = """
INSERT INTO employers_case (number, employer_id, violation, why, opened_on, state, by_id)
VALUES (%s, %s, %s, %s, %s, 'open', %s) ON CONFLICT DO NOTHING RETURNING id
"""
PROPOSE = """
INSERT INTO employers_stepproposal (case_id, kind, why, state, proposed_on, proposed_by_id, answer)
VALUES (%s, %s, %s, 'proposed', %s, %s, '') ON CONFLICT DO NOTHING RETURNING id
"""


def violation_of(*, code: str) -> sanctions.Violation:
    """The duty that was not fulfilled, as the law names it. Refused for a code it does not know."""
    for one in sanctions.VIOLATIONS:
        if one.code == code and one.who == "employer":
            return one
    raise Refused("unknown_violation", Text("Pelanggaran ini tidak dikenal.", "This violation is not known."),
                  then=Text("Pilih dari daftar.", "Choose it from the list."), field="violation")  # fmt: skip


def open_case(*, employer: int, violation: str, why: str, by: int | None, on: dt.date) -> int:
    """A new case; its id. Refused: case_open where one is."""
    violation_of(code=violation)
    serial = sql.rows("SELECT nextval('employers_case_number')")[0][0]
    made = sql.rows(OPEN, [f"K-{serial}", employer, violation, why[:300], on, by])
    if not made:
        raise Refused(
            "case_open", Text("Pemberi kerja ini sudah punya perkara terbuka.", "This employer has an open case."),
            then=Text("Teruskan perkara itu.", "Go on with that case."), status=409,
        )  # fmt: skip
    return int(made[0][0])


def hold(*, case: int) -> CaseRow:
    """The case, held until the transaction ends. Refused: not_found, wrong_state for a closed one."""
    if not Case.objects.select_for_update().filter(id=case).exists():
        raise _missing()
    row = by_id(case=case)
    if not row.is_open:
        raise Refused("wrong_state", Text("Perkara ini sudah ditutup.", "This case is closed."),
                      then=Text("Buka perkara baru bila perlu.", "Open a new one if needed."), status=409)  # fmt: skip
    return row


def _missing() -> Refused:
    return not_found(Text("Perkara tidak ditemukan.", "There is no such case."))


def add_step(
    *, case: int, kind: str, on: dt.date, until: dt.date | None, amount: int | None, articles: Sequence[str],
    facts: Mapping[str, Any], why: str, by: int,
) -> int:  # fmt: skip
    """Write a step that was taken; its id."""
    made = Step.objects.create(
        case_id=case, kind=kind, on=on, until=until, amount=amount, articles=list(articles), facts=dict(facts),
        why=why[:500], by_id=by,
    )  # fmt: skip
    return int(made.id)


def close(*, case: int, on: dt.date) -> None:
    """The case is over."""
    Case.objects.filter(id=case).update(state=CaseState.CLOSED, closed_on=on)


def propose(*, case: int, kind: str, why: str, by: int, on: dt.date) -> int:
    """One person proposes a step that takes two. Refused: proposed where one waits already."""
    made = sql.rows(PROPOSE, [case, kind, why[:500], on, by])
    if not made:
        raise Refused(
            "proposed",
            Text("Langkah ini sudah diusulkan.", "This step is proposed already."),
            then=Text("Minta orang lain memutuskannya.", "Ask another person to decide."),
            status=409,
        )
    return int(made[0][0])


def proposal(*, id: int) -> ProposalRow:
    """A proposal that waits, held. Refused: not_found, wrong_state once it is decided."""
    row = StepProposal.objects.select_for_update(of=("self",)).select_related("proposed_by").filter(id=id).first()
    if row is None:
        raise not_found(Text("Usulan tidak ditemukan.", "There is no such proposal."))
    if row.state != ProposalState.PROPOSED:
        raise Refused("wrong_state", Text("Usulan ini sudah diputuskan.", "This proposal was decided."),
                      then=Text("Muat ulang perkaranya.", "Load the case again."), status=409)  # fmt: skip
    return _proposal(row)


def _proposal(row: StepProposal) -> ProposalRow:
    who = row.proposed_by
    return ProposalRow(id=row.id, case=row.case_id, kind=row.kind, why=row.why, proposed_on=row.proposed_on,
                       proposed_by=row.proposed_by_id, proposer=who.get_full_name() or who.get_username())  # fmt: skip


def decide(*, id: int, state: str, by: int, on: dt.date, answer: str, step: int | None = None) -> None:
    """Another person approves or rejects; the database refuses the same one."""
    StepProposal.objects.filter(id=id).update(state=state, decided_by=by, decided_on=on, answer=answer[:500], step=step)


def proposals(*, case: int) -> tuple[ProposalRow, ...]:
    """What waits for a second person."""
    found = StepProposal.objects.filter(case=case, state=ProposalState.PROPOSED).select_related("proposed_by")
    return tuple(_proposal(row) for row in found.order_by("id"))


def by_id(*, case: int) -> CaseRow:
    """One case. Refused: not_found."""
    found = _rows("c.id = %(id)s", 1, id=case)
    if not found:
        raise _missing()
    return found[0]


def by_number(*, number: str) -> CaseRow:
    """One case by the number on its letters."""
    found = _rows("c.number = %(number)s", 1, number=number[:14])
    if not found:
        raise _missing()
    return found[0]


def cases(*, employer: int | None = None, state: str = "", text: str = "", limit: int = 100) -> tuple[CaseRow, ...]:
    """Cases: open ones first, those whose time ends first before others."""
    plain = text[:80].replace("\x00", "").replace("\\", "").replace("%", "").replace("_", "")
    return _rows(
        "(%(employer)s::bigint IS NULL OR c.employer_id = %(employer)s) AND (%(state)s = '' OR c.state = %(state)s) "
        "AND (%(like)s = '' OR e.name ILIKE %(like)s OR c.number ILIKE %(like)s OR e.npp LIKE %(like)s)",
        limit, employer=employer, state=state, like=f"%{plain}%" if plain else "",
    )  # fmt: skip


def _rows(where: str, limit: int, **params: object) -> tuple[CaseRow, ...]:
    found = sql.rows(ROWS.format(where=where), {"limit": limit, **params})
    return tuple(CaseRow(**dict(zip(NAMES, row, strict=True))) for row in found)


def steps(*, case: int) -> tuple[StepRow, ...]:
    """What was done in a case, in order."""
    return _steps("s.case_id = %(case)s", case=case)


def step(*, id: int) -> tuple[int, StepRow]:
    """One step, and the case it belongs to."""
    owner = Step.objects.filter(id=id).values_list("case_id", flat=True).first()
    if owner is None:
        raise not_found(Text("Surat tidak ditemukan.", "There is no such letter."))
    return int(owner), _steps("s.id = %(id)s", id=id)[0]


def _steps(where: str, **params: object) -> tuple[StepRow, ...]:
    names = ("id", "kind", "on", "until", "amount", "articles", "why", "by", "approved_by", "facts")
    made = []
    for row in sql.rows(STEPS.format(where=where), params):
        told = dict(zip(names, row, strict=True))
        facts = told["facts"] if isinstance(told["facts"], dict) else json.loads(told["facts"])
        made.append(StepRow(**(told | {"articles": tuple(told["articles"]), "facts": facts})))
    return tuple(made)


def taken(rows: Sequence[StepRow]) -> tuple[sanctions.Taken, ...]:
    """The steps as the law is asked about them; calls and visits are no sanctions."""
    return tuple(
        sanctions.Taken(row.kind, row.on, row.until) for row in rows if row.kind not in (StepKind.CALL, StepKind.VISIT)
    )
