"""Pictures and charts drawn on the server as SVG, readable without colour and without a script."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.html import escape

from teduh.core.text import Text

LEAF, DEEP, BRIGHT, WASH = "#0e5a50", "#093f39", "#2f8f7b", "#e2f0ea"
SUN, AMBER, AMBER_WASH, LINE, INK, PAPER = "#a8431a", "#d99a1c", "#fdf1d2", "#7a7768", "#1b2926", "#fffdf9"

ROOF = (
    '<path d="M6 27 32 8l26 19" fill="none" stroke="{roof}" stroke-width="6" '
    'stroke-linecap="round" stroke-linejoin="round"{dash}/>'
)
LEAVES = (
    '<path d="M32 56c-9-3-13-10-12-19 8 0 12 4 12 11 0-7 4-11 12-11 1 9-3 16-12 19z" fill="{leaf}"/>'
    '<path d="M32 56V40" stroke="{vein}" stroke-width="2.5" stroke-linecap="round"/>'
)


def qr(text: str) -> str:
    """A QR code that grows with the page, with the quiet zone that readers need."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, light="#fff"
    )
    return out.getvalue().decode()


def logo() -> str:
    """The mark: a roof, and what grows under it."""
    return (
        '<svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        + ROOF.format(roof="#ffbf3f", dash="")
        + LEAVES.format(leaf="#bfe3d4", vein=DEEP)
        + "</svg>"
    )


#: Standings in which nothing comes through the roof.
DRY = ("protected", "employer_owes", "returning")


def shelter(*, state: str) -> str:
    """Somebody under a roof: whole when protected, broken in grace, only its outline when there is none."""
    roof, dash, ground, body = {
        "protected": ("#ffbf3f", "", BRIGHT, "#ffffff"),
        "employer_owes": ("#ffbf3f", "", BRIGHT, "#ffffff"),
        "returning": ("#ffbf3f", "", BRIGHT, "#ffffff"),
        "employer_pays_first": (AMBER, ' stroke-dasharray="22 9"', "#e9cf8d", "#7a4c00"),
        "grace": (AMBER, ' stroke-dasharray="22 9"', "#e9cf8d", "#7a4c00"),
    }.get(state, ("#c98a68", ' stroke-dasharray="2 9"', "#ecc9b2", SUN))
    rain = "".join(
        f'<path d="M{x} {y}l-4 11" stroke="{"#7fb5a6" if state in DRY else "#9b8a72"}" '
        'stroke-width="3" stroke-linecap="round"/>'
        for x, y in _rain(state)
    )
    return (
        '<svg viewBox="0 0 200 140" aria-hidden="true" focusable="false">'
        f"{rain}"
        f'<path d="M22 72 100 20l78 52" fill="none" stroke="{roof}" stroke-width="11" '
        f'stroke-linecap="round" stroke-linejoin="round"{dash}/>'
        f'<path d="M14 130c40-9 132-9 172 0" fill="none" stroke="{ground}" stroke-width="6" stroke-linecap="round"/>'
        + _person(78, 88, body)
        + _person(112, 94, body, small=True)
        + "</svg>"
    )


def _rain(state: str) -> list[tuple[int, int]]:
    outside = [(24, 14), (52, 8), (150, 8), (178, 18), (14, 44), (190, 48), (36, 34), (166, 38)]
    inside = {**dict.fromkeys(DRY, []), "employer_pays_first": [(122, 66)], "grace": [(122, 66)]}.get(
        state, [(66, 60), (98, 52), (134, 62), (148, 84), (54, 88)]
    )
    return outside + inside


def _person(x: int, y: int, colour: str, *, small: bool = False) -> str:
    size = 0.78 if small else 1.0
    head, width, height = 9 * size, 13 * size, 32 * size
    return (
        f'<circle cx="{x}" cy="{y - 8 * size:.1f}" r="{head:.1f}" fill="{colour}"/>'
        f'<path d="M{x - width:.1f} {y + height:.1f}v{-height * 0.55:.1f}a{width:.1f} '
        f'{width:.1f} 0 0 1 {2 * width:.1f} 0v{height * 0.55:.1f}z" '
        f'fill="{colour}"/>'
    )


def hero() -> str:
    """The front page: a wide roof in the rain, and under it people who work for themselves."""
    rain = "".join(
        f'<path d="M{x} {y}l-7 20" stroke="#9cc9bb" stroke-width="3" stroke-linecap="round"/>'
        for x, y in (
            (34, 30), (78, 58), (120, 22), (24, 96), (62, 128), (160, 40), (350, 24), (392, 52), (438, 26), (466, 84),
            (424, 108), (458, 146), (18, 176), (310, 16), (206, 12), (264, 8), (470, 204),
        )
    )  # fmt: skip
    return (
        '<svg viewBox="0 0 480 340" aria-hidden="true" focusable="false">'
        f"{rain}"
        '<path d="M92 176h296v122H92z" fill="#fdf1d2"/>'
        '<path d="M0 340c8-30 40-40 80-43 60-5 80-4 110-2 90 6 190 6 232-2 36-6 52 20 58 47z" fill="#2f8f7b"/>'
        '<path d="M0 340q2-26 24-24 20 8 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 '
        '0 34 2 22 22z" fill="#0e5a50"/>'
        '<path d="M104 176h12v122h-12zM364 176h12v122h-12z" fill="#7b4a22"/>'
        '<path d="M40 178 96 140 180 118 240 66l60 52 84 22 56 38z" fill="#093f39"/>'
        '<path d="M180 118h120l-60-52z" fill="#0e5a50"/>'
        '<path d="M40 178h400" stroke="#ffbf3f" stroke-width="8" stroke-linecap="round"/>'
        + _farmer(160) + _trader(214) + _driver(296)
        + _fisher()
        + "</svg>"
    )  # fmt: skip


def _body(x: int, colour: str, skin: str = "#8d5a34") -> str:
    return (
        f'<circle cx="{x}" cy="222" r="13" fill="{skin}"/>'
        f'<path d="M{x - 19} 296v-34a19 19 0 0 1 38 0v34z" fill="{colour}"/>'
    )


def _farmer(x: int) -> str:
    return (
        _body(x, "#a8431a")
        + f'<path d="M{x - 27} 217 {x} 199l27 18z" fill="#d99a1c"/>'
        + f'<path d="M{x - 26} 296V226m-6-8q6 12 12 0" stroke="#7b4a22" stroke-width="4" '
        f'fill="none" stroke-linecap="round"/>'
    )


def _trader(x: int) -> str:
    return (
        _body(x, "#2f8f7b") + f'<path d="M{x - 15} 226a15 17 0 0 1 30 0l4 18h-38z" fill="#ffbf3f"/><circle '
        f'cx="{x}" cy="225" r="9" fill="#8d5a34"/>'
        + f'<path d="M{x - 13} 296v-16h26v16z" fill="#7b4a22"/><circle cx="{x - 6}" cy="278" r="6" fill="#a8431a"/>'
        + f'<circle cx="{x + 6}" cy="278" r="6" fill="#d99a1c"/>'
    )


def _driver(x: int) -> str:
    return (
        f'<circle cx="{x - 4}" cy="216" r="14" fill="#0e5a50"/><path d="M{x + 2} 214h10v8h-10z" fill="#8d5a34"/>'
        f'<path d="M{x - 22} 272v-24a17 17 0 0 1 34 0l16 10-4 7-18-6v13z" fill="#d99a1c"/>'
        f'<path d="M{x - 34} 272h46l12-12h10l6 18" fill="none" stroke="#1b2926" '
        f'stroke-width="8" stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{x - 26}" cy="284" r="13" fill="none" stroke="#1b2926" stroke-width="6"/>'
        f'<circle cx="{x + 36}" cy="284" r="13" fill="none" stroke="#1b2926" stroke-width="6"/>'
    )


def _fisher() -> str:
    return (
        '<circle cx="52" cy="266" r="10" fill="#8d5a34"/><path d="M38 308v-18a14 14 0 0 1 28 0v18z" fill="#a8431a"/>'
        '<path d="M14 304h88l-16 20H30z" fill="#7b4a22"/><path d="M66 290 96 250q8 26 6 '
        '66" fill="none" stroke="#fffdf9" stroke-width="2.5"/>'
    )


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A month of the tracker: `paid`, `grace` (unpaid, still mendable), `unpaid`, `ahead` (not yet due), `before`."""

    label: str
    year: str
    state: str
    says: str


TILES = {
    "paid": (LEAF, LEAF, "#ffffff", ""),
    "grace": (AMBER_WASH, AMBER, "#5e3a00", ' stroke-dasharray="7 5"'),
    "unpaid": (PAPER, SUN, SUN, ""),
    "ahead": (PAPER, "#b5ad9b", "#4a5855", ' stroke-dasharray="2 5"'),
    "before": ("#f3ecdf", "#f3ecdf", "#6a6c60", ""),
}
MARKS = {
    "paid": (
        '<path d="M{0} {1}l6 6 11-13" fill="none" stroke="#fff" stroke-width="4" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "grace": '<path d="M{2} {3}v9m0 6v.5" stroke="#7a4c00" stroke-width="4.5" stroke-linecap="round"/>',
    "unpaid": '<path d="M{0} {3}l14 14m0-14-14 14" stroke="#a8431a" stroke-width="4" stroke-linecap="round"/>',
    "ahead": "",
    "before": '<path d="M{0} {1}h14" stroke="#8a8878" stroke-width="3" stroke-linecap="round"/>',
}


def months(tiles: Sequence[Tile], says: str = "") -> str:
    """The month card: twelve tiles, six in a row, each with a mark and a word of its own."""
    drawn = "".join(_tile(tile, 4 + i % 6 * 58, 4 + i // 6 * 82) for i, tile in enumerate(tiles))
    height = 4 + (len(tiles) + 5) // 6 * 82
    return f'<svg viewBox="0 0 352 {height}" role="img" aria-label="{escape(says)}">{drawn}</svg>'


def _tile(tile: Tile, x: int, y: int) -> str:
    fill, line, ink, dash = TILES[tile.state]
    mark = MARKS[tile.state].format(x + 18, y + 54, x + 26, y + 46)
    return (
        f"<g><title>{escape(tile.says)}</title>"
        f'<rect x="{x}" y="{y}" width="52" height="74" rx="9" fill="{fill}" stroke="{line}" stroke-width="2.5"{dash}/>'
        f'<text x="{x + 26}" y="{y + 22}" text-anchor="middle" font-size="15" '
        f'font-weight="700" fill="{ink}">{escape(tile.label)}</text>'
        f'<text x="{x + 26}" y="{y + 36}" text-anchor="middle" font-size="11" fill="{ink}">{escape(tile.year)}</text>'
        f"{mark}</g>"
    )


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of an overview."""

    label: Any
    count: int
    tone: str = "good"


BARS = {"good": LEAF, "careful": AMBER, "bad": SUN, "": LINE}


def bars(items: Sequence[Bar], says: str | Text = "") -> str:
    """Horizontal bars with their words above and their numbers at the end."""
    most = max((item.count for item in items), default=0) or 1
    rows = []
    for i, item in enumerate(items):
        y = i * 46
        width = max(3, round(item.count / most * 270)) if item.count else 3
        number = f"{item.count:,}".replace(",", ".")
        rows.append(
            f'<text x="0" y="{y + 15}" font-size="14" fill="{INK}">{escape(str(item.label))}</text>'
            f'<rect x="0" y="{y + 21}" width="{width}" height="16" rx="4" fill="{BARS[item.tone]}"/>'
            f'<text x="{width + 8}" y="{y + 35}" font-size="15" font-weight="700" fill="{INK}">{number}</text>'
        )
    return f'<svg viewBox="0 0 352 {len(items) * 46}" role="img" aria-label="{escape(str(says))}">{"".join(rows)}</svg>'


def split(parts: Sequence[tuple[Any, int]], says: str | Text = "") -> str:
    """One bar cut into the parts of an amount, each with its pattern, with a key below."""
    total = sum(amount for _, amount in parts) or 1
    fills = (LEAF, AMBER, SUN, BRIGHT, INK, "#7a7768", "#b9d8cc", "#ecc9b2")
    x, drawn = 0.0, []
    for i, (label, amount) in enumerate(parts):
        width = amount / total * 352
        drawn.append(
            f'<rect x="{x:.1f}" y="0" width="{max(width - 2, 1):.1f}" height="26" rx="3" '
            f'fill="{fills[i % len(fills)]}">'
            f"<title>{escape(str(label))}</title></rect>"
            f'<rect x="0" y="{40 + i * 24}" width="14" height="14" rx="3" fill="{fills[i % len(fills)]}"/>'
            f'<text x="22" y="{52 + i * 24}" font-size="14" fill="{INK}">{escape(str(label))}</text>'
        )
        x += width
    height = 40 + len(parts) * 24
    return f'<svg viewBox="0 0 352 {height}" role="img" aria-label="{escape(str(says))}">{"".join(drawn)}</svg>'
