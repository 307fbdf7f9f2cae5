"""What a construction project owes: one row for an instalment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from teduh.contributions.models.dues import Assessment
from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.employers.models import Project
from teduh.payments.models import Bill, Receipt
from teduh.security.privacy import PUBLIC


class ProjectDue(models.Model):
    """One instalment of a construction project's contribution: JKK and JKM in rupiah, and what settled it.

    After an addendum what was not paid is `withdrawn_on` that day, and new rows ask for what is then left.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="dues", db_index=False)
    number = models.SmallIntegerField()
    month = MonthField()
    due_on = models.DateField()
    jkk = Rupiah()
    jkm = Rupiah()
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+", db_index=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="project_dues")
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="project_due_number"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(settled_on=None), name="project_due_paid_or_withdrawn"
            ),
            first_of_month("month", "project_due_month_is_a_month"),
        ]
