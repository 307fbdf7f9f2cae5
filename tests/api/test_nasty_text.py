"""Every text that can be sent, in every place where text is taken: NUL, a megabyte, emoji, right-to-left marks, SQL."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from teduh.api.door import api
from tests.api import machines
from tests.api.test_schemathesis import ROLES, firm_of, placement_of

NASTY = {
    "nul": "Si\x00ti",
    "megabyte": "A" * 1_000_000,
    "emoji": "Siti 👩🏽‍🌾🐟",
    "right-to-left": "\u202eAminah\u202c مرحبا\u200f",
    "sql": "'; DROP TABLE registry_person; --",
    "surrogate": "\ud800",
    "template": "{{ 7*7 }}%s{0}",
}
KNOWN = {
    "member_number": "26000000017", "number": "B-1", "nik": "3273014107900007", "on": "2026-04-01",
    "month": "2026-04", "why": "pemeriksaan", "birth_date": "1990-07-01", "first": "2026-04", "bank_code": "BNI",
    "account_number": "12345678", "bill": "TGH-1", "paid_at": "2026-04-17T09:30:00+07:00", "people": "26000000017",
    "region": "32", "lives_in": "32", "works_in": "32", "registered_at": "32", "within": "32", "after": "",
    "keep": "26000000017", "sha256": "0" * 64, "until": "2027-01-01", "npp": "10000013", "phone": "081234567890",
    "destination": "TW", "passport": "C1234567", "passport_until": "2031-01-01", "starts": "2027-01-01",
    "ends": "2028-12-31", "departs_on": "2027-01-01", "as_of": "2026-01-01", "home_region": "33.01",
}  # fmt: skip
described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in described["paths"].items()
    for method, operation in methods.items()
}


def plain(schema: dict[str, Any], name: str = "") -> Any:
    """A value that fits, so that the nasty text is the only thing wrong."""
    if "$ref" in schema:
        return plain(described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], name)
    if "anyOf" in schema:
        return plain(next(part for part in schema["anyOf"] if part.get("type") != "null"), name)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    kind = schema.get("type")
    if kind == "object":
        return {key: plain(part, key) for key, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [plain(schema["items"], name)]
    if kind == "string":
        return KNOWN.get(name, "teks biasa")
    return {"integer": schema.get("minimum", 1), "boolean": True}.get(kind)


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from texts(part, (*path, key))


def put(value: Any, path: tuple[Any, ...], text: str) -> Any:
    changed = copy.deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = text
    return changed


def requests(name: str, operation: dict[str, Any], text: str) -> Iterator[tuple[str, str, Any]]:
    """The operation with the text in each of its inputs in turn."""
    method, path = name.split(" ", 1)
    parameters = [p for p in operation["parameters"] if p["in"] in ("query", "path")]
    given = {p["name"]: plain(p["schema"], p["name"]) for p in parameters}
    if "/placements/{number}" in path:
        given["number"] = KNOWN["placements"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    sent = None if body is None else plain(body)
    for target in parameters:
        value = {**given, target["name"]: text[:6_000]}
        yield method, address(path, parameters, value), sent
    for where in texts(sent):
        yield method, address(path, parameters, given), put(sent, where, text)


def address(path: str, parameters: list[dict[str, Any]], values: dict[str, Any]) -> str:
    query = []
    for parameter in parameters:
        text = quote(str(values[parameter["name"]]).encode("utf-8", "surrogatepass"), safe="")
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", text)
        else:
            query.append(f"{parameter['name']}={text}")
    return path.removeprefix("/api/v1") + ("?" + "&".join(query) if query else "")


@pytest.fixture(scope="module")
def crowd(own_database, regions):
    with own_database():
        made = {role: machines.machine(role) for role, _ in ROLES}
        KNOWN["npp"] = str(firm_of(made["employer"])["npp"])
        there = {name: str(value) for name, value in placement_of(made["agency"]).items()}
        KNOWN.update(there, organisation=there["code"])
        yield made


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_text_does_harm(crowd, name, kind):
    operation = OPERATIONS[name]
    needs = set(operation["x-scopes"]) or {"everyone"}
    one = crowd[next(role for role, scopes in ROLES if needs & scopes)]
    for method, path, body in requests(name, operation, NASTY[kind]):
        answer = one.ask(method, path, body)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert set(one.said) == {"code", "what", "why", "next", "field"}
            assert str(answer.status_code) in operation["responses"] or answer.status_code == 404


def test_a_nul_in_a_body_is_refused_and_named(crowd):
    said = crowd["officer"].post("/cards/verify", {"text": "TDH1:\x00"}, 422)
    assert said["field"] == "text" and "NUL" in said["why"]["en"]
