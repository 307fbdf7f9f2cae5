"""Drawing a payment's QR. It knows pixels, not money."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str, *, scale: int = 4) -> str:
    """The QR of a payload as one inline SVG element, with the quiet zone of four modules that readers need."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True, light="#fff", omitsize=False
    )
    return out.getvalue().decode()


def qr_png(text: str, *, scale: int = 6) -> bytes:
    """The same as a PNG, to print or send."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
