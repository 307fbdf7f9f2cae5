"""Construction projects (Jakon): work of a stated period whose daily, piece and fixed-term workers have JKK and JKM."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import Rupiah
from teduh.employers.models.firms import Employer
from teduh.registry.models import Person, Region
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class Basis(models.TextChoices):
    """What the contribution is computed from (PP 44/2015 Pasal 54, 55): known wages, otherwise the contract's value."""

    CONTRACT = "contract", "Nilai kontrak"
    WAGES = "wages", "Upah pekerja"


class ProjectState(models.TextChoices):
    REGISTERED = "registered", "Terdaftar"
    RUNNING = "running", "Berjalan"
    FINISHED = "finished", "Selesai"
    CANCELLED = "cancelled", "Dibatalkan"


class Project(models.Model):
    """A construction project. `contract_value` is without VAT; `monthly_wages` are all its workers' wages of a month.

    Instalments are dues (`contributions.ProjectDue`); cover is for the project's period.
    """

    number = models.CharField(max_length=12, unique=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=200)
    contract_number = models.CharField(max_length=80, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=8, choices=Basis)
    contract_value = Rupiah(null=True)
    monthly_wages = Rupiah(null=True)
    instalments = models.SmallIntegerField(default=1)
    workers_expected = models.IntegerField(default=0)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=10, choices=ProjectState, default=ProjectState.REGISTERED)
    registered_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="project_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(basis="contract", contract_value__gt=0)
                | models.Q(basis="wages", monthly_wages__gt=0),
                name="project_has_its_basis",
            ),
            models.CheckConstraint(condition=models.Q(state__in=ProjectState.values), name="project_state_is_known"),
        ]


PROJECT_MOVES: dict[str, frozenset[str]] = {
    ProjectState.REGISTERED: frozenset({ProjectState.RUNNING, ProjectState.CANCELLED}),
    ProjectState.RUNNING: frozenset({ProjectState.REGISTERED, ProjectState.FINISHED}),
    ProjectState.FINISHED: frozenset({ProjectState.RUNNING}),
    ProjectState.CANCELLED: frozenset(),
}


class ProjectTerms(models.Model):
    """What a project was from a day on: its value or wages and its last day. The first row is the registration, each
    further one an addendum; rows are only added.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="terms")
    on = models.DateField()
    contract_value = Rupiah(null=True)
    monthly_wages = Rupiah(null=True)
    with_vat = Rupiah(null=True)
    ends = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC


class ProjectWorker(models.Model):
    """Somebody who works on a project, from a day until a day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="workers", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="project_work")
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    job = models.CharField(max_length=80, blank=True)

    privacy = personal("person", "from_day", "until_day", "job")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "person", "from_day"], name="project_worker_once"),
        ]
