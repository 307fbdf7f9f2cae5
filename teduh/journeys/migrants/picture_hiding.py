"""What the public may not see of the picture: counts from one to four, and what would let them be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from teduh.journeys.migrants import picture_words

if TYPE_CHECKING:
    from teduh.journeys.migrants.picture import Ending, Picture, PictureRow, Renewal

LEAST = 5


def hidden(*, picture: Picture) -> Picture:
    """The picture without small counts. Of places that add up to a number that is shown, at least two are left out or
    none; weeks are never shown.
    """
    return replace(
        picture,
        is_public=True,
        total=_row(picture.total, _is_small(picture.total)),
        destinations=_group(picture.destinations),
        origins=_origins(picture.origins),
        renewal=_renewal(picture.renewal),
        ending=_ending(picture.ending),
        notes=(*picture.notes, picture_words.HIDDEN),
    )


def _small(count: int | None) -> bool:
    return count is not None and 0 < count < LEAST


def _counts(row: PictureRow) -> tuple[int | None, ...]:
    return row.registered, row.protected, row.waiting, row.returned, row.compared


def _is_small(row: PictureRow) -> bool:
    without = (row.registered or 0) - (row.protected or 0) - (row.waiting or 0)
    return any(_small(count) for count in (*_counts(row), without))


def _row(row: PictureRow, hide: bool) -> PictureRow:
    if not hide:
        return row
    return replace(row, registered=None, protected=None, waiting=None, returned=None, compared=None,
                   share_permille=None, note=picture_words.HIDDEN, is_hidden=True)  # fmt: skip


def _group(rows: Sequence[PictureRow]) -> tuple[PictureRow, ...]:
    """Rows that add up to something shown: if one alone is small, the next smallest that has people goes with it."""
    small = {row.code for row in rows if _is_small(row)}
    if len(small) == 1:
        others = [row for row in rows if row.code not in small and any(_counts(row))]
        small |= {min(others, key=lambda row: (row.registered or 0, row.code)).code} if others else set()
    return tuple(_row(row, row.code in small) for row in rows)


def _origins(rows: Sequence[PictureRow]) -> tuple[PictureRow, ...]:
    """Provinces add up to the whole, regencies to their province; under a province that is left out all of them are."""
    provinces = {row.code: row for row in _group([row for row in rows if not row.parent])}
    found: list[PictureRow] = []
    for code, province in provinces.items():
        below = [row for row in rows if row.parent and row.parent == code]
        found.append(province)
        found += [_row(row, True) for row in below] if province.is_hidden else _group(below)
    return tuple(found)


def _renewal(renewal: Renewal) -> Renewal:
    counts = (renewal.due, renewal.renewed, renewal.still_open, (renewal.due or 0) - (renewal.renewed or 0))
    if not any(_small(count) for count in counts):
        return renewal
    return replace(renewal, due=None, renewed=None, still_open=None, permille=None)


def _ending(rows: Sequence[Ending]) -> tuple[Ending, ...]:
    return tuple(replace(row, weeks=(), people=None if _small(row.people) else row.people) for row in rows)
