"""A migrant names somebody at home who may see, pay, extend or speak for him; a code shown once makes it so.

Heirs stay the registry's: who is named here inherits nothing by it. Every reading by a relative is recorded.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining.activation import LETTERS, read
from teduh.journeys.joining.sign_up import TAKEN
from teduh.journeys.migrants import family_refusals as refusals
from teduh.migrants import families, standing
from teduh.migrants.families import MAY, RELATIONS, Held, LookedAfter, RelativeRow
from teduh.migrants.standing import AGENCY, FAMILY, MISSION, OFFICER, SYSTEM, WORKER, Standing
from teduh.outreach import actions as outreach
from teduh.outreach.facts import Telling
from teduh.registry import cleaning, phones
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security import masking
from teduh.security.access import SYSTEM as THE_SYSTEM
from teduh.security.access import Actor
from teduh.security.models import Role, User

LIFE = dt.timedelta(days=7)
#: Letters of a code that nobody can guess; what comes before them says whose it is.
SECRET = 8
#: More people than this one migrant's family does not act for him.
MOST = 6
LINK = "/saya/migran/keluarga/"

NAMED = Text("Seseorang diberi akses sebagai keluarga Anda: periksa", "Somebody was named as your family: check")
NAMED_BODY = Text(
    "{who} mencatat {name} sebagai keluarga yang membantu Anda. Bila tidak benar, akhiri di halaman Keluarga.",
    "{who} put {name} down as family who help you. If that is wrong, end it on the page Family.",
)
JOINED = Text("Kode keluarga Anda sudah dipakai", "Your family's code has been used")
JOINED_BODY = Text(
    "Orang yang Anda beri kode sekarang dapat membantu Anda. Bukan dia? Akhiri di halaman Keluarga.",
    "The person you gave the code can help you now. Not him or her? End it on the page Family.",
)
COVERED = """
SELECT placement_id, max(CASE WHEN paid_until >= %(on)s THEN paid_until ELSE grace_until END) FROM coverage_span
WHERE placement_id = ANY(%(placements)s) AND starts <= %(on)s AND grace_until >= %(on)s GROUP BY 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A relative with his code, known here and never again."""

    relative: int
    code: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrantOfMine:
    """Somebody whom a relative looks after, no more of him than was granted: `protected_until` (the last day of cover
    that today's is part of), where he is and how he stands only to who may see."""

    relative: int
    person: int
    placement: int | None
    number: str
    name: str
    relation: Text
    may: tuple[str, ...]
    state: str
    destination: Text | None
    protected_until: dt.date | None

    @property
    def may_names(self) -> tuple[Text, ...]:
        return tuple(MAY[word] for word in self.may)


def name(*, person: int, name: str, relation: str, phone: str | None, may: Iterable[str], by: Actor, on: dt.date,
         at: dt.datetime, why: str = "") -> Named:  # fmt: skip
    """Name a relative and get his code. For the worker a mission, an officer or his agency may do it too; `why` then
    says how he agreed, and he is told. An agency lets nobody speak in matters. Who was named before by the same phone
    and has not spent his code gets a new one."""
    who = _may_name(person, by, why)
    words = _words(may, who)
    called = cleaning.name(name, field="name", most=120)
    number = phones.read(phone, field="phone")
    if relation not in RELATIONS:
        raise refusals.relation()
    with transaction.atomic():
        sql.rows("SELECT id FROM registry_person WHERE id = %s FOR NO KEY UPDATE", [who.person])
        relative = _named(who.person, called, relation, number, words, by, on)
        made = _give(relative, at)
        _record(by, "relative.named", who.person, why, may=words, relative=relative)
        if who.as_ not in (WORKER, SYSTEM):
            teller = standing.NAMES[who.as_]
            said = Text(
                NAMED_BODY.id.format(who=teller.id, name=called), NAMED_BODY.en.format(who=teller.en, name=called)
            )
            _tell(who.person, "family.named", NAMED, said, f"family.named:{relative}:{on}", by, at)
    return made


def _named(person: int, called: str, relation: str, number: str | None, words: Sequence[str], by: Actor,
           on: dt.date) -> int:  # fmt: skip
    known = families.known(person=person, phone=number)
    if known and known[1]:
        raise refusals.known()
    if known:
        families.name_again(relative=known[0], name=called, relation=relation, may=words, on=on, by=by.user)
        return known[0]
    if families.count(person=person) >= MOST:
        raise refusals.too_many(MOST)
    return families.add(
        person=person, name=called, relation=relation, phone=number, may=words, on=on, by=by.user
    )  # fmt: skip


def code_again(*, relative: int, by: Actor, at: dt.datetime, why: str = "") -> Named:
    """A new code for a relative who has not spent his; the older one opens nothing any more."""
    with transaction.atomic():
        held, who = _held(relative, by, at)
        if who.as_ == AGENCY and held.by != by.user:
            raise refusals.missing()
        _require_why(who, why)
        if held.user is not None:
            raise refusals.known()
        made = _give(relative, at)
        _record(by, "relative.code_given", who.person, why, relative=relative)
    return made


def allow(*, relative: int, may: Iterable[str], by: Actor, on: dt.date, why: str = "") -> None:
    """What a relative may do from now on. The worker decides; a mission or an officer for him, with the reason."""
    with transaction.atomic():
        _, who = _held(relative, by, _morning(on))
        if who.as_ in (FAMILY, AGENCY):
            raise refusals.missing()
        _require_why(who, why)
        words = _words(may, who)
        families.allow(relative=relative, may=words)
        _record(by, "relative.allowed", who.person, why, may=words, relative=relative)


def end(*, relative: int, by: Actor, on: dt.date, why: str = "") -> None:
    """He may nothing any more: said by the worker at any time, by himself, or by a mission or an officer with the
    reason. Who was ended already stays so."""
    with transaction.atomic():
        held, who = _held(relative, by, _morning(on))
        if (who.as_ == FAMILY and held.user != by.user) or who.as_ == AGENCY:
            raise refusals.missing()
        _require_why(who, why)
        families.end(relative=relative, on=on)
        _record(by, "relative.ended", who.person, why, relative=relative)


def of(*, person: int, by: Actor, at: dt.datetime | None = None, why: str = "") -> tuple[RelativeRow, ...]:
    """The relatives a worker has named, for himself, a mission and officers; recorded."""
    who = standing.to_person(person=person, by=by)
    if who.as_ in (FAMILY, AGENCY):
        raise standing.nobody()
    if who.as_ == OFFICER:
        people.require_purpose(why)
    if who.as_ != WORKER:
        _record(by, "relative.listed", who.person, why)
    return families.of(person=who.person, at=at)


def mine(*, by: Actor, on: dt.date) -> tuple[MigrantOfMine, ...]:
    """Whom this account looks after, each no further than was granted; recorded with every one of them."""
    by.require("family")
    found = families.mine(user=by.user)
    if not found:
        return ()
    seen = [one.placement for one in found if one.placement and "see" in one.may]
    until = dict(sql.rows(COVERED, {"placements": seen, "on": on})) if seen else {}
    security.record(by=by, action="relative.read", subjects=[f"person:{one.person}" for one in found])
    return tuple(_mine(one, until.get(one.placement)) for one in found)


def _mine(one: LookedAfter, until: dt.date | None) -> MigrantOfMine:
    return MigrantOfMine(
        relative=one.relative, person=one.person, placement=one.placement, number=one.number, name=one.name,
        relation=one.relation, may=one.may, state=one.state, destination=one.destination, protected_until=until,
    )  # fmt: skip


def spend(*, code: str, by: Actor, at: dt.datetime) -> int:
    """An account that is there already becomes the relative whose code this is; gives the migrant's number.

    Each wrong try counts, and the fifth ends the code. Nobody is his own family.
    """
    by.require("family")
    if by.user is None:
        raise refusals.wrong()
    relative, secret = _read(code)
    with transaction.atomic():
        held = families.try_code(relative=relative, code=secret, at=at)
        if held is not None:
            if by.person is not None and held.person in standing.same_persons(persons=[by.person]).values():
                raise refusals.oneself()
            _spent(held, by, at)
    if held is None:
        raise refusals.wrong()
    return held.person


def sign_up(*, code: str, phone: str, password: str, name: str, at: dt.datetime, language: str = "id") -> User:
    """An account for a relative who is no member: his mobile number, a password, and the code he was given.

    What is wrong with number or password is said only to who has the right code, and costs no try.
    """
    relative, secret = _read(code)
    with transaction.atomic():
        held = families.try_code(relative=relative, code=secret, at=at)
        user = _signed_up(held, phone, password, name, at, language) if held is not None else None
    if user is None:
        raise refusals.wrong()
    return User.objects.get(pk=user)


def _signed_up(held: Held, phone: str, password: str, name: str, at: dt.datetime, language: str) -> int:
    number = phones.read(phone, field="phone")
    if not number:
        raise refusals.phone_missing()
    called = masking.name(cleaning.name(name, field="name", most=120))
    if User.objects.filter(username=number).exists():
        raise TAKEN
    try:
        with transaction.atomic():
            user = security.create_account(
                username=number, role=Role.FAMILY, password=password, by=THE_SYSTEM, name=called, language=language
            )
    except IntegrityError as error:
        raise TAKEN from error
    _spent(held, Actor(user=user, name=called, role=Role.FAMILY), at)
    return user


def _spent(held: Held, by: Actor, at: dt.datetime) -> None:
    if by.user is None:
        raise refusals.wrong()
    families.spend(held=held, user=by.user, on=_day(at))
    _record(by, "relative.joined", held.person, "", relative=held.id)
    _tell(held.person, "family.joined", JOINED, JOINED_BODY, f"family.joined:{held.id}:{by.user}", by, at)


def _give(relative: int, at: dt.datetime) -> Named:
    secret = "".join(secrets.choice(LETTERS) for _ in range(SECRET))
    families.give_code(relative=relative, code=secret, expires=at + LIFE)
    return Named(relative=relative, code=_write(relative, secret), expires_at=at + LIFE)


def _write(relative: int, secret: str) -> str:
    """A code in groups of four: whose it is, then what nobody can guess."""
    whose = ""
    while relative or not whose:
        relative, letter = divmod(relative, len(LETTERS))
        whose = LETTERS[letter] + whose
    return f"{whose}-{secret[:4]}-{secret[4:]}"


def _read(code: str) -> tuple[int, str]:
    """Whose code this is, and its secret; small letters, spaces and dashes do not matter."""
    text = read(code)
    whose, secret = text[:-SECRET], text[-SECRET:]
    if not whose or len(whose) > 12 or set(text) - set(LETTERS):
        return 0, secret
    number = 0
    for letter in whose:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return (number if number < 2**63 else 0), secret


def _may_name(person: int, by: Actor, why: str) -> Standing:
    who = standing.to_person(person=person, by=by, writing=True)
    if who.as_ == FAMILY:
        raise standing.nobody()
    _require_why(who, why)
    return who


def _require_why(who: Standing, why: str) -> None:
    if who.as_ in (OFFICER, MISSION, AGENCY) and not why.strip():
        raise refusals.consent()


def _words(may: Iterable[str], who: Standing) -> list[str]:
    asked = set(may)
    if not asked or asked - set(MAY):
        raise refusals.may()
    if who.as_ == AGENCY and "speak" in asked:
        raise refusals.not_by_an_agency()
    if "extend" in asked:  # an extension is an agreement and its bill in one step
        asked = {*asked, "pay"}
    return [word for word in MAY if word in asked]


def _held(relative: int, by: Actor, at: dt.datetime) -> tuple[Held, Standing]:
    held = families.hold(relative=relative, at=at)
    if held is None:
        raise refusals.missing()
    try:
        return held, standing.to_person(person=held.person, by=by, writing=True)
    except Refused as refused:
        raise refusals.missing() if refused.status == 404 else refused from refused


def _record(by: Actor, action: str, person: int, why: str, **detail: object) -> None:
    security.record(by=by, action=action, subjects=[f"person:{person}"], why=why, detail=detail)


def _tell(person: int, kind: str, title: Text, body: Text, key: str, by: Actor, at: dt.datetime) -> None:
    told = Telling(person=person, kind=kind, title=title, body=body, link=LINK, key=key)
    outreach.tell(messages=[told], by=by, at=at)


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(JAKARTA).date()


def _morning(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(), JAKARTA)


__all__ = [
    "MAY", "RELATIONS", "MigrantOfMine", "Named", "RelativeRow", "allow", "code_again", "end", "mine", "name", "of",
    "sign_up", "spend",
]  # fmt: skip
