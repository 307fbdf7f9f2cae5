"""Regions and occupations as people look for them: by parent, by the beginning of a name, by whatever word they use."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.registry import places
from teduh.registry.models.places import Occupation


@dataclass(frozen=True)
class RegionRow:
    """A region, with the names of what it lies in: `Bakongan, Kabupaten Aceh Selatan, Aceh`."""

    code: str
    level: int
    name: str
    within: str = ""

    @property
    def full(self) -> str:
        return f"{self.name}, {self.within}" if self.within else self.name


@dataclass(frozen=True)
class OccupationRow:
    """An occupation; `likeness` says how near the text was (1.0: a word people use for it)."""

    code: str
    sector: str
    name_id: str
    name_en: str
    likeness: float = 1.0


SELECT = """
SELECT r.code, r.level, r.name, concat_ws(', ', d.name, k.name, p.name) FROM registry_region r
LEFT JOIN registry_region d ON r.level > 3 AND d.code = left(r.code, 8)
LEFT JOIN registry_region k ON r.level > 2 AND k.code = left(r.code, 5)
LEFT JOIN registry_region p ON r.level > 1 AND p.code = left(r.code, 2)
"""


def regions(parent: str | None = None) -> tuple[RegionRow, ...]:
    """What lies directly in a region; the provinces, if none is given."""
    if parent and not places.is_code(parent):
        return ()
    rows = sql.rows(
        "SELECT code, level, name FROM registry_region WHERE parent_id IS NOT DISTINCT FROM %s ORDER BY name",
        [parent or None],
    )
    return tuple(RegionRow(*row) for row in rows)


def region_path(code: str | None) -> tuple[RegionRow, ...]:
    """The province, regency, district and village of a code, as far as it goes."""
    if not code or not places.is_code(code):
        return ()
    rows = sql.rows(
        "SELECT code, level, name FROM registry_region WHERE code = ANY(%s) ORDER BY level",
        [[code[:length] for length in (2, 5, 8, 13) if len(code) >= length]],
    )
    return tuple(RegionRow(*row) for row in rows)


def region_names(codes: Sequence[str | None]) -> dict[str, RegionRow]:
    """Regions by code, in one statement."""
    wanted = sorted({code for code in codes if code and places.is_code(code)})
    rows = sql.rows(f"{SELECT} WHERE r.code = ANY(%s)", [wanted]) if wanted else ()
    return {row[0]: RegionRow(*row) for row in rows}


def find_regions(text: str, *, within: str | None = None, limit: int = 20) -> tuple[RegionRow, ...]:
    """Regions whose name begins so, whole names and larger ones first; `Kab.`, `Kota`, `Desa`, `Kel.` are understood.

    `within` is the code of a region to search in.
    """
    if within and not places.is_code(within):
        return ()
    found: dict[str, RegionRow] = {}
    area = f"{within}.%" if within else "%"
    first = "Kota %" if places.plain(text[:200]).startswith("kota ") else "Kabupaten %"
    for levels, key in places.sought(text):
        rows = sql.rows(
            f"{SELECT} WHERE r.level = ANY(%s) AND r.search LIKE %s AND r.code LIKE %s "
            "ORDER BY r.search <> %s, r.level, r.name NOT LIKE %s, length(r.search), r.name, r.code LIMIT %s",
            [list(levels), f"{key}%", area, key, first, min(limit, 100)],
        )
        found |= {row[0]: RegionRow(*row) for row in rows if row[0] not in found}
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def regions_named(*, names: Sequence[str], level: int, within: str | None = None) -> dict[str, tuple[RegionRow, ...]]:
    """For each name, every region of a level that is called so; for sheets, in one statement however many names."""
    keys = {name: _key_at(name, level) for name in names}
    rows = sql.rows(
        f"{SELECT} WHERE r.level = %s AND r.search = ANY(%s) AND r.code LIKE %s ORDER BY r.code",
        [level, sorted(set(keys.values())), f"{within}.%" if within else "%"],
    )
    by_key: dict[str, list[RegionRow]] = {}
    for row in rows:
        by_key.setdefault(places.key(row[2], level), []).append(RegionRow(*row))
    return {name: tuple(by_key.get(key, ())) for name, key in keys.items()}


def _key_at(name: str, level: int) -> str:
    readings = places.sought(name)
    return next((key for levels, key in readings if levels == (level,)), readings[-1].key if readings else "")


def occupations() -> tuple[OccupationRow, ...]:
    """All occupations, by sector and name."""
    rows = Occupation.objects.order_by("sector", "name_id").values_list("code", "sector", "name_id", "name_en")
    return tuple(OccupationRow(*row) for row in rows)


def find_occupation(text: str) -> OccupationRow | None:
    """The occupation somebody means by `ojol`, `tukang las` or `pedagang syaur`; None if nothing is near."""
    return occupation_finder()(text)


def occupation_finder() -> Callable[[str], OccupationRow | None]:
    """`find_occupation` for many texts: the list is read once, and the same text is looked up once."""
    words: dict[str, OccupationRow] = {}
    for code, sector, name_id, name_en, aliases in Occupation.objects.values_list(
        "code", "sector", "name_id", "name_en", "aliases"
    ):
        row = OccupationRow(code, sector, name_id, name_en)
        for word in (code.replace("-", " "), name_id, name_en, *name_id.split(" & "), *aliases):
            words.setdefault(places.plain(word), row)
    return functools.lru_cache(maxsize=10_000)(lambda text: _nearest(places.plain(text[:100]), words))


def _nearest(text: str, words: dict[str, OccupationRow]) -> OccupationRow | None:
    """The word itself, a word with a slip in it, the longest known word inside the text, then the most similar one."""
    if not text:
        return None
    if text in words:
        return words[text]
    if slip := difflib.get_close_matches(text, words, n=1, cutoff=0.9):
        return _near(words[slip[0]], difflib.SequenceMatcher(None, text, slip[0]).ratio())
    inside = [word for word in words if len(word) > 3 and f" {word} " in f" {text} "]
    if inside:
        return _near(words[max(inside, key=len)], 0.9)
    near = difflib.get_close_matches(text, words, n=1, cutoff=0.8)
    return _near(words[near[0]], difflib.SequenceMatcher(None, text, near[0]).ratio()) if near else None


def _near(row: OccupationRow, likeness: float) -> OccupationRow:
    return OccupationRow(row.code, row.sector, row.name_id, row.name_en, round(min(likeness, 0.99), 2))


_sectors: dict[str, str] = {}


def sector_of(code: str) -> str:
    """An occupation's sector, remembered; `other` for a code that is not there."""
    if code not in _sectors:
        _sectors.update(Occupation.objects.values_list("code", "sector"))
    return _sectors.get(code, "other")
