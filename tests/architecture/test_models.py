"""What holds for every table: privacy is declared, foreign keys point down, books belong to the ledger alone."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from teduh.security.privacy import Privacy
from tests.architecture import sources

OURS = [model for model in apps.get_models() if model.__module__.startswith("teduh.")]
STOREYS = sources.storeys()
BOOKS = re.compile(r"\bledger_(account|entry|posting)\b")


def _storey(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_declares_the_privacy_of_its_fields(model):
    assert isinstance(model.__dict__.get("privacy"), Privacy)
    names = {field.name for field in model._meta.get_fields()}
    assert model.privacy.personal | model.privacy.special <= names
    assert not model.privacy.personal & model.privacy.special


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_encrypted_is_never_called_public(model):
    encrypted = {field.name for field in model._meta.fields if type(field).__name__ == "EncryptedText"}
    assert encrypted <= model.privacy.personal | model.privacy.special


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model):
    upwards = [
        f"{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.fields
        if field.is_relation and field.related_model.__module__.startswith("teduh.")
        if STOREYS[_storey(field.related_model)] > STOREYS[_storey(model)]
    ]
    assert not upwards


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_others_point_to_is_never_deleted_with_them(model):
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    assert all(key.remote_field.on_delete is models.PROTECT for key in keys)


def test_only_the_ledger_names_the_tables_of_the_books():
    found = [
        sources.name(path)
        for path in sources.modules()
        if sources.package(path) != "ledger"
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and BOOKS.search(node.value)
    ]
    assert found == []


def test_no_money_is_kept_as_a_float():
    floats = [
        f"{model._meta.label}.{f.name}"
        for model in OURS
        for f in model._meta.fields
        if isinstance(f, models.FloatField)
    ]
    assert not floats
