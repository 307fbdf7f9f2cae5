"""The API's description as a plain page: no script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from teduh.api.door import api
from teduh.security.access import MAY


def page(_request: HttpRequest) -> HttpResponse:
    """Every operation with its scopes, inputs and answers."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    parts: dict[str, list[dict[str, Any]]] = {}
    for address, methods in described["paths"].items():
        for method, operation in methods.items():
            parts.setdefault(operation["tags"][0], []).append(_row(address, method, operation))
    roles = [(role.label if hasattr(role, "label") else role, sorted(scopes)) for role, scopes in MAY.items()]
    known = {"parts": parts, "roles": roles, "version": described["info"]["version"]}
    return HttpResponse(render_to_string("api/listing.html", known))


def _row(address: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "address": address,
        "summary": operation["summary"],
        "more": operation.get("description", "").split("\n\nScopes")[0].partition("Scopes, one of")[0],
        "scopes": operation["x-scopes"],
        "inputs": [(p["name"], p["in"], p.get("required", False)) for p in operation.get("parameters", [])],
        "body": next(iter(body), ""),
        "statuses": sorted(str(status) for status in operation["responses"]),
    }
