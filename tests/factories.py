"""People, groups and accounts as tests need them, straight through the models. For what a journey decides, use it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from teduh.registry.models import Enrolment, Group, Membership, Occupation, Person
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.models import Role, User

_serial = itertools.count(1)
PROGRAMMES = ("JKK", "JKM")


def user(role: str = Role.OFFICER, name: str | None = None) -> User:
    """An account that cannot sign in."""
    return User.objects.create(username=name or f"{role}-{next(_serial)}", role=role, password="!")


def actor(role: str = Role.OFFICER, *, account: User | None = None, person: int | None = None) -> Actor:
    """Somebody who asks."""
    account = account or user(role)
    return Actor(user=account.id, name=account.username, role=account.role, person=person)


def occupation(sector: str = "fishing") -> Occupation:
    return Occupation.objects.get_or_create(
        code=f"test-{sector}", defaults={"sector": sector, "name_id": sector, "name_en": sector}
    )[0]


def people(
    count: int,
    *,
    on: dt.date = dt.date(2026, 4, 1),
    income: int | Sequence[int] = 1_000_000,
    sector: str = "fishing",
    programmes: Sequence[str] = PROGRAMMES,
    agent: User | None = None,
) -> list[int]:
    """Enrolled people; their ids in order. `income` may be a list that is gone through in turn."""
    incomes = itertools.cycle([income] if isinstance(income, int) else income)
    made = []
    for _ in range(count):
        n = next(_serial)
        nik = f"357801{n:010d}"
        made.append(
            Person(
                member_number=f"{n:011d}", nik=nik, nik_index=crypto.blind("nik", nik), name=f"Orang {n}",
                birth_date=dt.date(1985, 5, 17), sex="M", joined_on=on, agent=agent, identity="verified",
            )
        )  # fmt: skip
    Person.objects.bulk_create(made, batch_size=2_000)
    work = occupation(sector)
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                person=person, on=on, channel="officer", income=next(incomes), sector=sector, occupation=work,
                programmes=list(programmes), outcome="eligible", verdict={},
            )
            for person in made
        ],
        batch_size=2_000,
    )  # fmt: skip
    return [person.id for person in made]


def person(**wanted: object) -> int:
    """One enrolled person."""
    return people(1, **wanted)[0]  # type: ignore[arg-type]


def group(
    members: Sequence[int] = (), *, funding: str = "members", kind: str = "cooperative", manager: User | None = None
) -> int:
    """A group with these members."""
    made = Group.objects.create(name=f"Koperasi {next(_serial)}", kind=kind, funding=funding, manager=manager)
    Membership.objects.bulk_create(
        [Membership(group=made, person_id=member, from_day=dt.date(2026, 1, 1)) for member in members]
    )
    return made.id
