"""From the numbers of employers that machines use to the records behind them, and what their operations ask."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query
from pydantic import AfterValidator, Field

from teduh.api.inputs import storable
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers import access, numbers
from teduh.employers.models import Employer, Employment, WageLine, WageReturn
from teduh.security.access import Actor

#: A firm's own people need no purpose; officers and inspectors do, and it is recorded.
WHO = ("own_employers", "employers")
NO_RETURN = Text("Laporan ini tidak ditemukan.", "There is no such return.")
NO_LINE = Text("Baris laporan ini tidak ditemukan.", "There is no such line.")
NO_WORKER = Text("Tenaga kerja ini tidak ditemukan.", "There is no such worker.")
NO_BILL = Text("Tagihan ini tidak ditemukan.", "There is no such bill.")

NPP = Annotated[str, Field(pattern=r"^[0-9]{8}$", examples=["10000013"])]
NPPPath = Annotated[str, Path(pattern=r"^[0-9]{8}$", description="The employer's number.", examples=["10000013"])]
MonthPath = Annotated[str, Path(pattern=r"^20[1-9][0-9]-(0[1-9]|1[0-2])$", examples=["2026-10"])]
Purpose = Annotated[
    str,
    Query(
        max_length=200, pattern=r"^[^\u0000]*$",
        description="Why you ask, where you are not of the firm's own staff; kept in the audit.",
    ),
    AfterValidator(storable),
]  # fmt: skip
Sought = Annotated[str, Query(max_length=80, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]


def find(*, actor: Actor, npp: str, what: str = "view", why: str = "") -> int:
    """The employer with this number, if the asker may do this there; otherwise it reads as if there were none."""
    found = Employer.objects.filter(npp=npp).values_list("pk", flat=True).first() if numbers.is_npp(npp) else None
    if found is None:
        raise access.not_yours()
    access.require(by=actor, employer=found, what=what, why=why)
    return int(found)


def wage_return(*, actor: Actor, id: int, what: str = "view", why: str = "") -> WageReturn:
    """The wage return with this id, if its employer is the asker's."""
    found = WageReturn.objects.filter(pk=id).first()
    if found is None or not access.may(by=actor, employer=found.employer_id, what="view"):
        raise not_found(NO_RETURN)
    access.require(by=actor, employer=found.employer_id, what=what, why=why)
    return found


def require_line(*, wage_return: int, line: int) -> None:
    """The line must be that return's, whose employer the asker may see."""
    if not WageLine.objects.filter(pk=line, wage_return=wage_return).exists():
        raise not_found(NO_LINE)


def require_employment(*, employer: int, employment: int) -> None:
    """The employment must be this firm's."""
    if not Employment.objects.filter(pk=employment, employer=employer).exists():
        raise not_found(NO_WORKER)
