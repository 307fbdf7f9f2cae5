"""Contributions of the self-employed asked for and settled: one row for a person, a month and a programme."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.payments.models import Bill, Receipt
from teduh.registry.models import Person
from teduh.security.privacy import PUBLIC, personal


class Assessment(models.Model):
    """An assessment of the law, stored once for all who share its facts: lines, steps, values, notes and rulebook.

    `digest` is the SHA-256 of facts, month and rulebook; the explanation a member reads is this row.
    """

    digest = models.BinaryField(unique=True)
    month = MonthField()
    facts = models.JSONField()
    result = models.JSONField()
    rulebook = models.CharField(max_length=64)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [first_of_month("month", "assessment_month_is_a_month")]


class Due(models.Model):
    """What one person owes one programme for one month, on a bill; settled by the receipt that paid it."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="dues")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dues")
    month = MonthField()
    programme = models.CharField(max_length=3)
    amount = Rupiah()
    articles = ArrayField(models.CharField(max_length=80))
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="settled")

    privacy = personal("person", "amount")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "person", "month", "programme"], name="due_once_on_a_bill"),
            models.UniqueConstraint(
                fields=["person", "month", "programme"],
                condition=models.Q(settled_on__isnull=False),
                name="due_settled_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="due_asks_something"),
            first_of_month("month", "due_month_is_a_month"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "month"], name="due_by_person"),
        ]
