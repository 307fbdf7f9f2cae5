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
    """One instalment of a construction project's contribution: JKK and JKM in rupiah, and what settled it."""

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

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="project_due_number"),
            first_of_month("month", "project_due_month_is_a_month"),
        ]
