"""Rows of a file on their way to the register: who each is, what the law says of him, what he would owe in a month."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.journeys.joining import join
from teduh.law import assessment, eligibility
from teduh.law.codes import BILL
from teduh.law.facts import SelfEmployed
from teduh.law.messages import RulebookError
from teduh.law.months import Month
from teduh.registry import facts
from teduh.registry.facts import Decided, EvidenceGiven, HeirNamed, Newcomer
from teduh.registry.queries.groups import GroupRow
from teduh.registry.sheets.findings import Finding, find
from teduh.registry.sheets.rows import Defaults
from teduh.registry.sheets.trades import Trades

TOTAL = BILL.index("total")
STEP = 500
Answer = tuple[Decided | None, list[Finding]]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Entrance:
    """What holds for every row of a file: the day, what was said of the file, who pays, the list of occupations."""

    on: dt.date
    defaults: Defaults
    group: GroupRow | None
    trades: Trades
    file: str
    sha256: bytes
    agent: int | None = None

    def decide(self, rows: Iterable[tuple[int, dict[str, Any]]], tell: Tell) -> dict[int, Answer]:
        """By row number: whom to enrol and what there is to say. All are decided at once, as `join` decides one."""
        answers: dict[int, Answer] = {}
        newcomers: dict[int, Newcomer] = {}
        for done, (number, values) in enumerate(rows):
            if done % STEP == 0:
                tell(done)
            try:
                newcomers[number] = self.newcomer(number, values)
            except Refused as refused:
                said = find("not_accepted", refused.field, why=refused.what.id, why_en=refused.what.en)
                answers[number] = (None, [said])
        verdicts = join.decide_many(newcomers=list(newcomers.values()), on=self.on)
        for (number, newcomer), verdict in zip(newcomers.items(), verdicts, strict=True):
            said_ = _said(verdict)
            answers[number] = (Decided(newcomer, verdict) if verdict.outcome != "refused" else None, said_)
        return answers

    @property
    def is_paid_by_government(self) -> bool:
        return self.group is not None and self.group.is_state_budget

    def newcomer(self, number: int, values: dict[str, Any]) -> Newcomer:
        """The row as somebody who wants to join; `Refused` if a field cannot be one."""
        said = "; ".join(part for part in (values["typed_occupation"], values["note"]) if part)
        evidence = EvidenceGiven("statement", f"{said} (berkas {self.file}, baris {number})"[:2_000], self.sha256)
        return Newcomer(
            nik=values["nik"], name=values["name"], birth_date=dt.date.fromisoformat(values["birth_date"]),
            sex=values["sex"], phone=values["phone"], email=values["email"], address=values["address"],
            registered_at=self.defaults.region, lives_in=values["lives_in"], works_in=values["works_in"],
            income=values["income"], occupation=values["occupation"], second_occupation=values["second_occupation"],
            programmes=tuple(values["programmes"]), is_working=values["is_working"], evidence=(evidence,),
            heirs=tuple(HeirNamed(name, relation, facts.date(born) if born else None, phone)
                        for name, relation, born, phone in values["heirs"]),
            consent=self.defaults.consent, group=self.defaults.group, agent=self.agent,
        )  # fmt: skip

    def due(self, values: dict[str, Any]) -> int | None:
        """What the row comes to in the month of entry, by law; None where no text held says it."""
        chosen = tuple(values["programmes"])
        return _due(values["income"], self.trades.sector(values["occupation"]), chosen, self.is_paid_by_government,
                    Month.of(self.on))  # fmt: skip


@functools.lru_cache(maxsize=8_192)
def _due(income: int, sector: str, programmes: tuple[str, ...], by_government: bool, month: Month) -> int | None:
    person = SelfEmployed(income=income, sector=sector, programmes=programmes, paid_by_government=by_government)
    try:
        return assessment.amounts(person, month)[TOTAL]
    except (RulebookError, ValueError):
        return None


def _said(verdict: eligibility.Verdict) -> list[Finding]:
    """What a person must know of the answer: a refusal is to be mended, a condition to be seen."""
    if verdict.outcome == "eligible":
        return []
    code = "refused_by_law" if verdict.outcome == "refused" else "conditional_by_law"
    because = verdict.because
    words = {"why": " ".join(reason.id for reason in because), "why_en": " ".join(reason.en for reason in because)}
    return [Finding(code, "", words)]
