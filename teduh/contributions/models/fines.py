"""The administrative fine of PP 86/2013, as an employer is asked for it and pays it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.core.fields import Rupiah
from teduh.employers.models import Employer, Step
from teduh.payments.models import Bill, Receipt
from teduh.security.privacy import PUBLIC


class Fine(models.Model):
    """The fine of one step of a case, for one programme's unpaid contributions (PP 86/2013 Pasal 10(4)).

    `contribution` is what should have been paid. It becomes other income of the programme's fund (Pasal 7(3)).
    """

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="fines")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="fines")
    programme = models.CharField(max_length=3)
    contribution = Rupiah()
    months = models.SmallIntegerField()
    amount = Rupiah()
    articles = ArrayField(models.CharField(max_length=80))
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="fines")
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "programme"], name="fine_once_for_a_step"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="fine_asks_something"),
        ]
