"""Regions and occupations, as other operations want them named."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator

from teduh.api import shapes
from teduh.api.door import operation
from teduh.api.inputs import Limit, storable
from teduh.registry import queries as registry

router = Router(tags=["places"])
Region = shapes.of(registry.RegionRow, also=(("full", str),))
Occupation = shapes.of(registry.OccupationRow)
Sought = Annotated[str, Query(max_length=100, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]
Code = Annotated[str, Query(max_length=13, pattern=r"^([0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?$")]


@operation(router, "GET", "/regions", needs=(), out=list[Region])
def regions(request: HttpRequest, q: Sought = "", within: Code = "", limit: Limit = 20) -> Any:
    """Regions (Kemendagri codes) whose name begins with `q`; without `q`, what lies directly in `within`.

    Words such as Kab., Kota, Desa and Kel. are understood.
    """
    return registry.find_regions(q, within=within or None, limit=limit) if q else registry.regions(within or None)


@operation(router, "GET", "/occupations", needs=(), out=list[Occupation])
def occupations(request: HttpRequest, q: Sought = "") -> Any:
    """All occupations; with `q`, the one that is meant by it (ojol, tukang las, pedagang syaur), if any."""
    found = registry.find_occupation(q) if q else None
    return ([found] if found else []) if q else registry.occupations()
