"""A person, once: how the fund knows somebody, where he is registered, lives and works, and who inherits."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from teduh.registry.models.places import Region
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class Sex(models.TextChoices):
    FEMALE = "F", "Perempuan"
    MALE = "M", "Laki-laki"


class Identity(models.TextChoices):
    """What the civil registry (Dukcapil) said of NIK, name and birth date."""

    WAITING = "waiting", "Menunggu verifikasi"
    VERIFIED = "verified", "Sesuai Dukcapil"
    MISMATCH = "mismatch", "Tidak sesuai"
    NOT_FOUND = "not_found", "NIK tidak ditemukan"
    BY_HAND = "by_hand", "Diperiksa petugas"


class Person(models.Model):
    """Somebody the fund knows. Identifiers are encrypted; `nik_index`, `phone_index` and `name_words` find them.

    `member_number` is 11 digits (KPJ). A person merged into another keeps his row and points to the one that lives on.
    """

    member_number = models.CharField(max_length=11, unique=True)
    nik = EncryptedText()
    nik_index = models.BinaryField(max_length=32)
    name = EncryptedText()
    name_words = ArrayField(models.BigIntegerField(), default=list)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex)
    phone = EncryptedText(null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    email = EncryptedText(null=True)
    address = EncryptedText(null=True)
    registered_at = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    lives_in = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    works_in = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=10, choices=Identity, default=Identity.WAITING)
    agent = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    joined_on = models.DateField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    created_at = models.DateTimeField(db_default=Now())

    privacy = personal(
        "member_number", "nik", "nik_index", "name", "name_words", "birth_date", "sex", "phone", "phone_index", "email",
        "address", "registered_at", "lives_in", "works_in",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nik_index"], condition=models.Q(merged_into=None), name="person_nik_is_one_person"
            ),
            models.CheckConstraint(condition=models.Q(sex__in=Sex.values), name="person_sex_is_known"),
            models.CheckConstraint(condition=models.Q(identity__in=Identity.values), name="person_identity_is_known"),
            models.CheckConstraint(
                condition=models.Q(member_number__regex=r"^\d{11}$"), name="person_member_number_is_11_digits"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="person_not_merged_into_itself"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["nik_index"], name="person_by_nik"),
            models.Index(fields=["phone_index"], name="person_by_phone"),
            models.Index(fields=["agent", "-id"], name="person_by_agent"),
            models.Index(fields=["birth_date"], name="person_by_birth_date"),
            #: Words wait in a list of 1 MB and are indexed in batches; looking for many people empties it first.
            GinIndex(fields=["name_words"], name="person_by_name", fastupdate=True, gin_pending_list_limit=1024),
        ]


class Account(models.Model):
    """Which sign-in belongs to which person."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="account")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")

    privacy = personal("user", "person")


class Relation(models.TextChoices):
    """Heirs in the order of PP 44/2015 Pasal 37(5) and 40(2)."""

    SPOUSE = "spouse", "Istri/suami"
    CHILD = "child", "Anak"
    PARENT = "parent", "Orang tua"
    GRANDPARENT = "grandparent", "Kakek/nenek"
    GRANDCHILD = "grandchild", "Cucu"
    SIBLING = "sibling", "Saudara kandung"
    PARENT_IN_LAW = "parent_in_law", "Mertua"
    WILL = "will", "Ditunjuk dalam wasiat"


class Heir(models.Model):
    """Somebody the member named when joining or later; the law decides the order, not this list."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="heirs")
    name = EncryptedText()
    relation = models.CharField(max_length=13, choices=Relation)
    birth_date = models.DateField(null=True)
    phone = EncryptedText(null=True)
    named_on = models.DateField()
    ended_on = models.DateField(null=True)

    privacy = personal("name", "birth_date", "phone", special=("relation",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(relation__in=Relation.values), name="heir_relation_is_known"),
        ]
