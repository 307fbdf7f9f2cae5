"""Which programmes an employer must offer by its size, and how its size is found."""

from __future__ import annotations

from typing import NamedTuple

from teduh.law.messages import Note

READ_ELSEWHERE = Note(
    "perpres_109_2013",
    "Perpres 109/2013 dan PP 7/2021 belum dibaca; isi menurut sumber kedua.",
    "Perpres 109/2013 and PP 7/2021 were not read; this follows a second-hand source.",
    ("Perpres 109/2013 Pasal 6", "PP 7/2021"),
    "secondary",
)
MANDATORY = {
    "micro": ("JKK", "JKM"),
    "small": ("JKK", "JKM", "JHT"),
    "medium": ("JKK", "JKM", "JHT", "JP"),
    "large": ("JKK", "JKM", "JHT", "JP"),
    "construction": ("JKK", "JKM"),
}
MILLIARD = 1_000_000_000
SIZES = (
    ("micro", 1 * MILLIARD, 2 * MILLIARD),
    ("small", 5 * MILLIARD, 15 * MILLIARD),
    ("medium", 10 * MILLIARD, 50 * MILLIARD),
)


class Mandatory(NamedTuple):
    """The programmes that may not be left out; further ones may be chosen."""

    size: str
    programmes: tuple[str, ...]
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


class Several(NamedTuple):
    """Somebody with several employers, or several firms: what each takes part in, what only one of them does."""

    each: tuple[str, ...]
    one: tuple[str, ...]
    articles: tuple[str, ...]


SEVERAL = {
    "worker": Several(
        ("JKK", "JKM", "JHT", "JKP"),
        (),
        ("PP 44/2015 Pasal 15(3)", "PP 46/2015 Pasal 5", "PP 37/2021 Pasal 8(1)"),
    ),
    "owner": Several(
        ("JKK", "JHT"), ("JKM",), ("PP 44/2015 Pasal 15(1)", "PP 44/2015 Pasal 15(2)", "PP 46/2015 Pasal 6")
    ),
}


def with_several(who: str) -> Several:
    """PP 44/2015 Pasal 15, PP 46/2015 Pasal 5-6, PP 37/2021 Pasal 8: each employer enrols a worker of several; an owner
    of several firms is in JKK and JHT at each and in JKM at one. No text read says so of JP.
    """
    return SEVERAL[who]


def size_of(*, capital: int | None = None, yearly_sales: int | None = None) -> str:
    """Micro up to Rp1 milliard of capital or Rp2 milliard of sales, small up to 5 or 15, medium up to 10 or
    50.
    """
    if capital is None and yearly_sales is None:
        raise ValueError("give the capital (without land and buildings) or the yearly sales")
    for name, most_capital, most_sales in SIZES:
        if capital is not None and capital <= most_capital:
            return name
        if capital is None and yearly_sales is not None and yearly_sales <= most_sales:
            return name
    return "large"


def mandatory(size: str) -> Mandatory:
    """Perpres 109/2013 Pasal 6: JKK and JKM for all, JHT from small, JP from medium employers on."""
    articles = ("PP 44/2015 Pasal 53",) if size == "construction" else ("Perpres 109/2013 Pasal 6(3)",)
    return Mandatory(size, MANDATORY[size], articles, () if size == "construction" else (READ_ELSEWHERE,))
