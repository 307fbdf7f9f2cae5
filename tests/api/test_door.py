"""The door itself: tokens and scopes, one error shape for everything, limits."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from teduh.core.errors import Refused
from teduh.security import tokens
from teduh.security.access import SYSTEM
from teduh.security.models import Event, Token, User
from tests.api.machines import machine

EXPLAIN = "/law/explain/self_employed?month=2026-04&income=1500000"
SHAPE = {"code", "what", "why", "next", "field"}


def refused(said: dict, code: str) -> None:
    assert set(said) == SHAPE and said["code"] == code
    assert all(said[part][language] for part in ("what", "next") for language in ("id", "en"))


def test_a_token_is_needed_and_a_session_is_not_enough(db):
    user = User.objects.create(username="siti", role="officer")
    client = Client()
    client.force_login(user)
    answer = client.get("/api/v1" + EXPLAIN)
    assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
    refused(answer.json(), "no_token")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic dGVzdA==", "Bearer " + "x" * 5000, "Bearer é"])
def test_a_wrong_token_opens_nothing(db, header):
    answer = Client().get("/api/v1" + EXPLAIN, headers={"Authorization": header})
    assert answer.status_code == 401
    refused(answer.json(), "no_token")


def test_only_the_hash_of_a_token_is_kept(officer):
    kept = Token.objects.get(user=officer.user)
    assert officer.token.encode() not in bytes(kept.digest) and len(bytes(kept.digest)) == 32


def test_a_revoked_an_old_and_a_closed_accounts_token_open_nothing(db):
    revoked, old, closed = machine("officer"), machine("officer"), machine("officer")
    for one in (revoked, old, closed):
        one.get(EXPLAIN)
    tokens.revoke(token=Token.objects.get(user=revoked.user).pk, at=timezone.now(), by=SYSTEM)
    Token.objects.filter(user=old.user).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    User.objects.filter(pk=closed.user).update(is_active=False)
    for one in (revoked, old, closed):
        refused(one.get(EXPLAIN, 401), "no_token")
    assert Event.objects.filter(action="token.revoked").exists()


def test_a_token_cannot_be_given_more_than_its_role(db):
    with pytest.raises(Refused, match="bad_scopes"):
        machine("agent", "everyone")


def test_the_token_is_found_in_one_statement_and_its_day_written_once(officer, django_assert_num_queries):
    with django_assert_num_queries(2):
        officer.get(EXPLAIN)
    with django_assert_num_queries(1):
        officer.get(EXPLAIN)


def test_a_scope_that_is_missing_is_named(db):
    narrow = machine("officer", "bill")
    refused(narrow.get("/books/trial-balance", 403), "scope_missing")


def test_an_address_that_is_not_there_has_the_same_shape(officer):
    for path in ("/nothing", "/../x", "/people/1/2/3/4", "/law/explain/nobody?month=2026-04"):
        refused(officer.get(path, 404), "not_found")


def test_a_method_that_is_not_there_has_the_same_shape(officer):
    answer = officer.ask("DELETE", EXPLAIN)
    assert answer.status_code == 405 and answer["Allow"] == "GET"
    refused(officer.said, "method_not_allowed")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5_000, b"\x00", b"nul"])
def test_a_body_that_is_no_json_is_refused_and_named_so(officer, body):
    answer = officer.ask("POST", "/cards/verify", body)
    assert answer.status_code == 400
    refused(officer.said, "unreadable")


def test_a_wrong_field_is_named_and_what_was_sent_is_not_repeated(officer):
    secret = "3273014107900007"
    said = officer.post("/cards/verify", {"text": "TDH1:", "unknown": secret}, 422)
    refused(said, "invalid")
    assert said["field"] == "unknown" and secret not in json.dumps(said)


def test_a_body_that_is_too_big_is_refused_before_it_is_read(officer):
    answer = officer.ask("POST", "/cards/verify", b'{"text":"' + b"x" * (3 * 1024 * 1024) + b'"}')
    assert answer.status_code == 413
    refused(officer.said, "too_big")


def test_whoever_asks_too_often_waits(officer, monkeypatch):
    monkeypatch.setenv("TEDUH_API_PER_MINUTE", "3")
    codes = [officer.ask("GET", EXPLAIN).status_code for _ in range(9)]
    assert codes.count(429) >= 3 and 200 in codes
    answer = officer.ask("GET", EXPLAIN)
    assert 1 <= int(answer["Retry-After"]) <= 60
    refused(officer.said, "too_often")


def test_a_fault_of_ours_has_the_same_shape_and_tells_nothing(officer):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_region RENAME COLUMN name TO nom")
    said = officer.get("/regions", 500)
    refused(said, "our_fault")
    assert "registry" not in json.dumps(said)


def test_answers_are_kept_by_nobody(officer):
    assert officer.ask("GET", EXPLAIN)["Cache-Control"] == "no-store"


def test_the_description_is_open_and_names_scopes_and_errors_of_every_operation(db):
    described = Client().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for methods in described["paths"].values():
        for operation in methods.values():
            assert operation["summary"] and operation["tags"] and "x-scopes" in operation
            assert {"200", "401", "403", "422", "429"} <= set(operation["responses"]) | {"200"}


def test_the_listing_needs_no_script_and_nothing_from_elsewhere(db):
    page = Client().get("/api/v1/").content.decode()
    assert "/api/v1/law/explain/self_employed" in page and "<script" not in page and "http" not in page


def test_the_law_explains_itself(officer):
    said = officer.get(EXPLAIN)
    assert {line["programme"] for line in said["lines"] if line["payer"] == "participant"} == {"JKK", "JKM"}
    assert said["total"] == sum(line["amount"] for line in said["lines"] if line["payer"] == "participant")
    assert all(line["articles"] for line in said["lines"]) and said["steps"] and said["values"]
    assert all(step["says"] and step["says_id"] and step["says"] != step["says_id"] for step in said["steps"])
    assert all(value["unit_id"] and value["source_id"] for value in said["values"])


@pytest.mark.parametrize(
    "asked", ["wage_earner?wage=5000000", "construction?contract_value=1000000000", "migrant?contract_months=24"]
)
def test_the_law_explains_every_segment(officer, asked):
    assert officer.get(f"/law/explain/{asked}&month=2026-04")["total"] > 0


def test_the_law_refuses_what_no_text_held_answers(officer):
    said = officer.get("/law/explain/self_employed?month=2012-01&income=1500000", 422)
    assert set(said) == SHAPE and said["why"]
    refused(officer.get("/law/explain/wage_earner?month=2026-04&wage_type=piece", 422), "facts_do_not_fit")


def test_the_parameters_of_a_month_name_article_source_and_status(officer):
    said = officer.get("/law/parameters?month=2026-04")
    assert len(said["values"]) > 10
    assert all(row["citation"] and row["source"] and row["status"] for row in said["values"])


def test_every_operation_is_closed_without_a_token_and_says_which_methods_it_knows(db):
    client = Client()
    for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items():
        address = re.sub(r"\{[^}]+\}", "1", path)
        for method in methods:
            answer = client.generic(method.upper(), address, b"{}", content_type="application/json")
            assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        assert client.generic("TRACE", address).status_code == 405, path
