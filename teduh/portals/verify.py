"""The verifying page: anyone checks a card with it, without a network and without this server.

Served at /verifikasi/ (it keeps itself on the device after the first visit) and as one file to download. It asks
nothing of the database; only the public keys are in it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.coverage import card_keys

FILES = Path(__file__).parent / "static" / "verify"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def single_page(*, on: dt.date) -> str:
    """The whole verifier as one HTML file with the public keys of that day; `teduh card verifier` writes it."""
    style, card, page = (_text(name) for name in ("verify.css", "card.js", "page.js"))
    policy = (
        f"default-src 'none'; script-src {_hash(card)} {_hash(page)}; style-src {_hash(style)}; img-src data: blob:; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )
    parts = {"style": style, "card": card, "page": page, "policy": policy}
    return render_to_string("verify.html", {"single": True, **{k: mark_safe(v) for k, v in parts.items()}, **_keys(on)})


@require_safe
def page(_request: HttpRequest) -> HttpResponse:
    """The page itself, with the keys of today in it."""
    answer = HttpResponse(render_to_string("verify.html", {"single": False, **_keys(clock.today())}))
    answer["Content-Security-Policy"] = POLICY
    answer["Permissions-Policy"] = "camera=(self)"
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def download(_request: HttpRequest) -> HttpResponse:
    """The one-file verifier."""
    answer = HttpResponse(single_page(on=clock.today()))
    answer["Content-Disposition"] = 'attachment; filename="verify.html"'
    return answer


@require_safe
def file(_request: HttpRequest, name: str) -> HttpResponse:
    """A static part of the page, from under the page's own address, so that its service worker may keep it."""
    known = {found.name: found for found in FILES.iterdir()}
    if name not in known:
        return HttpResponse(status=404)
    answer = HttpResponse(known[name].read_bytes(), content_type=TYPES[known[name].suffix])
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """The JWKS, for anybody who writes a verifier of his own."""
    answer = JsonResponse(card_keys.published(on=clock.today()))
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "max-age=3600"
    return answer


def _keys(on: dt.date) -> dict[str, str]:
    return {"keys": mark_safe(json.dumps(card_keys.published(on=on), separators=(",", ":")))}


def _text(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


urlpatterns = [
    path("verifikasi/", page, name="verify"),
    path("verifikasi", lambda request: redirect("verify")),
    path("verifikasi/unduh", download, name="verify-download"),
    path("verifikasi/sw.js", file, {"name": "sw.js"}),
    path("verifikasi/manifest.webmanifest", file, {"name": "manifest.webmanifest"}),
    path("verifikasi/berkas/<str:name>", file, name="verify-file"),
    path(".well-known/teduh-keys.json", keys, name="card-keys"),
]
