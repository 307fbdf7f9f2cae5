"""What may be sent: text that a database can hold, numbers that fit, and bodies in which nothing unknown is ignored."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from teduh.api import shapes
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.security.fields import UNSTORABLE

MOST_ID = 2**63 - 1
MOST_RUPIAH = 10**15


def storable(value: str) -> str:
    """Refuse NUL and lone surrogates, which PostgreSQL cannot hold."""
    if UNSTORABLE.search(value):
        raise PydanticCustomError("unstorable", "holds a character that cannot be stored")
    return value


def text(most: int, least: int = 0) -> Any:
    rule = Field(min_length=least, max_length=most, json_schema_extra={"pattern": r"^[^\u0000]*$"})
    return Annotated[str, rule, AfterValidator(storable)]


Word = text(40, 1)
Line = text(120)
Address = text(500)
LongText = text(2_000)
Why = Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]
Money = Annotated[int, Field(ge=1, le=MOST_RUPIAH, strict=True)]
Count = Annotated[int, Field(ge=1, le=60, strict=True)]
Ident = Annotated[int, Field(ge=1, le=MOST_ID)]
NIK = Annotated[str, Field(pattern=r"^[0-9]{16}$", examples=["3273014107900007"])]
MemberNumber = Annotated[str, Field(pattern=r"^[0-9]{11}$", examples=["26000000017"])]
MonthWord = Annotated[str, Field(pattern=r"^20[1-9][0-9]-(0[1-9]|1[0-2])$", examples=["2026-04"])]
BillNumber = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9.-]+$")]

IdPath = Annotated[int, Path(ge=1, le=MOST_ID)]
MemberPath = Annotated[str, Path(pattern=r"^[0-9]{11}$", examples=["26000000017"])]
BillPath = Annotated[str, Path(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9.-]+$")]
WhyQuery = Annotated[
    str,
    Query(min_length=3, max_length=200, pattern=r"^[^\u0000]*$", description="Why you ask; kept in the audit."),
    AfterValidator(storable),
]
After = Annotated[int, Query(ge=0, le=MOST_ID, description="The `next` of the page before; 0 begins.")]
Before = Annotated[int | None, Query(ge=1, le=MOST_ID, description="The last id seen; newest come first.")]
Limit = Annotated[int, Query(ge=1, le=200)]


class In(BaseModel):
    """A body: an unknown field is a mistake, not a wish to be ignored."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.__name__ in shapes.NAMES:
            raise TypeError(f"two shapes are called {cls.__name__}")
        shapes.NAMES.add(cls.__name__)


def month(written: str | None) -> Month | None:
    """The month that was written, if one was."""
    return None if written is None else Month.parse(written)


def day(asked: dt.date | None, today: dt.date) -> dt.date:
    """The day that was asked about: not before the law of 2015, not beyond ten years from today."""
    on = asked or today
    if not dt.date(2015, 7, 1) <= on <= today + dt.timedelta(days=3660):
        raise Refused(
            "date_out_of_range",
            Text("Tanggal di luar jangkauan.", "The date is out of range."),
            then=Text(
                "Pakai tanggal sejak 1 Juli 2015 sampai sepuluh tahun lagi.",
                "Use a date from 1 July 2015 to ten years from now.",
            ),
            field="on",
        )
    return on
