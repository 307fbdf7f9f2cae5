"""Choosing a region step by step, province to village, on the server: the same with and without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teduh.core.text import Text
from teduh.portals import doors
from teduh.registry.models import Region

CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
LEVELS = (
    Text("Provinsi", "Province"),
    Text("Kabupaten/kota", "Regency or city"),
    Text("Kecamatan", "District"),
    Text("Desa/kelurahan", "Village"),
)


@dataclass(frozen=True)
class Level:
    """One list to choose from."""

    name: str
    label: Text
    options: tuple[tuple[str, str], ...]
    chosen: str


def chain(code: str) -> tuple[str, ...]:
    """The code with all above it: `33.01` is `33`, `33.01`."""
    if not CODE.fullmatch(code):
        return ()
    parts = code.split(".")
    return tuple(".".join(parts[: i + 1]) for i in range(len(parts)))


def levels(name: str, code: str) -> tuple[Level, ...]:
    """The lists down to the one after what is chosen; one statement."""
    above = chain(code)
    rows = Region.objects.filter(parent__in=above) | Region.objects.filter(level=1)
    by_level: dict[int, list[tuple[str, str]]] = {}
    for one in rows.order_by("level", "name").values_list("level", "code", "name"):
        by_level.setdefault(one[0], []).append((one[1], one[2]))
    return tuple(
        Level(f"{name}_{n}", LEVELS[n - 1], tuple(by_level[n]), above[n - 1] if n <= len(above) else "")
        for n in range(1, 5)
        if n in by_level
    )


def chosen(data: QueryDict, name: str) -> str:
    """The deepest region of what was sent; a list below one that was changed no longer counts."""
    found = ""
    for n in range(1, 5):
        code = data.get(f"{name}_{n}", "")
        if not CODE.fullmatch(code) or not (n == 1 or code.startswith(f"{found}.")):
            break
        found = code
    return found


def said(code: str) -> str:
    """`Bandungan, Semarang, Jawa Tengah` of a code."""
    names = dict(Region.objects.filter(code__in=chain(code)).values_list("code", "name")) if code else {}
    return ", ".join(names[one] for one in reversed(chain(code)) if one in names)


@require_safe
@doors.door()
def fragment(request: HttpRequest) -> HttpResponse:
    """The lists again, for a page that asks while one chooses."""
    name = request.GET.get("name", "")
    if name not in ("lives_in", "works_in", "registered_at"):
        name = "lives_in"
    return render(request, "parts/region.html", {"levels": levels(name, chosen(request.GET, name)), "name": name})
