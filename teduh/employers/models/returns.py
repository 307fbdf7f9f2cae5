"""The monthly wage return: the file as it came, the return and its versions, and one line for each worker.

A filed return is never changed. An amendment is a further version whose lines replace earlier ones; what was true and
what was known when can both be read for ever.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.employers.models.employment import Employment
from teduh.employers.models.firms import Employer, Worksite
from teduh.registry.models import Person
from teduh.security.fields import EncryptedBytes
from teduh.security.models import User
from teduh.security.privacy import personal


class Source(models.TextChoices):
    FILE = "file", "Berkas"
    PAGE = "page", "Diketik di halaman"
    API = "api", "API"


class WageFile(models.Model):
    """What the employer sent, byte for byte and encrypted; also what was typed in a page or sent by API, as CSV."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="wage_files", db_index=False)
    month = MonthField()
    sha256 = models.BinaryField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=4, choices=Source)
    content = EncryptedBytes()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())

    privacy = personal("name", special=("content",))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "month", "sha256"], name="wage_file_is_kept_once"),
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="wage_file_source_is_known"),
            first_of_month("month", "wage_file_month_is_a_month"),
        ]


class ReturnKind(models.TextChoices):
    ORIGINAL = "original", "Laporan"
    AMENDMENT = "amendment", "Pembetulan"
    NIL = "nil", "Nihil"


class ReturnState(models.TextChoices):
    """A return is checked as often as its maker likes; once filed it stays."""

    CHECKED = "checked", "Diperiksa, belum dilaporkan"
    FILED = "filed", "Dilaporkan"
    DISCARDED = "discarded", "Dibuang"


RETURN_MOVES: dict[str, frozenset[str]] = {
    ReturnState.CHECKED: frozenset({ReturnState.FILED, ReturnState.DISCARDED}),
    ReturnState.FILED: frozenset(),
    ReturnState.DISCARDED: frozenset({ReturnState.CHECKED}),
}


class WageReturn(models.Model):
    """An employer's return for a month. `version` is given when it is filed: 1, then one more for each amendment.

    `workers`, `wages` (rupiah) and `understood` (columns, sums, the difference to last month; names nobody) are what
    the check found; `rulebook` is the law's version by which it was filed.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="returns", db_index=False)
    month = MonthField()
    version = models.IntegerField(null=True)
    kind = models.CharField(max_length=9, choices=ReturnKind, default=ReturnKind.ORIGINAL)
    state = models.CharField(max_length=9, choices=ReturnState, default=ReturnState.CHECKED)
    file = models.ForeignKey(WageFile, on_delete=models.PROTECT, null=True, related_name="returns")
    workers = models.IntegerField(default=0)
    wages = Rupiah(default=0)
    understood = models.JSONField(default=dict)
    rulebook = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    filed_on = models.DateField(null=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    privacy = personal("by", "filed_by")

    class Meta:
        constraints: ClassVar = [
            first_of_month("month", "return_month_is_a_month"),
            models.UniqueConstraint(fields=["employer", "month", "version"], name="return_version_once"),
            models.UniqueConstraint(
                fields=["employer", "month"], condition=models.Q(state="checked"), name="return_one_in_hand"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ReturnKind.values), name="return_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=ReturnState.values), name="return_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="filed", version__isnull=False, filed_on__isnull=False)
                | (~models.Q(state="filed") & models.Q(version=None, filed_on=None)),
                name="return_has_a_version_when_filed",
            ),
        ]


class WageType(models.TextChoices):
    """How somebody is paid (PP 44/2015 Pasal 19)."""

    MONTHLY = "monthly", "Bulanan"
    DAILY = "daily", "Harian"
    PIECE = "piece", "Borongan/satuan hasil"
    WEATHER = "weather", "Borongan tergantung cuaca"


class WageLine(models.Model):
    """One worker on one filed return. Only added, never changed.

    `number` is the row of the file. `pay` is what was reported (rupiah a month, a day, or the sum of the last 3 or 12
    months, by `wage_type`), `allowances` the fixed ones, `variable` what does not count; `wage` is the monthly wage
    that the law makes of it. `programmes` is the mask of `law.codes` with JKP's bit. `replaces` is the line that this
    one corrects; a `withdrawn` line says that the worker did not belong on the return, and owes nothing.
    """

    wage_return = models.ForeignKey(WageReturn, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.IntegerField()
    month = MonthField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wage_lines", db_index=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="lines", db_index=False)
    worksite = models.ForeignKey(Worksite, on_delete=models.PROTECT, related_name="+", db_index=False)
    wage_type = models.CharField(max_length=7, choices=WageType, default=WageType.MONTHLY)
    pay = Rupiah()
    allowances = Rupiah(default=0)
    variable = Rupiah(default=0)
    wage = Rupiah()
    risk_class = models.SmallIntegerField()
    programmes = models.SmallIntegerField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    withdrawn = models.BooleanField(default=False)

    privacy = personal("person", "pay", "allowances", "variable", "wage")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wage_return", "employment"], name="wage_line_once_on_a_return"),
            models.CheckConstraint(
                condition=models.Q(pay__gte=0, allowances__gte=0, variable__gte=0, wage__gte=0),
                name="wage_line_not_negative",
            ),
            models.CheckConstraint(condition=models.Q(risk_class__range=(1, 5)), name="wage_line_risk_class"),
            models.CheckConstraint(condition=models.Q(wage_type__in=WageType.values), name="wage_line_type_is_known"),
            first_of_month("month", "wage_line_month_is_a_month"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "month"], name="wage_line_by_person"),
            models.Index(fields=["employment", "month"], name="wage_line_by_employment"),
        ]
