"""Accounts of people and machines, and the record of what they did. It knows nothing of members or money."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now

from teduh.security.privacy import PUBLIC, personal


class CurrentTransaction(models.Func):
    """PostgreSQL's number of the running transaction, as a bigint."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class Role(models.TextChoices):
    """What somebody is to the fund. One account, one role: a person with two jobs has two accounts."""

    MEMBER = "member", "Peserta"
    AGENT = "agent", "Agen"
    EMPLOYER = "employer", "Pemberi kerja"
    OFFICER = "officer", "Petugas"
    INSPECTOR = "inspector", "Pengawas"
    AGENCY = "agency", "Pelaksana penempatan"
    MISSION = "mission", "Perwakilan RI"
    FAMILY = "family", "Keluarga"
    AUDITOR = "auditor", "Auditor"
    OPERATOR = "operator", "Operator"


class User(AbstractUser):
    """An account that signs in. `username` is a phone number in E.164 for members, a name for staff."""

    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    language = models.CharField(max_length=2, default="id")

    privacy = personal("username", "first_name", "last_name", "email", special=("password",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
        ]


class Token(models.Model):
    """A machine's key to the API: only its SHA-256 is kept; scopes say what it opens."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    privacy = PUBLIC


class Event(models.Model):
    """One thing somebody did or read. Rows are only added; `Seal` makes a later change visible.

    `subject` is a plain reference such as `person:42`, not a foreign key: the record outlives what it speaks of.
    `xact` is the transaction that wrote it, so that a seal covers only what can no longer be overtaken.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    xact = models.BigIntegerField(db_default=CurrentTransaction())
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    role = models.CharField(max_length=10)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    privacy = personal("actor_name", special=("detail",))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="event_by_subject"),
            models.Index(fields=["actor", "-id"], name="event_by_actor"),
            models.Index(fields=["xact", "id"], name="event_by_xact"),
        ]


class Seal(models.Model):
    """A link of the chain: the hash of all events up to a point, and of the link before it."""

    upto_xact = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    events = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())
    previous = models.BinaryField()
    digest = models.BinaryField(unique=True)

    privacy = PUBLIC
