"""A placement's days as one band from left to right: phases as paid, the time to return, what is agreed and not paid,
days without cover, and today. The words stand beside it in the list; this is for the eye."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape

from teduh.core import dates
from teduh.core.text import Text

WIDE, HIGH, TOP, THICK, EDGE = 1000, 128, 34, 34, 12
FILLS = {"before": "#2f8f7b", "during": "#0e5a50", "after": "#5a8f3c"}
SHORT = {"before": Text("Sebelum", "Before"), "during": Text("Selama bekerja", "At work"),
         "after": Text("Setelah pulang", "After")}  # fmt: skip
A_DAY = dt.timedelta(days=1)
APART = 130


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days with its colour; `word` stands in it where there is room."""

    starts: dt.date
    until: dt.date
    fill: str
    word: str = ""


def pieces(timeline: Any, on: dt.date) -> list[Piece]:
    """Everything of a timeline that has days."""
    found = []
    for one in timeline.phases:
        if not one.starts or not one.until:
            continue
        sure = min(one.paid_until or one.until, one.until)
        found.append(Piece(one.starts, sure, FILLS[one.phase], str(SHORT[one.phase])))
        if sure < one.until:
            found.append(Piece(sure + A_DAY, one.until, "url(#returning)", ""))
    last, ends = max((p.until for p in found), default=None), timeline.placement.ends_on
    if ends and timeline.placement.is_open and (last is None or ends > last):
        starts = last + A_DAY if last else max(on, timeline.placement.agreements[0].starts)
        if starts < ends:
            found.append(Piece(starts, ends, "url(#unpaid)", str(Text("belum dibayar", "not paid"))))
    return found + [Piece(gap.starts, gap.until or max(on, gap.starts), "url(#gap)") for gap in timeline.gaps]


def draw(timeline: Any, on: dt.date) -> str:
    """The band as SVG; empty where nothing has days yet."""
    found = pieces(timeline, on)
    if not found:
        return ""
    first = min(on, *(p.starts for p in found))
    days = max(1, (max(on, *(p.until for p in found)) - first).days + 1)

    def x(day: dt.date) -> float:
        return EDGE + (WIDE - 2 * EDGE) * (day - first).days / days

    parts = [_piece(p, x(p.starts), x(p.until + A_DAY)) for p in found]
    marks = sorted({p.starts for p in found} | {p.until for p in found if p.fill in FILLS.values()})
    says = escape(str(Text("Jalannya perlindungan", "How cover runs")))
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{says}" font-size="17" '
        f'font-family="inherit">{PATTERNS}{"".join(parts)}{_days(marks, x)}{_today(x(on), on)}</svg>'
    )


def _piece(one: Piece, left: float, right: float) -> str:
    width = max(right - left, 3)
    shape = f'<rect x="{left:.1f}" y="{TOP}" width="{width:.1f}" height="{THICK}" fill="{one.fill}"/>'
    if not one.word or width < 11 * len(one.word):
        return shape
    ink = "#6d171b" if one.fill == "url(#unpaid)" else "#fff"
    return (
        shape + f'<text x="{left + width / 2:.1f}" y="{TOP + 23}" fill="{ink}" text-anchor="middle" '
        f'font-weight="650">{escape(one.word)}</text>'
    )


def _days(marks: list[dt.date], x: Any) -> str:
    """Days under the band, as many as there is room for."""
    parts, last = [], -APART
    for day in marks:
        at = x(day)
        if at - last < APART:
            continue
        last = at
        anchor = "start" if at < 70 else "end" if at > WIDE - 70 else "middle"
        parts.append(
            f'<path d="M{at:.1f} {TOP + THICK}v9" stroke="#4a5855" stroke-width="2"/>'
            f'<text x="{at:.1f}" y="{TOP + THICK + 28}" fill="#4a5855" text-anchor="{anchor}">{_short(day)}</text>'
        )
    return "".join(parts)


def _today(at: float, on: dt.date) -> str:
    anchor = "start" if at < 60 else "end" if at > WIDE - 60 else "middle"
    word = escape(str(Text("hari ini", "today")))
    return (
        f'<path d="M{at:.1f} {TOP - 8}V{TOP + THICK + 8}" stroke="#a8431a" stroke-width="4"/>'
        f'<text x="{at:.1f}" y="{TOP - 14}" fill="#a8431a" text-anchor="{anchor}" font-weight="700">{word}</text>'
    )


def _short(day: dt.date) -> str:
    words = str(dates.day(day)).split()
    return escape(f"{words[0]} {words[1][:3]} {words[2]}")


def _stripes(name: str, ground: str, ink: str) -> str:
    return (
        f'<pattern id="{name}" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="10" height="10" fill="{ground}"/><rect width="4" height="10" fill="{ink}"/></pattern>'
    )


PATTERNS = (
    f"<defs>{_stripes('returning', '#e2f0ea', '#2f8f7b')}{_stripes('unpaid', '#fffdf9', '#e5b2ae')}"
    f"{_stripes('gap', '#fae5e2', '#9c2429')}</defs>"
)
