"""Draws docs/pictures/nation-line.svg from what `nation.py` measured: seconds of an assessment over millions of people.

python bench/nation_chart.py
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
PICTURE = HERE.parent / "docs" / "pictures" / "nation-line.svg"
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 320, 64, 44
LEAF, INK, LINE = "#0e5a50", "#1b2926", "#c9c4b4"


def draw(points: list[tuple[int, float]]) -> str:
    """People against seconds, with the straight line through the origin that the last point gives."""
    most, longest = max(people for people, _ in points), max(seconds for _, seconds in points) * 1.1
    wide, high = WIDTH - LEFT - 24, HEIGHT - BOTTOM - 20

    def at(people: float, seconds: float) -> tuple[float, float]:
        return LEFT + people / most * wide, HEIGHT - BOTTOM - seconds / longest * high

    end = points[-1]
    (x0, y0), (x1, y1) = at(0, 0), at(*end)
    parts = [
        f'<path d="M{x0} {y0}H{WIDTH - 12}M{x0} {y0}V8" stroke="{INK}" fill="none"/>',
        f'<path d="M{x0} {y0}L{x1:.1f} {y1:.1f}" stroke="{LINE}" stroke-width="2" stroke-dasharray="6 5"/>',
        '<polyline fill="none" stroke="{}" stroke-width="3" points="{}"/>'.format(
            LEAF, " ".join("{:.1f},{:.1f}".format(*at(*point)) for point in points)
        ),
    ]
    for people, seconds in points:
        x, y = at(people, seconds)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{LEAF}"/>')
        parts.append(f'<text x="{x - 6:.1f}" y="{y - 12:.1f}" text-anchor="end">{seconds:.1f} s</text>')
        if people >= most / 10:
            parts.append(f'<text x="{x:.1f}" y="{y0 + 20}" text-anchor="middle">{people / 1e6:g}</text>')
    parts.append(f'<text x="{WIDTH - 12}" y="{HEIGHT - 4}" text-anchor="end">million people</text>')
    parts.append(f'<text x="{LEFT + 8}" y="18">seconds to assess a month, Parquet to Parquet, two cores</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="13" fill="{INK}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf9"/>{"".join(parts)}</svg>\n'
    )


def main() -> None:
    said = json.loads((HERE / "out" / "nation.json").read_text("utf-8"))
    PICTURE.write_text(draw([(int(people), float(seconds)) for people, seconds in said["line"]]), "utf-8")
    print(PICTURE)


if __name__ == "__main__":
    main()
