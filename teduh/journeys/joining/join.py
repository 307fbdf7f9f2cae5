"""Joining: the law decides at entry, with reasons; the decision is frozen with the person; duplicates are flagged.

The civil registry is not waited for: a check is left behind, and `identity` asks when it can.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import eligibility, facts, nik
from teduh.law.messages import Reason
from teduh.registry import actions, consents, queries, verdicts
from teduh.registry.facts import Decided, Newcomer
from teduh.registry.models.groups import Funding
from teduh.security import actions as security
from teduh.security.access import Actor

OLDEST = 120
IMPOSSIBLE = Reason(
    "birth_date_impossible", "Tanggal lahir ini tidak mungkin.", "This birth date is not possible.", (), "official"
)


@dataclass(frozen=True)
class Joined:
    """Who joined, or was there already; the verdict, and what will end or limit cover, to be said before payment."""

    person: int
    member_number: str
    verdict: eligibility.Verdict
    limits: tuple[Reason, ...]
    duplicates: tuple[actions.Flagged, ...]
    already: bool


def decide(*, newcomer: Newcomer, on: dt.date) -> eligibility.Verdict:
    """What the law says of this newcomer on this day. Nothing is stored."""
    return decide_many(newcomers=[newcomer], on=on)[0]


def decide_many(*, newcomers: Sequence[Newcomer], on: dt.date) -> list[eligibility.Verdict]:
    """The same for many, with one statement for their groups and none for the rest."""
    state_paid = _state_paid({one.group for one in newcomers if one.group})
    return [_decided(_entry(one, on, one.group in state_paid)) for one in newcomers]


def join(*, newcomer: Newcomer, by: Actor, on: dt.date, channel: str, at: dt.datetime) -> Joined:
    """Enrol one person, by himself, by an agent or by an officer. Sent twice, it is done once and answers the same."""
    by.require("enrol", "self")
    if not by.may("enrol"):
        newcomer = replace(newcomer, agent=None, group=None)
    if consents.REQUIRED not in newcomer.consent:
        raise _no_consent()
    verdict = require_eligible(newcomer=newcomer, by=by, on=on)
    with transaction.atomic():
        return _joined(newcomer, verdict, by, on, channel)


def require_eligible(*, newcomer: Newcomer, by: Actor, on: dt.date) -> eligibility.Verdict:
    """The verdict, unless the law refuses: then `Refused` with its reasons, which are written down.

    Ask it before opening a transaction of one's own: what a refusal undoes must not undo the record of the refusal.
    """
    verdict = decide(newcomer=newcomer, on=on)
    if verdict.outcome == "refused":
        raise _refused(verdict, by, on)
    return verdict


def _joined(newcomer: Newcomer, verdict: eligibility.Verdict, by: Actor, on: dt.date, channel: str) -> Joined:
    made = actions.enrol(newcomers=[Decided(newcomer, verdict)], by=by, on=on, channel=channel)
    if made.differs:
        raise _on_record_otherwise()
    person = made.made[0][1] if made.made else made.known[0][1]
    if not by.may("enrol"):
        _require_oneself(by, person, is_new=bool(made.made) and _is_first(person))
    number = queries.known(niks=[newcomer.nik])[newcomer.nik].member_number
    return Joined(person, number, verdict, verdict.limits, made.duplicates, already=not made.made)


def _require_oneself(by: Actor, person: int, *, is_new: bool) -> None:
    """Somebody who joins by himself joins as himself: his account is linked to him, and to nobody who was there."""
    if by.person is not None and queries.lives_on_as(persons=[by.person]).get(by.person) == person:
        return
    if by.person is not None or not is_new:
        raise _somebody_else()
    if by.user is not None:
        actions.link_account(user=by.user, person=person, by=by)


def _is_first(person: int) -> bool:
    return sql.rows("SELECT count(*) FROM registry_enrolment WHERE person_id = %s", [person]) == [(1,)]


def _refused(verdict: eligibility.Verdict, by: Actor, on: dt.date) -> Refused:
    """The law's refusal with its reasons, written down without saying of whom."""
    reasons = [reason._asdict() for reason in verdict.because]
    security.record(by=by, action="enrolment.refused", detail={"on": on.isoformat(), "because": reasons})
    field = "nik" if any("NIK" in reason.en for reason in verdict.because) else ""
    return Refused(
        "not_eligible",
        Text("Tidak memenuhi syarat menjadi peserta BPU.", "Not eligible as a self-employed member."),
        why=Text(
            " ".join(_cited(reason.id, reason) for reason in verdict.because),
            " ".join(_cited(reason.en, reason) for reason in verdict.because),
        ),
        then=Text(
            "Perbaiki datanya bila keliru; bila benar, mintalah keputusan tertulis di kantor cabang.",
            "Correct the data if wrong; if right, ask the branch for a written decision.",
        ),
        field=field,
    )


def _cited(sentence: str, reason: Reason) -> str:
    return f"{sentence} ({', '.join(reason.articles)})" if reason.articles else sentence


@functools.lru_cache(maxsize=8_192)
def _decided(entry: eligibility.Entry) -> eligibility.Verdict:
    return eligibility.self_employed(entry)


def _entry(one: Newcomer, on: dt.date, paid_by_government: bool) -> eligibility.Entry:
    read = nik.read(one.nik, regions=None, today=on)
    age = verdicts.age(one.birth_date, on)
    problems = read.problems + ((IMPOSSIBLE,) if not 0 <= age <= OLDEST else ())
    sector = queries.sector_of(one.occupation)
    return eligibility.Entry(
        on=on,
        age=age,
        is_working=one.is_working,
        occupations=2 if one.second_occupation else 1,
        foreigner_months=None if one.citizenship == "ID" else one.foreigner_months or 0,
        nik_problems=problems,
        nik_warnings=read.warnings + nik.compare(read, birth=one.birth_date, sex=one.sex),
        has_other_employer=one.has_other_employer,
        is_employer=one.is_employer,
        programmes=one.programmes,
        sector=facts.relief_sector(sector),
        paid_by_government=paid_by_government,
    )


def _state_paid(groups: set[int]) -> set[int]:
    """Which of these groups pay from a state budget."""
    if not groups:
        return set()
    rows = sql.rows("SELECT id, funding FROM registry_group WHERE id = ANY(%s)", [sorted(groups)])
    return {id_ for id_, funding in rows if Funding(funding).is_state_budget}


def _no_consent() -> Refused:
    return Refused(
        "consent_missing",
        Text("Persetujuan belum diberikan.", "The consent is missing."),
        why=Text("Tanpa persetujuan, data tidak boleh disimpan (UU 27/2022).", "UU 27/2022: no data without consent."),
        then=Text("Bacakan pernyataannya, lalu centang bila setuju.", "Read the statement out, and tick it if agreed."),
        field="consent",
    )


def _on_record_otherwise() -> Refused:
    return Refused(
        "nik_on_record_otherwise",
        Text("NIK ini tercatat dengan nama atau tanggal lahir lain.", "This NIK has another name or birth date here."),
        why=Text("Satu NIK adalah satu orang.", "One NIK is one person."),
        then=Text("Periksa NIK pada KTP; bila benar, hubungi petugas.", "Check the NIK; if right, see an officer."),
        status=409,
        field="nik",
    )


def _somebody_else() -> Refused:
    return Refused(
        "already_a_member",
        Text("NIK ini sudah terdaftar.", "This NIK is enrolled already."),
        then=Text(
            "Masuk dengan nomor HP yang terdaftar, atau minta petugas menghubungkan akun Anda.",
            "Sign in with the phone number on record, or ask an officer to link your account.",
        ),
        status=409,
        field="nik",
    )
