"""Spans of protection, as computed by the law from what was paid. Time alone changes nothing here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.employers.models import Employment, Project
from teduh.migrants.models import Placement
from teduh.registry.models import Person, Segment
from teduh.security.privacy import personal


class Span(models.Model):
    """A person's protection by a programme: all dates are included days; grace ends with `grace_until`.

    `paid_until` ends the last month paid without a hole; up to `due_until` nothing is in arrears yet. A wage earner's
    span is of an `employment`, a project worker's of a `project`; `ends` is the last day of the work itself, if known.
    After `grace_until` an employer who is behind pays first; the wage earner stays entitled while he works.

    A migrant's span is of a `placement` in one `phase` (before, during, after): `paid_until` and `due_until` end the
    paid time, `grace_until` the month to prepare the return.

    An employment has one span of a programme; other spans of one person, programme and source never overlap (an
    exclusion constraint in the migration).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="spans", db_index=False)
    programme = models.CharField(max_length=3)
    segment = models.CharField(max_length=3, choices=Segment, default=Segment.BPU, db_default=Segment.BPU)
    employment = models.ForeignKey(
        Employment, on_delete=models.PROTECT, null=True, related_name="spans", db_index=False
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="spans", db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="spans", db_index=False)
    phase = models.CharField(max_length=6, blank=True, default="", db_default="")
    starts = models.DateField()
    paid_until = models.DateField()
    due_until = models.DateField()
    grace_until = models.DateField()
    ends = models.DateField(null=True)
    articles = ArrayField(models.CharField(max_length=80))

    privacy = personal("person", "starts", "paid_until", "due_until", "grace_until", "ends")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(grace_until__gte=models.F("starts")), name="span_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(grace_until__gte=models.F("due_until"), due_until__gte=models.F("paid_until")),
                name="span_grace_follows",
            ),
            models.UniqueConstraint(
                fields=["employment", "programme"],
                condition=models.Q(employment__isnull=False),
                name="span_once_for_an_employment",
            ),
            models.CheckConstraint(
                condition=models.Q(placement=None, phase="")
                | models.Q(placement__isnull=False, phase__in=["before", "during", "after"]),
                name="span_phase_is_a_placements",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "programme", "-starts"],
                include=["paid_until", "due_until", "grace_until", "segment", "ends"],
                name="span_by_person",
            ),
            models.Index(fields=["paid_until"], name="span_by_end"),
            models.Index(fields=["placement"], condition=models.Q(placement__isnull=False), name="span_by_placement"),
        ]
