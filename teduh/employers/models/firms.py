"""A firm the fund knows: its registration (NPP), sites with their risk class, size with its programmes, and its people.

What changes over time (size, programmes, risk class) is a dated row that is only added, so that any past month is
assessed by what was so then.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now, Upper

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.registry.models import Region
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class LegalForm(models.TextChoices):
    PT = "PT", "Perseroan terbatas"
    CV = "CV", "Persekutuan komanditer"
    FIRMA = "FIRMA", "Firma"
    COOPERATIVE = "KOPERASI", "Koperasi"
    FOUNDATION = "YAYASAN", "Yayasan/perkumpulan"
    SOLE = "UD", "Usaha perorangan"
    STATE = "NEGARA", "Penyelenggara negara"
    HOUSEHOLD = "RT", "Rumah tangga"
    OTHER = "LAIN", "Lainnya"


class Employer(models.Model):
    """Somebody who employs for a wage. `npp` is the registration number: 8 digits, the last a check digit (Damm).

    `npwp` is the tax number, which is a person's own in a sole proprietorship. `key` names the form that registered it:
    sent twice, it registers once.
    """

    npp = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    legal_form = models.CharField(max_length=8, choices=LegalForm)
    nib = models.CharField(max_length=13, null=True, unique=True)
    npwp = EncryptedText(null=True)
    npwp_index = models.BinaryField(max_length=32, null=True, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    registered_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=100, null=True, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    privacy = personal("npwp", "npwp_index", "phone", "email", "address")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(npp__regex=r"^[0-9]{8}$"), name="employer_npp_is_8_digits"),
            models.CheckConstraint(
                condition=models.Q(legal_form__in=LegalForm.values), name="employer_legal_form_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(Upper("name"), name="employer_by_name")]


class Size(models.TextChoices):
    """Size of a business (PP 7/2021), and construction, which has programmes of its own."""

    MICRO = "micro", "Usaha mikro"
    SMALL = "small", "Usaha kecil"
    MEDIUM = "medium", "Usaha menengah"
    LARGE = "large", "Usaha besar"


class Profile(models.Model):
    """What an employer declared of itself, from a month on: size, programmes, and what reliefs ask about.

    `programmes` are those it takes part in: what its size makes mandatory (Perpres 109/2013 Pasal 6) and what it chose.
    The last row from a month on or before counts; rows are only added.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="profiles", db_index=False)
    from_month = MonthField()
    capital = Rupiah(null=True)
    yearly_sales = Rupiah(null=True)
    size = models.CharField(max_length=6, choices=Size)
    programmes = ArrayField(models.CharField(max_length=3))
    labour_intensive = models.BooleanField(default=False)
    health_insured = models.BooleanField(default=True)
    evidence = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            first_of_month("from_month", "profile_month_is_a_month"),
            models.CheckConstraint(condition=models.Q(size__in=Size.values), name="profile_size_is_known"),
            models.CheckConstraint(
                condition=models.Q(programmes__contains=["JKK", "JKM"]), name="profile_has_what_is_mandatory"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["employer", "-from_month", "-id"], name="profile_by_employer")]


class Worksite(models.Model):
    """A place of work of an employer; number 1 is its seat. Risk class and minimum wage are a site's."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="worksites", db_index=False)
    number = models.IntegerField()
    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "number"], name="worksite_number_of_employer"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="worksite_counts_from_one"),
        ]


class RiskState(models.TextChoices):
    DECLARED = "declared", "Dinyatakan pemberi kerja"
    CONFIRMED = "confirmed", "Dikonfirmasi petugas"


class RiskClass(models.Model):
    """A site's business activity and JKK risk class (1 to 5, PP 44/2015 Pasal 16, Lampiran I) from a month on.

    `evidence` says what shows the activity. The last row from a month on or before counts; rows are only added: a
    confirmation is a row too.
    """

    worksite = models.ForeignKey(Worksite, on_delete=models.PROTECT, related_name="risk_classes", db_index=False)
    from_month = MonthField()
    activity = models.CharField(max_length=200)
    risk_class = models.SmallIntegerField()
    evidence = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=RiskState, default=RiskState.DECLARED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            first_of_month("from_month", "risk_month_is_a_month"),
            models.CheckConstraint(condition=models.Q(risk_class__range=(1, 5)), name="risk_class_is_one_of_five"),
            models.CheckConstraint(condition=models.Q(state__in=RiskState.values), name="risk_state_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["worksite", "-from_month", "-id"], name="risk_by_worksite")]


class StaffRole(models.TextChoices):
    """What an account may do for one employer. An accountant has rows at many firms."""

    OWNER = "owner", "Pengelola"
    FILER = "filer", "Penyusun dan pelapor"
    PREPARER = "preparer", "Penyusun"
    VIEWER = "viewer", "Pembaca"


class Staff(models.Model):
    """An account that acts for an employer, from a day until a day."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="staff", db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=StaffRole)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal("user")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employer", "user"], condition=models.Q(until_day=None), name="staff_open_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=StaffRole.values), name="staff_role_is_known"),
        ]


class Invitation(models.Model):
    """A place at an employer that waits for somebody who has its code. Only a keyed hash of the code is kept."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=8, choices=StaffRole)
    digest = models.BinaryField(max_length=32, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    privacy = personal(special=("digest",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=StaffRole.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("given_at")), name="invitation_ends_after_it_begins"
            ),
        ]


class Contact(models.Model):
    """A person the fund may speak to about an employer: director, personnel, finance."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    name = EncryptedText()
    position = models.CharField(max_length=80)
    phone = EncryptedText(null=True)
    email = EncryptedText(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    privacy = personal("name", "position", "phone", "email")


class BankAccount(models.Model):
    """Where money goes back to an employer. `bank_code` is the bank's BIC or national code."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="bank_accounts")
    bank_code = models.CharField(max_length=11)
    account_number = EncryptedText()
    account_name = EncryptedText()
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    privacy = personal("account_number", "account_name")
