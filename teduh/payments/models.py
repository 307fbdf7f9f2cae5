"""What is asked for (bills, codes), what arrived (receipts), what waits (suspense), what goes back (refunds)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import Rupiah
from teduh.employers.models import Employer
from teduh.migrants.models import Organisation
from teduh.registry.models import Group, Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class BillState(models.TextChoices):
    """A bill is open until it is paid, lapses or is withdrawn. What is paid stays paid; a reversal opens it again."""

    OPEN = "open", "Menunggu pembayaran"
    PART = "part", "Dibayar sebagian"
    PAID = "paid", "Lunas"
    EXPIRED = "expired", "Kedaluwarsa"
    CANCELLED = "cancelled", "Dibatalkan"


BILL_MOVES: dict[str, frozenset[str]] = {
    BillState.OPEN: frozenset({BillState.PART, BillState.PAID, BillState.EXPIRED, BillState.CANCELLED}),
    BillState.PART: frozenset({BillState.OPEN, BillState.PAID, BillState.EXPIRED}),
    BillState.PAID: frozenset({BillState.OPEN, BillState.PART}),
    BillState.EXPIRED: frozenset({BillState.PART, BillState.PAID}),
    BillState.CANCELLED: frozenset(),
}


class BillKind(models.TextChoices):
    """What a bill asks for. The lines of each kind are rows of `contributions`."""

    CONTRIBUTIONS = "contributions", "Iuran"
    WAGES = "wages", "Iuran penerima upah"
    PROJECT = "project", "Iuran proyek konstruksi"
    PLACEMENT = "placement", "Iuran pekerja migran"
    PENALTY = "penalty", "Denda keterlambatan"
    INSTALMENT = "instalment", "Angsuran tunggakan"
    FINE = "fine", "Denda administratif"


class Bill(models.Model):
    """A sum asked of one payer: a person, a group for its people (both `contributions.Due`), an employer, or an agency
    or mission for its migrants (`contributions.PlacementDue`, as on a migrant's own bill).

    `code` is the virtual account number a bank pays to; it holds until the end of `expires_on`.
    """

    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=28, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="bills")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="bills")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="bills")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="bills")
    kind = models.CharField(
        max_length=13, choices=BillKind, default=BillKind.CONTRIBUTIONS, db_default=BillKind.CONTRIBUTIONS
    )
    amount = Rupiah()
    issued_on = models.DateField()
    expires_on = models.DateField()
    state = models.CharField(max_length=9, choices=BillState, default=BillState.OPEN)
    request_key = models.CharField(max_length=80, null=True, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    privacy = personal("person")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="bill_asks_something"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, group=None, employer=None, organisation=None)
                | models.Q(person=None, group__isnull=False, employer=None, organisation=None)
                | models.Q(person=None, group=None, employer__isnull=False, organisation=None)
                | models.Q(person=None, group=None, employer=None, organisation__isnull=False),
                name="bill_has_one_payer",
            ),
            models.CheckConstraint(condition=models.Q(state__in=BillState.values), name="bill_state_is_known"),
            models.CheckConstraint(condition=models.Q(kind__in=BillKind.values), name="bill_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(employer=None, organisation=None, kind="contributions")
                | models.Q(employer=None, group=None, kind="placement")
                | (models.Q(employer__isnull=False) & ~models.Q(kind__in=["contributions", "placement"])),
                name="bill_of_an_employer_has_its_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="bill_by_person"),
            models.Index(fields=["group", "-id"], name="bill_by_group"),
            models.Index(fields=["employer", "-id"], name="bill_by_employer"),
            models.Index(fields=["organisation", "-id"], name="bill_by_organisation"),
        ]


class ReceiptState(models.TextChoices):
    ALLOCATED = "allocated", "Dibukukan"
    SUSPENSE = "suspense", "Menunggu kejelasan"
    REVERSED = "reversed", "Dibatalkan bank"


class Receipt(models.Model):
    """Money that a bank says arrived. (bank, bank_reference) is the bank's own key: told twice, booked once.

    `code` is kept as the bank gave it, also when no bill has it.
    """

    bank = models.CharField(max_length=20)
    bank_reference = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="receipts")
    amount = Rupiah()
    paid_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    payload_hash = models.BinaryField()
    state = models.CharField(max_length=9, choices=ReceiptState)
    reversed_at = models.DateTimeField(null=True)
    reversal_reference = models.CharField(max_length=64, null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "bank_reference"], name="receipt_told_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="receipt_brings_something"),
            models.CheckConstraint(condition=models.Q(state__in=ReceiptState.values), name="receipt_state_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["bill", "id"], name="receipt_by_bill")]


class Reason(models.TextChoices):
    """Why money waits."""

    UNKNOWN_CODE = "unknown_code", "Kode bayar tidak dikenal"
    EXPIRED = "expired", "Kode bayar kedaluwarsa"
    ALREADY_PAID = "already_paid", "Tagihan sudah lunas"
    TOO_MUCH = "too_much", "Lebih bayar"
    TOO_LITTLE = "too_little", "Kurang bayar"
    CANCELLED = "cancelled", "Tagihan dibatalkan"


class SuspenseState(models.TextChoices):
    OPEN = "open", "Menunggu"
    USED = "used", "Dipakai"
    REFUNDING = "refunding", "Dikembalikan"
    REFUNDED = "refunded", "Sudah dikembalikan"
    REVERSED = "reversed", "Dibatalkan bank"


class Suspense(models.Model):
    """The part of a receipt that could not be allocated, until somebody or the next payment uses it."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="suspense")
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="suspense")
    amount = Rupiah()
    reason = models.CharField(max_length=12, choices=Reason)
    state = models.CharField(max_length=9, choices=SuspenseState, default=SuspenseState.OPEN)
    opened_on = models.DateField()
    cleared_on = models.DateField(null=True)
    cleared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="suspense_holds_something"),
            models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="suspense_reason_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=SuspenseState.values), name="suspense_state_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_on", "id"], condition=models.Q(state="open"), name="suspense_open"),
        ]


class RefundState(models.TextChoices):
    PROPOSED = "proposed", "Diusulkan"
    APPROVED = "approved", "Disetujui"
    PAID = "paid", "Dibayar"
    REJECTED = "rejected", "Ditolak"


class Refund(models.Model):
    """Money going back to a payer's account; one officer proposes, another approves."""

    suspense = models.ForeignKey(Suspense, on_delete=models.PROTECT, related_name="refunds")
    amount = Rupiah()
    bank_code = models.CharField(max_length=11)
    account_number = EncryptedText()
    account_name = EncryptedText()
    state = models.CharField(max_length=8, choices=RefundState, default=RefundState.PROPOSED)
    why = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    paid_reference = models.CharField(max_length=64, null=True, unique=True)

    privacy = personal("account_number", "account_name")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="refund_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["suspense"], condition=~models.Q(state="rejected"), name="refund_once_for_what_waits"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_gives_something"),
            models.CheckConstraint(condition=models.Q(state__in=RefundState.values), name="refund_state_is_known"),
        ]
