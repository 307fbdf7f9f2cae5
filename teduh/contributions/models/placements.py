"""What a migrant worker pays for a placement: one row for a stage, settled whole."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.contributions.models.dues import Assessment
from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.migrants.models import Agreement, Placement
from teduh.payments.models import Bill, Receipt
from teduh.registry.models import Person
from teduh.security.privacy import personal


class Stage(models.TextChoices):
    """What is paid for (Permenaker 4/2023 Pasal 18 and 20); `savings` is voluntary JHT, so many months at a tier."""

    BEFORE = "before", "Sebelum bekerja"
    DURING = "during", "Selama dan setelah bekerja"
    EXTENSION = "extension", "Perpanjangan"
    SAVINGS = "savings", "JHT sukarela"


class PlacementDue(models.Model):
    """One stage of one placement on a bill, in rupiah.

    `months` and `until` are what the fee was reckoned for: months of the agreement, and the last day they pay for;
    `month` is the month in which it was asked (for the books).

    JKK and JKM are one sum: no text splits it. What was not paid and is asked anew is `withdrawn_on` that day.
    """

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="placement_dues", db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="dues", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placement_dues", db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    stage = models.CharField(max_length=9, choices=Stage)
    month = MonthField()
    months = models.SmallIntegerField()
    until = models.DateField(null=True)
    amount = Rupiah()
    articles = ArrayField(models.CharField(max_length=80))
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    withdrawn_on = models.DateField(null=True)

    privacy = personal("person", "placement", "amount")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bill", "placement", "stage", "agreement", "until"],
                nulls_distinct=False,
                name="placement_due_once_on_a_bill",
            ),
            models.UniqueConstraint(
                fields=["placement", "stage", "agreement", "until"],
                condition=models.Q(settled_on__isnull=False, stage__in=["before", "during", "extension"]),
                nulls_distinct=False,
                name="placement_due_settled_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="placement_due_asks_something"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="placement_due_stage_is_known"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(settled_on=None),
                name="placement_due_paid_or_withdrawn",
            ),
            first_of_month("month", "placement_due_month_is_a_month"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["placement", "id"], name="placement_due_by_placement"),
            models.Index(fields=["bill"], name="placement_due_by_bill"),
        ]
