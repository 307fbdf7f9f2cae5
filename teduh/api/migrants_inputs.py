"""What operations on placements abroad share: who may ask, how a placement is named, and what is said of a newcomer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Path, Query
from pydantic import AfterValidator, Field

from teduh.api import inputs, shapes
from teduh.api.inputs import storable
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.migrants import access, facts, queries
from teduh.migrants.models import PaperKind, Placement
from teduh.registry.facts import HeirNamed
from teduh.security.access import Actor

#: The worker himself, a relative as far as he was let, an agency or mission for its own, an officer for a purpose.
WHO = ("self", "family", "own_placements", "migrants")
DESKS = ("own_placements", "migrants")
NO_ORGANISATION = Text("Lembaga ini tidak ditemukan.", "There is no such organisation.")
NUMBER = r"^M[0-9]{11}$"
MOST_MANY = 1_000

PlacementView = shapes.PLAIN[queries.PlacementView] = shapes.of(
    queries.PlacementView, omit=("id", "person", "verdict"), also=(("is_open", bool),)
)
NumberPath = Annotated[str, Path(pattern=NUMBER, description="The placement's number.", examples=["M10000000016"])]
PlacementNumber = Annotated[str, Field(pattern=NUMBER, examples=["M10000000016"])]
PlacementNumbers = Annotated[list[PlacementNumber], Field(min_length=1, max_length=MOST_MANY)]
Purpose = Annotated[
    str,
    Query(
        max_length=200, pattern=r"^[^\u0000]*$",
        description="Why you ask; officers must say it. Kept in the audit, which the worker can read.",
    ),
    AfterValidator(storable),
]  # fmt: skip
Sought = Annotated[str, Query(max_length=100, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]
#: A passport as people and machines write it.
Passport: Any = inputs.text(30)
DestinationCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="See /destinations.", examples=["TW"])]
OrganisationCode = Annotated[str, Field(pattern=r"^[A-Z0-9-]{3,12}$", description="Its code.", examples=["P3MI-01"])]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file that was shown.")]


class PlacementHeir(inputs.In):
    name: inputs.Line
    relation: Literal["spouse", "child", "parent", "grandparent", "grandchild", "sibling", "parent_in_law", "will"]
    birth_date: dt.date | None = None
    phone: inputs.Word | None = None


class WorkAgreement(inputs.In):
    """A work agreement: first and last day, employer and job."""

    starts: dt.date
    ends: dt.date
    employer: inputs.text(160, 1)  # type: ignore[valid-type]
    job: inputs.text(120, 1)  # type: ignore[valid-type]
    employer_address: inputs.text(300) = ""  # type: ignore[valid-type]
    sha256: Digest | None = None


class PlacementPaper(inputs.In):
    """A document that was shown; its file is named by its digest, if it was kept."""

    kind: Literal[tuple(PaperKind.values)]  # type: ignore[valid-type]
    sha256: Digest | None = None


class MigrantRow(inputs.In):
    """Who goes abroad, or is there already. Without agreement or papers, what is waited for is said."""

    nik: inputs.NIK
    name: inputs.text(120, 1)  # type: ignore[valid-type]
    birth_date: dt.date
    sex: Literal["F", "M"] | None = None
    phone: inputs.Word | None = None
    email: inputs.text(254) | None = None  # type: ignore[valid-type]
    destination: DestinationCode
    abroad: bool = Field(default=False, description="Already abroad, not waiting to depart.")
    passport: Passport | None = None
    passport_until: dt.date | None = None
    agreement: WorkAgreement | None = None
    heirs: Annotated[list[PlacementHeir], Field(max_length=20)] = []
    savings_monthly: Annotated[int, Field(ge=0, le=10**9, strict=True)] = Field(
        default=0, description="A tier of voluntary old-age savings (JHT) in rupiah a month, or 0."
    )
    home_region: Annotated[str, Field(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")] | None = None
    papers: Annotated[list[PlacementPaper], Field(max_length=20)] = []


def find(*, number: str) -> int:
    """The placement with this number. Whose it is, the journey that is called decides; both misses read the same."""
    found = queries.by_number(number=number)
    if found is None:
        raise access.not_yours()
    return found


def find_many(*, numbers: list[str]) -> list[int]:
    """The placements with these numbers, in their order."""
    found = dict(Placement.objects.filter(number__in=numbers).values_list("number", "pk"))
    if any(number not in found for number in numbers):
        raise access.not_yours()
    return [found[number] for number in dict.fromkeys(numbers)]


def organisation(*, actor: Actor, code: str | None) -> int | None:
    """The organisation with this code; without one, the only one for which an account acts, if there is only one."""
    if code is not None:
        found = next((row.id for row in queries.organisations(search=code) if row.code == code), None)
        if found is None:
            raise not_found(NO_ORGANISATION)
        return found
    own = access.desks_of(by=actor)
    return own[0].organisation if len(own) == 1 else None


def newcomer(row: MigrantRow, *, scheme: str, organisation: int | None, consent: bool, number: int = 0) -> Any:
    """What was sent, as the register wants it."""
    given = row.model_dump(exclude={"agreement", "heirs", "papers", "scheme", "organisation", "consent"})
    return facts.NewMigrant(
        **given, scheme=scheme, organisation=organisation, consent=consent, number=number,
        agreement=agreement(row.agreement) if row.agreement else None,
        heirs=tuple(HeirNamed(**heir.model_dump()) for heir in row.heirs),
        papers=tuple((paper.kind, digest(paper.sha256)) for paper in row.papers),
    )  # fmt: skip


def agreement(said: WorkAgreement) -> facts.NewAgreement:
    """A work agreement, as the register wants it."""
    return facts.NewAgreement(**{**said.model_dump(), "sha256": digest(said.sha256)})


def digest(written: str | None) -> bytes | None:
    return bytes.fromhex(written) if written else None
