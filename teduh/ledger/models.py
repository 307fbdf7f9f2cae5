"""The books: accounts of each fund, entries, and postings that move an amount from one account to another.

A posting names the account it debits and the account it credits, with one amount: it cannot be out of balance. Both
accounts belong to the posting's fund (composite foreign keys in the migration), so every fund balances by itself.
Triggers refuse UPDATE, DELETE and TRUNCATE; a mistake is corrected by an entry that `reverses` another.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.security.privacy import PUBLIC, personal


class Fund(models.TextChoices):
    """The programmes' funds by law, and the collection fund through which money arrives and leaves."""

    COLLECTION = "KOL", "Penampungan"
    JKK = "JKK", "Jaminan Kecelakaan Kerja"
    JKM = "JKM", "Jaminan Kematian"
    JHT = "JHT", "Jaminan Hari Tua"
    JP = "JP", "Jaminan Pensiun"
    JKP = "JKP", "Jaminan Kehilangan Pekerjaan"


class Kind(models.TextChoices):
    """Which side of the balance an account stands on. Assets and expenses grow by debit, the others by credit."""

    ASSET = "asset", "Aset"
    LIABILITY = "liability", "Liabilitas"
    INCOME = "income", "Pendapatan"
    EXPENSE = "expense", "Beban"


class Account(models.Model):
    """An account of one fund. Members' and payers' own accounts are its `party` dimension, not rows of their own."""

    code = models.CharField(max_length=40, unique=True)
    fund = models.CharField(max_length=3, choices=Fund)
    kind = models.CharField(max_length=9, choices=Kind)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "fund"], name="account_belongs_to_one_fund"),
            models.CheckConstraint(condition=models.Q(fund__in=Fund.values), name="account_fund_is_known"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="account_kind_is_known"),
        ]


class Entry(models.Model):
    """One business event in the books. `reference` is the event's own key: the same event is never booked twice."""

    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=120, unique=True)
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    privacy = PUBLIC


class Posting(models.Model):
    """`amount` whole rupiah from `credit` to `debit`, both of `fund`, for `party` and `month` where they matter.

    `party` is the person on a member's account (JHT:members) and the receipt on KOL:suspense, KOL:refunds and
    KOL:recoverable. The foreign keys of `debit` and `credit` are the migration's composite ones, with the fund.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    on = models.DateField()
    fund = models.CharField(max_length=3, choices=Fund)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount = Rupiah()
    party = models.BigIntegerField(null=True)
    month = MonthField(null=True)
    articles = ArrayField(models.CharField(max_length=80), default=list)

    privacy = personal("party")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="posting_moves_something"),
            models.CheckConstraint(condition=~models.Q(debit=models.F("credit")), name="posting_moves_somewhere"),
            first_of_month("month", "posting_month_is_a_month"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debit", "party", "on"], include=["amount"], name="posting_by_debit"),
            models.Index(fields=["credit", "party", "on"], include=["amount"], name="posting_by_credit"),
        ]
