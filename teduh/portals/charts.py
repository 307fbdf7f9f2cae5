"""Charts of totals, drawn on the server as SVG: each shape has its number beside it; colour is never all there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

from teduh.portals.pictures import INK, LEAF, LINE, SUN, WASH

WIDTH, ROW, LABEL = 352, 25, 116


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: its words, one value or two (before and now), and how the value is written."""

    label: str
    value: int
    shown: str
    other: int | None = None


def rows(marks: Sequence[Mark], *, says: str) -> str:
    """A bar for each row from a common zero; values below zero go to the left. `other` is drawn as a frame behind."""
    if not marks:
        return ""
    values = [m.value for m in marks] + [m.other for m in marks if m.other is not None]
    low, high = min(0, *values), max(0, *values)
    room = WIDTH - LABEL - 86
    scale = room / ((high - low) or 1)
    zero = LABEL + (-low) * scale
    drawn = [_row(k, mark, zero, scale) for k, mark in enumerate(marks)]
    axis = f'<path d="M{zero:.1f} 0V{len(marks) * ROW}" stroke="{LINE}" stroke-width="1"/>'
    return _svg("".join(drawn) + axis, len(marks), says)


def _row(k: int, mark: Mark, zero: float, scale: float) -> str:
    y = k * ROW
    left, width = _span(mark.value, zero, scale)
    behind = ""
    if mark.other is not None:
        x, wide = _span(mark.other, zero, scale)
        behind = f'<rect x="{x:.1f}" y="{y + 3}" width="{wide:.1f}" height="{ROW - 6}" fill="{WASH}" stroke="{LINE}"/>'
    end = max(left + width, zero) + 6
    return (
        f"{_label(mark.label, y)}{behind}"
        f'<rect x="{left:.1f}" y="{y + 6}" width="{width:.1f}" height="{ROW - 12}" rx="3" '
        f'fill="{LEAF if mark.value >= 0 else SUN}"/>'
        f'<text x="{end:.1f}" y="{y + 17}" font-size="12" font-weight="700" fill="{INK}">{escape(mark.shown)}</text>'
    )


def _label(words: str, y: int) -> str:
    return (
        f'<text x="{LABEL - 8}" y="{y + 17}" font-size="12" text-anchor="end" fill="{INK}">{escape(words[:18])}</text>'
    )


def _svg(drawn: str, count: int, says: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {count * ROW}" role="img" aria-label="{escape(says)}">{drawn}</svg>'


def _span(value: int, zero: float, scale: float) -> tuple[float, float]:
    width = max(abs(value) * scale, 1.0 if value else 0.0)
    return (zero if value >= 0 else zero - width), width


def winners(marks: Sequence[tuple[str, int, int, int]], *, says: str) -> str:
    """For each row a whole bar cut into those who are worse off, the same, and better off (counts of people)."""
    return _svg("".join(_cut(k * ROW, *mark) for k, mark in enumerate(marks)), len(marks), says)


def _cut(y: int, label: str, worse: int, same: int, better: int) -> str:
    total, x, drawn = (worse + same + better) or 1, float(LABEL), [_label(label, y)]
    for count, fill, ink in ((worse, SUN, "#fff"), (same, WASH, INK), (better, LEAF, "#fff")):
        width = (WIDTH - LABEL - 8) * count / total
        drawn.append(f'<rect x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="{ROW - 8}" fill="{fill}"/>')
        if width > 30:
            said, middle = f"{round(100 * count / total)}%", f'x="{x + width / 2:.1f}" y="{y + 17}"'
            drawn.append(f'<text {middle} font-size="12" text-anchor="middle" fill="{ink}">{said}</text>')
        x += width
    return "".join(drawn)
