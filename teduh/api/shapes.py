"""Response shapes made from the frozen dataclasses that queries return, so that the description cannot lag behind."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from teduh.core.text import Text
from teduh.law.messages import Message
from teduh.law.months import Month

NAMES: set[str] = set()


class Out(BaseModel):
    """Anything that the API answers with. In the description a name stands for one shape."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.__name__ in NAMES:
            raise TypeError(f"two shapes are called {cls.__name__}")
        NAMES.add(cls.__name__)


class Words(Out):
    """The same message in Bahasa Indonesia and in English."""

    id: str = Field(examples=["Terlindungi sampai 30 April 2026."])
    en: str = Field(examples=["Protected until 30 April 2026."])


class Problem(Out):
    """The one shape of every error."""

    code: str = Field(description="A stable word for machines.", examples=["not_found"])
    what: Words = Field(description="What is wrong.")
    why: Words | None = Field(description="Why, if there is more to say.")
    next: Words = Field(description="What to do next.")
    field: str = Field(description="The input it speaks of, or empty.", examples=["nik"])


MonthText = Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}-\d{2}$", examples=["2026-04"])]
DecimalText = Annotated[str, BeforeValidator(str), Field(pattern=r"^-?\d+(\.\d+)?$", examples=["512.25"])]
HexText = Annotated[str, BeforeValidator(lambda value: bytes(value).hex())]
PLAIN: dict[Any, Any] = {Month: MonthText, Text: Words, Message: Words, bytes: HexText, Decimal: DecimalText}


@functools.cache
def of(
    kind: type, *, omit: tuple[str, ...] = (), also: tuple[tuple[str, Any], ...] = (), name: str = ""
) -> type[Out]:  # fmt: skip
    """The shape of a dataclass, called `name` if given: its fields without `omit`, its properties named in `also`."""
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else list(hints)
    given = {field: (_shape(hints[field]), ...) for field in names if field not in omit}
    given |= {field: (_shape(hint), ...) for field, hint in also}
    doc = (kind.__doc__ or kind.__name__).split("\n\n")[0]
    return create_model(name or _name(kind), __base__=Out, __doc__=doc, **typing.cast(Any, given))


def _name(kind: type) -> str:
    """The class's own name, with as much of its module before it as nobody else has."""
    parts = [part.title().replace("_", "") for part in kind.__module__.split(".")[1:]]
    names = ["".join(parts[len(parts) - n :]) + kind.__name__ for n in range(len(parts) + 1)]
    return next((name for name in names if name not in NAMES), f"{names[-1]}{len(NAMES)}")


def _shape(hint: Any) -> Any:
    if hint in PLAIN:
        return PLAIN[hint]
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(_shape(part) for part in parts)]  # noqa: UP007 (made at run time)
    if origin in (tuple, list, set, frozenset) or (isinstance(origin, type) and issubclass(origin, typing.Sequence)):
        if origin is tuple and parts[-1:] != (Ellipsis,):
            return list[Any]
        return list[_shape(parts[0])]  # type: ignore[misc]
    if origin is dict or (isinstance(origin, type) and issubclass(origin, typing.Mapping)):
        return dict[str, _shape(parts[1])] if len(parts) == 2 else dict[str, Any]  # type: ignore[misc]
    if dataclasses.is_dataclass(hint) or _is_named_tuple(hint):
        return of(hint)
    if hint in (str, int, bool, dt.date, dt.datetime, type(None)):
        return hint
    if isinstance(hint, type) and issubclass(hint, str):
        return str
    return Any


def _is_named_tuple(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")
