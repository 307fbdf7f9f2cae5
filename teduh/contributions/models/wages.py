"""Contributions of wage earners: one row for a line of a wage return, employer's and worker's share apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.employers.models import Employer, WageLine
from teduh.payments.models import Bill, Receipt
from teduh.registry.models import Person
from teduh.security.privacy import PUBLIC, personal


class WageBasis(models.Model):
    """The law's part of a wage earner's month that does not depend on the wage: rules, articles, values, notes.

    Shared by all lines with the same month, risk class, programmes and reliefs; `digest` names these and the rulebook.
    With a line's wage it gives the whole explanation (`law.assessment`), which must equal what was billed.
    """

    digest = models.BinaryField(unique=True)
    month = MonthField()
    facts = models.JSONField()
    result = models.JSONField()
    rulebook = models.CharField(max_length=64)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [first_of_month("month", "basis_month_is_a_month")]


class WageDue(models.Model):
    """What one line of a wage return adds to a bill: rupiah per programme, employer's and worker's share apart.

    For an amended line the difference to what the line before it owed, which may be below zero. `jkp_*` is moved
    inside JKK and JKM, or owed by the State: never billed. A line is settled in two parts: protection (JKK and JKM)
    and savings (JHT and JP), each whole.
    """

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="wage_dues", db_index=False)
    line = models.OneToOneField(WageLine, on_delete=models.PROTECT, related_name="due")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wage_dues", db_index=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="wage_dues", db_index=False)
    month = MonthField()
    jkk = Rupiah(default=0)
    jkm = Rupiah(default=0)
    jht_employer = Rupiah(default=0)
    jht_worker = Rupiah(default=0)
    jp_employer = Rupiah(default=0)
    jp_worker = Rupiah(default=0)
    jkp_from_jkk = Rupiah(default=0)
    jkp_from_jkm = Rupiah(default=0)
    jkp_state = Rupiah(default=0)
    basis = models.ForeignKey(WageBasis, on_delete=models.PROTECT, related_name="+", db_index=False)
    protection_on = models.DateField(null=True)
    protection_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    savings_on = models.DateField(null=True)
    savings_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    privacy = personal(
        "person", "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp_from_jkk",
        "jkp_from_jkm", "jkp_state",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [first_of_month("month", "wage_due_month_is_a_month")]
        indexes: ClassVar = [
            models.Index(fields=["person", "month"], name="wage_due_by_person"),
            models.Index(fields=["bill"], name="wage_due_by_bill"),
        ]
