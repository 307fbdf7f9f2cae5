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
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class Fund(models.TextChoices):
    """The programmes' funds by law, and the collection fund through which money arrives and leaves."""

    COLLECTION = "KOL", "Penampungan"
    JKK = "JKK", "Jaminan Kecelakaan Kerja"
    JKM = "JKM", "Jaminan Kematian"
    JHT = "JHT", "Jaminan Hari Tua"
    JP = "JP", "Jaminan Pensiun"
    JKP = "JKP", "Jaminan Kehilangan Pekerjaan"
    PMI = "PMI", "JKK dan JKM pekerja migran"


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


class BookingKind(models.TextChoices):
    """Results of runs over everyone that come back into the database."""

    ACCRUE = "accrue", "Hasil pengembangan JHT"
    ASSESS = "assess", "Iuran yang diharapkan"


class BookingState(models.TextChoices):
    """`ready`: a run of the calendar made it, nobody has proposed it. An expectation is `replaced` by a later one."""

    READY = "ready", "Siap diusulkan"
    PROPOSED = "proposed", "Diusulkan"
    APPROVED = "approved", "Disetujui"
    BOOKED = "booked", "Dibukukan"
    REPLACED = "replaced", "Digantikan"
    REJECTED = "rejected", "Ditolak"


BOOKING_MOVES: dict[str, frozenset[str]] = {
    BookingState.READY: frozenset({BookingState.PROPOSED, BookingState.REJECTED}),
    BookingState.PROPOSED: frozenset({BookingState.APPROVED, BookingState.REJECTED}),
    BookingState.APPROVED: frozenset({BookingState.BOOKED}),
    BookingState.BOOKED: frozenset({BookingState.REPLACED}),
    BookingState.REPLACED: frozenset(),
    BookingState.REJECTED: frozenset(),
}


class Booking(models.Model):
    """The results of one run over everyone, on their way into the database or in it.

    `stamp` names the results by all they are made from; `said` keeps what their manifest said (sums, rulebook,
    snapshot). `entry` is the number kept for the entry in the books. Returns on savings are booked once for a year.
    """

    kind = models.CharField(max_length=6, choices=BookingKind)
    month = MonthField()
    stamp = models.CharField(max_length=64)
    target = models.CharField(max_length=500)
    rows = models.BigIntegerField()
    amount = Rupiah()
    shards = models.IntegerField()
    said = models.JSONField()
    articles = ArrayField(models.CharField(max_length=80), default=list)
    state = models.CharField(max_length=8, choices=BookingState)
    entry = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    booked_at = models.DateTimeField(null=True)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            first_of_month("month", "booking_month_is_a_month"),
            models.UniqueConstraint(
                fields=["stamp"], condition=~models.Q(state="rejected"), name="booking_of_results_once"
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=models.Q(kind="accrue") & ~models.Q(state="rejected"),
                name="booking_of_returns_once_a_year",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="accrue")
                | models.Q(decided_by=None)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="booking_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="accrue", state__in=["approved", "booked"])
                | models.Q(decided_by__isnull=False, proposed_by__isnull=False),
                name="booking_of_returns_names_two",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=BookingKind.values), name="booking_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=BookingState.values), name="booking_state_is_known"),
        ]


class Piece(models.Model):
    """One shard of a booking's results, written together with its rows: there is one exactly if the other is there."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="pieces", db_index=False)
    number = models.IntegerField()
    stamp = models.CharField(max_length=32)
    rows = models.BigIntegerField()
    amount = Rupiah()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "number"], name="piece_is_booked_once"),
        ]


class Accrual(models.Model):
    """A year's return on one member's savings: a posting of `amount`, and what was left below a rupiah (`carried`).

    Partitioned by booking: a partition is filled aside, and becomes part of the books when it is whole. All its rows
    have the booking's entry, day and accounts, which a check of the partition holds. Append-only like postings.
    """

    pk = models.CompositePrimaryKey("party", "booking")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+", db_index=False)
    party = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    month = MonthField()
    fund = models.CharField(max_length=3, choices=Fund)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = Rupiah()
    carried = models.BigIntegerField()

    privacy = personal("party", "amount", "carried")

    class Meta:
        managed = False
        db_table = "ledger_accrual"
