"""What was said to whom, by which channel it went out, on which devices, and how somebody wants to be told."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.privacy import personal


class Message(models.Model):
    """Something a person is told, in both languages. `key` is the sender's: said again, it is said once.

    `words` holds title and body as JSON, for they may name amounts and employers. `laid_out_at`: its deliveries exist.
    It goes to a person, or by SMS alone to the `phone` of somebody who is not on record (a migrant's relative).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    phone = EncryptedText(null=True)
    kind = models.CharField(max_length=40)
    words = EncryptedText()
    link = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    laid_out_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    privacy = personal("person", "phone", "link", "key", special=("words",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, phone=None) | models.Q(person=None, phone__isnull=False),
                name="message_goes_to_a_person_or_a_phone",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__regex=r"^[a-z][a-z_]*(\.[a-z_]+)*$"), name="message_kind_is_a_slug"
            ),
            models.CheckConstraint(
                condition=models.Q(link="") | models.Q(link__regex=r"^/([^/\\]|$)"), name="message_link_stays_inside"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="message_by_person"),
            models.Index(fields=["id"], condition=models.Q(laid_out_at=None), name="message_to_lay_out"),
        ]


class PushSubscription(models.Model):
    """A browser on a device that asked to be told (RFC 8030). One live row for each endpoint, whoever uses it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    endpoint = EncryptedText()
    endpoint_index = models.BinaryField(max_length=32)
    p256dh = EncryptedText()
    auth = EncryptedText()
    device = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    privacy = personal("person", "device", "endpoint_index", special=("endpoint", "p256dh", "auth"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint_index"], condition=models.Q(revoked_at=None), name="push_endpoint_is_one_persons"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=models.Q(revoked_at=None), name="push_by_person"),
        ]


class Sms(models.TextChoices):
    OTHERWISE = "otherwise", "Bila tidak ada perangkat lain"
    ALWAYS = "always", "Selalu"
    NEVER = "never", "Tidak"


class Preference(models.Model):
    """How somebody wants to be told. Who has no row has the values below; the language is the account's.

    From `quiet_from` up to `quiet_until` in his `zone` nothing rings; equal times mean that it may ring at any time.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    push = models.BooleanField(default=True)
    sms = models.CharField(max_length=9, choices=Sms, default=Sms.OTHERWISE)
    quiet_from = models.TimeField(default=dt.time(21))
    quiet_until = models.TimeField(default=dt.time(6))
    zone = models.CharField(max_length=40, default="Asia/Jakarta")
    show_amounts = models.BooleanField(default=False)

    privacy = personal("person", "push", "sms", "quiet_from", "quiet_until", "zone", "show_amounts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(sms__in=Sms.values), name="preference_sms_is_known"),
        ]


class Channel(models.TextChoices):
    INBOX = "inbox", "Kotak pesan"
    PUSH = "push", "Pemberitahuan perangkat"
    SMS = "sms", "SMS"


class State(models.TextChoices):
    """`queued` and `failed` are tried when `due_at` comes; `sent` and `given_up` are final."""

    QUEUED = "queued", "Menunggu"
    SENT = "sent", "Terkirim"
    FAILED = "failed", "Gagal, akan diulang"
    GIVEN_UP = "given_up", "Tidak diulang lagi"


WAITING = models.Q(state__in=(State.QUEUED, State.FAILED))


class Delivery(models.Model):
    """One message by one channel; by push, one for each device. `error` is the last attempt's, a word for machines."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=5, choices=Channel)
    subscription = models.ForeignKey(
        PushSubscription, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=8, choices=State)
    attempts = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    privacy = personal("message")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message", "channel", "subscription"], nulls_distinct=False, name="delivery_is_one_a_channel"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="delivery_channel_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="delivery_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(channel="push", subscription__isnull=False)
                | (~models.Q(channel="push") & models.Q(subscription=None)),
                name="delivery_push_has_a_device",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=WAITING, name="delivery_waiting"),
            models.Index(
                fields=["subscription"], condition=WAITING & ~models.Q(subscription=None), name="delivery_by_device"
            ),
            BrinIndex(fields=["at"], autosummarize=True, name="delivery_by_time"),
        ]
