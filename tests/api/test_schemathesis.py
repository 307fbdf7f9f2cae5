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
]
#: Which role's token opens an operation, by its scopes.
ROLES = (("officer", {"everyone", "enrol", "upload", "bill", "suspense", "refund", "merge", "groups", "identity"}),
         ("operator", {"bank", "accounts", "runs"}), ("auditor", {"books", "audit"}),
         ("agency", {"own_placements"}), ("mission", {"gate"}), ("member", {"self"}), ("family", {"family"}),
         ("employer", {"own_employers"}), ("inspector", {"employers", "inspect"}))  # fmt: skip
#: What is there of the employer whose token is used, by the names that addresses have for it.
THERE: dict[str, object] = {}


@pytest.fixture(scope="module")
def tokens(own_database, regions):
    with own_database():
        made = {role: machines.machine(role) for role, _ in ROLES}
        THERE.update(firm_of(made["employer"]), **placement_of(made["agency"]))
        yield {role: machine.token for role, machine in made.items()}


def firm_of(machine) -> dict[str, object]:
    """A firm of this account with a worker, a filed return and its bill: what addresses may name."""
    from teduh.employers.models import Employer, Employment, WageLine, WageReturn
    from teduh.law.months import Month
    from teduh.payments.models import Bill
    from teduh.security.models import User
    from tests.employers import firms

    employer = firms.employer(from_month=Month(2026, 8), owner=User.objects.get(pk=machine.user), region="33.01")
    npp = Employer.objects.get(pk=employer).npp
    row = {"nik": "3301014501900011", "name": "Sri Rahayu", "birth_date": "1990-01-05", "sex": "F",
           "started_on": "2026-08-03", "pay": 4_000_000}  # fmt: skip
    report = machine.post(f"/employers/{npp}/returns/2026-09/check", {"rows": [row]}, 201)
    machine.post(f"/returns/{report['wage_return']}/file", {})
    project = {"name": "Dermaga", "basis": "contract", "value": 10**9, "starts": "2026-10-01", "ends": "2027-03-31"}
    number = machine.post(f"/employers/{npp}/projects", project, 201)["row"]["number"]
    return {
        "npp": npp, "month": "2026-10", "employment": Employment.objects.get(employer=employer).pk,
        "returns": WageReturn.objects.get(employer=employer).pk, "line": WageLine.objects.get().pk,
        "bills": Bill.objects.get(employer=employer, kind="wages").number, "projects": number,
    }  # fmt: skip


def placement_of(machine) -> dict[str, object]:
    """A placement of this account's agency with a bill and a matter, by the names that addresses have for them."""
    from teduh.migrants.models import Desk, Organisation
    from tests.migrants.people import newcomer, organisation

    agency = Organisation.objects.get(pk=organisation("agency"))
    Desk.objects.create(organisation=agency, user_id=machine.user, role="owner", from_day="2020-01-01")
    one = newcomer(1)
    body = {"nik": one.nik, "name": one.name, "birth_date": f"{one.birth_date}", "scheme": "agency", "consent": True,
            "destination": "TW", "passport": "C1234567", "passport_until": "2031-01-01",
            "papers": [{"kind": "agreement"}], "agreement": {"starts": "2027-01-01", "ends": "2028-12-31",
            "employer": "Lin Fu Co.", "job": "Perawat"}}  # fmt: skip
    number = machine.post("/placements", body, 201)["number"]
    bill = machine.post("/placements/bills", {"placements": [number]}, 201)["number"]
    matter = machine.post(f"/placements/{number}/matters", {"kind": "question", "text": "Kapan?"}, 201)["number"]
    return {"placements": number, "bill": bill, "matter": matter, "code": agency.code}


def named(path: str, given: dict[str, object]) -> dict[str, object]:
    """An employer's address with what is there in the place of what was guessed."""
    kinds = {"id": "returns", "number": "bills"} if "/projects/" not in path else {"number": "projects"}
    if any(part in path for part in ("/placements/{number}", "/matters/{matter}", "/placement-bills/", "{code}")):
        kinds = {"number": "placements"}
    elif not any(part in path for part in ("/employers/{npp}", "/returns/{id}", "/projects/{number}")):
        return given
    return {name: THERE.get(kinds.get(name, name), value) for name, value in given.items()}


def token_for(case, tokens) -> str:
    needs = set(case.operation.definition.raw["x-scopes"]) or {"everyone"}
    return next(tokens[role] for role, scopes in ROLES if needs & scopes)


@schema.parametrize()
@settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_breaks_and_each_answers_as_described(case, tokens):
    if case.path_parameters:
        case.path_parameters = named(case.path, dict(case.path_parameters))
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token_for(case, tokens)}"})
