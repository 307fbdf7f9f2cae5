"""Column types that mean something: whole rupiah and contribution months."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from teduh.law.months import Month


class Rupiah(models.BigIntegerField):
    """Whole rupiah, exact. No fractions, no floats."""

    description = "whole rupiah"

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, float):
            raise TypeError("money is whole rupiah in integers; a float would lose some of it")
        return super().get_prep_value(value)


class MonthField(models.DateField):
    """A contribution month (bulan iuran): `Month` in Python, the month's first day in PostgreSQL.

    Pair it with `first_of_month(...)` in the model's constraints, so that the database refuses any other day.
    """

    description = "contribution month"

    def from_db_value(self, value: dt.date | None, _expression: Any, _connection: Any) -> Month | None:
        return None if value is None else Month.of(value)

    def to_python(self, value: Any) -> Month | None:
        if value is None or isinstance(value, Month):
            return value
        if isinstance(value, dt.date):
            return Month.of(value)
        try:
            return Month.parse(str(value)[:7])
        except ValueError as error:
            raise ValidationError("A month is written as 2026-04.") from error

    def get_prep_value(self, value: Any) -> Any:
        month = self.to_python(value)
        return None if month is None else month.first

    def value_to_string(self, obj: Any) -> str:
        return str(self.value_from_object(obj))


def first_of_month(field: str, name: str) -> models.CheckConstraint:
    """A named check that `field` holds the first day of a month."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__day": 1}), name=name)
