"""What lateness adds, what was paid too much, and arrears paid in instalments."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.core.fields import MonthField, Rupiah
from teduh.employers.models import Employer, WageReturn
from teduh.payments.models import Bill, Receipt
from teduh.security.models import User
from teduh.security.privacy import PUBLIC


class PenaltyKind(models.TextChoices):
    LATE = "late", "Denda keterlambatan"
    RELIEF = "relief", "Keringanan yang gugur"


class Penalty(models.Model):
    """What lateness costs: one programme of one late bill, the employer's alone to bear.

    `late` is the law's 2 % a month on what came late (PP 44/2015 Pasal 22), `relief` the part of JKK that a relief had
    spared and that is owed after its last day (PP 36/2025 Pasal 11): a contribution, not a fine. Fixed on the day of
    payment by the books' `entry`; asked for by `charged_on`: the employer's next bill, for JP the late bill itself
    (PP 45/2015 Pasal 31(2)).
    """

    late_bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="penalties")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=PenaltyKind, default=PenaltyKind.LATE, db_default=PenaltyKind.LATE)
    programme = models.CharField(max_length=3)
    month = MonthField()
    contribution = Rupiah()
    months_late = models.SmallIntegerField()
    amount = Rupiah()
    articles = ArrayField(models.CharField(max_length=80))
    on = models.DateField()
    charged_on = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="charges")
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_on = models.DateField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "kind", "programme", "month"],
                name="penalty_once_for_a_late_payment",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="penalty_asks_something"),
            models.CheckConstraint(condition=models.Q(kind__in=PenaltyKind.values), name="penalty_kind_is_known"),
        ]


class Credit(models.Model):
    """What an employer paid or was billed too much: netted with his next bills (PP 44/2015 Pasal 23(3)-(4)).

    `used_on` is the bill it is netted with; `spent` of it has settled something there. One whose money the bank took
    back is `cancelled_on` that day.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="credits")
    wage_return = models.ForeignKey(WageReturn, on_delete=models.PROTECT, null=True, related_name="credits")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")
    amount = Rupiah()
    articles = ArrayField(models.CharField(max_length=80))
    on = models.DateField()
    used_on = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="credits")
    spent = Rupiah(default=0, db_default=0)
    cancelled_on = models.DateField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="credit_is_something"),
            models.CheckConstraint(
                condition=models.Q(spent__gte=0, spent__lte=models.F("amount")), name="credit_spent_within_it"
            ),
        ]


class PlanState(models.TextChoices):
    PROPOSED = "proposed", "Diusulkan"
    AGREED = "agreed", "Disepakati"
    KEPT = "kept", "Lunas"
    BROKEN = "broken", "Tidak ditepati"
    REJECTED = "rejected", "Ditolak"


class Plan(models.Model):
    """Arrears paid in instalments: one officer proposes, another agrees. It stops no penalty and no benefit."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="plans")
    amount = Rupiah()
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.PROPOSED)
    why = models.CharField(max_length=300)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="plan_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["employer"],
                condition=models.Q(state__in=["proposed", "agreed"]),
                name="plan_one_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(state__in=PlanState.values), name="plan_state_is_known"),
        ]


class Instalment(models.Model):
    """One part of a plan, with the bill whose code pays it; its money settles the employer's oldest month first."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="instalments")
    number = models.SmallIntegerField()
    due_on = models.DateField()
    amount = Rupiah()
    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, null=True, related_name="instalment")

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="instalment_number_of_plan"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="instalment_asks_something"),
        ]
