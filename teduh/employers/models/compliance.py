"""What follows when an employer does not do his part: cases with dated steps that a person takes; workers' reports.

A worker's report is special: no page, list or answer for an employer may read it, nor show that there is one.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import MonthField, Rupiah
from teduh.employers.models.firms import Employer
from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class CaseState(models.TextChoices):
    OPEN = "open", "Terbuka"
    CLOSED = "closed", "Selesai"


class Case(models.Model):
    """A matter of compliance with one employer, under one number. `violation` is a code of `law.sanctions`: the duty
    that was not fulfilled, which decides the steps that are possible.
    """

    number = models.CharField(max_length=14, unique=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="cases")
    opened_on = models.DateField()
    violation = models.CharField(max_length=24, default="wrong_data")
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=6, choices=CaseState, default=CaseState.OPEN)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employer"], condition=models.Q(state="open"), name="case_one_open_per_employer"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CaseState.values), name="case_state_is_known"),
        ]


class StepKind(models.TextChoices):
    """Steps of PP 86/2013, and what surrounds them. A person takes each; the machine only says which is possible."""

    CALL = "call", "Menghubungi pemberi kerja"
    VISIT = "visit", "Kunjungan"
    FIRST_WARNING = "warning_1", "Teguran tertulis pertama"
    SECOND_WARNING = "warning_2", "Teguran tertulis kedua"
    FINE = "fine", "Denda administratif"
    SERVICES = "services", "Permintaan tidak mendapat layanan publik tertentu"
    REFERRED = "referred", "Diserahkan kepada pengawas ketenagakerjaan"
    LIFTED = "lifted", "Sanksi dicabut"
    CLOSED = "closed", "Perkara ditutup"


class Step(models.Model):
    """One step taken in a case: on which day, until when it gives time, which sum, by whom and why. Only added.

    `facts` are what it rested on that day (arrears by month, months not reported, how to pay): its letter says them for
    ever. They never come from a worker's report.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=StepKind)
    on = models.DateField()
    until = models.DateField(null=True)
    amount = Rupiah(null=True)
    articles = ArrayField(models.CharField(max_length=80), default=list)
    facts = models.JSONField(default=dict)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=StepKind.values), name="step_kind_is_known"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(kind__in=["warning_1", "warning_2", "services"]),
                name="step_once_in_a_case",
            ),
        ]


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Diusulkan"
    APPROVED = "approved", "Disetujui"
    REJECTED = "rejected", "Ditolak"


class StepProposal(models.Model):
    """A fine or a request to the services, proposed by one person; another approves it, and so it becomes a step."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=9, choices=StepKind)
    why = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    step = models.OneToOneField(Step, on_delete=models.PROTECT, null=True, related_name="proposal")

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="step_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(state="proposed"), name="step_proposed_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ProposalState.values), name="proposal_state_is_known"),
        ]


class ReportKind(models.TextChoices):
    WRONG_WAGE = "wrong_wage", "Ini bukan upah saya"
    NOT_LISTED = "not_listed", "Saya bekerja di sini tetapi tidak terdaftar"
    NOT_THERE = "not_there", "Saya tidak bekerja di sini"


class ReportState(models.TextChoices):
    OPEN = "open", "Diterima"
    TAKEN = "taken", "Sedang diperiksa"
    ANSWERED = "answered", "Dijawab"


class WorkerReport(models.Model):
    """A worker says in confidence that something is wrong. `employer_name` is kept where the employer is not known.

    Inspectors read it for a stated purpose, and every reading is recorded. `answer` is for the worker.
    """

    number = models.CharField(max_length=14, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="worker_reports")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="worker_reports")
    employer_name = EncryptedText(null=True)
    kind = models.CharField(max_length=10, choices=ReportKind)
    month = MonthField(null=True)
    wage = Rupiah(null=True)
    text = EncryptedText(null=True)
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.OPEN)
    told_on = models.DateField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = EncryptedText(null=True)
    answered_on = models.DateField(null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = personal(
        special=("person", "employer", "employer_name", "kind", "month", "wage", "text", "answer", "case")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ReportKind.values), name="report_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(employer__isnull=False) | models.Q(employer_name__isnull=False),
                name="report_names_an_employer",
            ),
        ]
