"""For whom these pages are open: a worker for himself, or a relative for somebody who named him, as far as he may.

What may be done is decided below; here only the addresses and the words differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.migrants import family
from teduh.migrants import queries
from teduh.migrants.families import MAY
from teduh.portals import actor
from teduh.security.access import Actor

PAGES = ("home", "pay", "extend", "change", "onward", "papers", "agreement")


@dataclass(frozen=True, kw_only=True)
class Side:
    """Who looks, at whose placement, and what he may: `relative` is the row that lets him, None for the worker."""

    who: Actor
    person: int
    placement: int
    name: str
    may: frozenset[str]
    relative: int | None = None

    @property
    def own(self) -> bool:
        return self.relative is None

    def address(self, page: str, *args: object) -> str:
        """Where a page of this side is."""
        if self.own:
            return reverse(f"migrant_{page}", args=args)
        return reverse(f"family_{page}", args=[self.relative, *args])

    @property
    def pages(self) -> dict[str, str]:
        """Addresses for templates."""
        names = PAGES if self.own else ("home", "pay", "extend")
        return {name: self.address(name) for name in names}


def side(request: HttpRequest, relative: int | str | None = None, needs: str = "see") -> Side:
    """The side of this request. Raises `Refused`: not his, not granted, or no placement yet."""
    who = actor.of(request)
    if relative is None:
        who.require("self")
        found = queries.current(person=who.person) if who.person else None
        if found is None or who.person is None:
            raise nothing_yet()
        return Side(who=who, person=who.person, placement=found, name="", may=frozenset(MAY))
    relative = int(relative)
    mine = next((one for one in family.mine(by=who, on=clock.today()) if one.relative == relative), None)
    if mine is None:
        raise not_found(Text("Keluarga ini tidak ditemukan.", "There is no such relative."))
    if needs not in mine.may:
        raise not_granted(MAY[needs])
    if mine.placement is None:
        raise nothing_yet()
    return Side(who=who, person=mine.person, placement=mine.placement, name=mine.name, may=frozenset(mine.may),
                relative=relative)  # fmt: skip


def nothing_yet() -> Refused:
    return Refused(
        "no_placement",
        Text("Belum ada penempatan di luar negeri.", "There is no placement abroad yet."),
        then=Text("Daftar dahulu di halaman Pekerja migran.", "Join first, on the page Migrant workers."), status=404,
    )  # fmt: skip


def not_granted(what: Text) -> Refused:
    return Refused(
        "not_granted",
        Text("Hal ini belum diizinkan untuk Anda.", "This has not been granted to you."),
        why=Text(f"Izin yang diperlukan: {what.id}.", f"What it takes: {what.en}."),
        then=Text("Minta keluarga Anda di luar negeri menambah izinnya di halaman Keluarga.",
                  "Ask your relative abroad to grant it on the page Family."), status=403,
    )  # fmt: skip
