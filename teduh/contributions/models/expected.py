"""What everyone owes for a month, as the law computes it over a snapshot: an expectation, never a bill."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from teduh.core.fields import MonthField, Rupiah
from teduh.security.privacy import personal


class Expectation(models.Model):
    """What the law expects for one membership and month, whole rupiah by programme and share.

    `source` is the enrolment of the self-employed (`segment` 1), the employment (2), the project's worker (3) or the
    placement abroad (4). `refused` says why the law gives no answer (`law.codes`). Partitioned by month: filled aside,
    shown when whole, append-only; a later booking of a month takes the earlier one's place.
    """

    pk = models.CompositePrimaryKey("source", "segment", "month")
    month = MonthField()
    booking = models.BigIntegerField()
    segment = models.SmallIntegerField()
    source = models.BigIntegerField()
    jkk = Rupiah()
    jkm = Rupiah()
    jht_employer = Rupiah()
    jht_worker = Rupiah()
    jp_employer = Rupiah()
    jp_worker = Rupiah()
    jkp_from_jkk = Rupiah()
    jkp_from_jkm = Rupiah()
    jkp_state = Rupiah()
    abroad = Rupiah()
    total = Rupiah()
    refused = models.SmallIntegerField()

    privacy = personal(
        "source", "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp_from_jkk",
        "jkp_from_jkm", "jkp_state", "abroad", "total",
    )  # fmt: skip

    class Meta:
        managed = False
        db_table = "contributions_expectation"
        ordering: ClassVar = ["month", "segment", "source"]
