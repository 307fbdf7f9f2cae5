"""The API attacked by its own description: no server error, and only such answers as are described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as openapi

from teduh.site.wsgi import application
from tests.api import machines

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
    openapi.ignored_auth,
    openapi.unsupported_method,
]
#: Which role's token opens an operation, by its scopes.
ROLES = (("officer", {"everyone", "enrol", "upload", "bill", "suspense", "refund", "merge", "groups", "identity"}),
         ("operator", {"bank", "accounts", "runs"}), ("auditor", {"books", "audit"}), ("member", {"self"}))  # fmt: skip


@pytest.fixture(scope="module")
def tokens(own_database, regions):
    with own_database():
        yield {role: machines.machine(role).token for role, _ in ROLES}


def token_for(case, tokens) -> str:
    needs = set(case.operation.definition.raw["x-scopes"]) or {"everyone"}
    return next(tokens[role] for role, scopes in ROLES if needs & scopes)


@schema.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_breaks_and_each_answers_as_described(case, tokens):
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token_for(case, tokens)}"})
