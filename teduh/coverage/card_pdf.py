"""The card on paper: credit-card size with cut marks on an A4 sheet, and beside it what its holder does next.

It draws what it is given. The NIK is masked here, whatever it is given; the QR is drawn as shapes, sharp at any size.
"""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from teduh.core.text import Text
from teduh.coverage import card as cards
from teduh.security import masking

WIDTH, HEIGHT = 85.6 * mm, 54 * mm
LEFT, BOTTOM = 20 * mm, A4[1] - 20 * mm - HEIGHT
QR_SIZE = 34 * mm
INK, GREEN, AMBER, GREY = HexColor("#1b2a33"), HexColor("#0b6b4f"), HexColor("#8a4b00"), HexColor("#5b6870")
SEGMENTS = {
    "BPU": Text("Pekerja mandiri (BPU)", "Self-employed"),
    "PU": Text("Penerima upah", "Wage earner"),
    "JAKON": Text("Jasa konstruksi", "Construction"),
    "PMI": Text("Pekerja migran", "Migrant worker"),
}
MONTHS_ID = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
MONTHS_EN = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
NO_COVER = Text("BELUM ADA PERLINDUNGAN AKTIF", "NO ACTIVE PROTECTION")
STEPS = (
    Text(
        "Kecelakaan kerja atau sakit akibat kerja: berobatlah dahulu. Anda atau keluarga melapor paling lama 2 x 24 "
        "jam (PP 44/2015 Pasal 44).",
        "Accident at work or illness from work: get treated first. You or your family report it within 2 x 24 hours "
        "(PP 44/2015 art. 44).",
    ),
    Text(
        "Bayarlah sebelum tanggal perlindungan berakhir; setelah membayar, buka kartu yang baru.",
        "Pay before the protection ends; after paying, open a fresh card.",
    ),
    Text(
        "Siapa pun dapat memeriksa kartu ini tanpa internet dengan halaman verifikasi Teduh: pindai kode QR-nya.",
        "Anyone can check this card without internet on Teduh's verifying page: scan the QR code.",
    ),
    Text(
        "Jangan kirim foto kartu kepada orang yang tidak Anda kenal.",
        "Do not send a photo of the card to people you do not know.",
    ),
)


def draw(*, card: cards.Card, name: str, nik: str, next_step: Text | None = None) -> bytes:
    """One A4 page: the card to cut out, and the next steps, `next_step` (what this member should do now) first."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle(f"Kartu peserta {card.claims.member_number}")
    canvas.setAuthor("Teduh")
    _cut_marks(canvas)
    _front(canvas, card, name, masking.nik(nik))
    _steps(canvas, ((next_step,) if next_step else ()) + STEPS)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _front(canvas: Canvas, card: cards.Card, name: str, nik: str) -> None:
    claims = card.claims
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.3)
    canvas.roundRect(LEFT, BOTTOM, WIDTH, HEIGHT, 3 * mm)
    x, room = LEFT + 4 * mm, WIDTH - QR_SIZE - 9 * mm
    y = BOTTOM + HEIGHT - 7.5 * mm
    _say(canvas, x, y, "TEDUH", "Helvetica-Bold", 12, GREEN)
    _say(canvas, x, y - 3.4 * mm, "Kartu peserta jaminan sosial ketenagakerjaan", "Helvetica", 5, INK, WIDTH)
    _say(canvas, x, y - 5.8 * mm, "Employment social security member card", "Helvetica-Oblique", 5, GREY, WIDTH)
    _say(canvas, x, y - 12 * mm, _latin(name), "Helvetica-Bold", 9, INK, room)
    _say(canvas, x, y - 16 * mm, f"No. {_grouped(claims.member_number)}", "Helvetica", 8, INK, room)
    _say(canvas, x, y - 19.5 * mm, f"NIK {nik}", "Helvetica", 6.5, INK, room)
    segment = SEGMENTS[claims.segment]
    _say(canvas, x, y - 23 * mm, f"{segment.id} · {segment.en}", "Helvetica", 5.5, GREY, room)
    _standing(canvas, x, y - 29 * mm, claims, room)
    issued = f"Diterbitkan / issued {claims.issued_on:%d-%m-%Y}"
    _say(canvas, x, BOTTOM + 3 * mm, issued, "Helvetica", 5, GREY, room)
    _code(canvas, LEFT + WIDTH - QR_SIZE - 2 * mm, BOTTOM + 4 * mm, card.text)


def _standing(canvas: Canvas, x: float, y: float, claims: cards.Claims, room: float) -> None:
    if claims.protected_until is None:
        _say(canvas, x, y, NO_COVER.id, "Helvetica-Bold", 7, AMBER, room)
        _say(canvas, x, y - 3 * mm, NO_COVER.en, "Helvetica-Oblique", 6, AMBER, room)
        return
    until = claims.protected_until
    past = until < claims.issued_on
    label = (
        Text("Terlindungi penuh s.d.", "Fully protected until")
        if past
        else Text("Terlindungi sampai", "Protected until")
    )
    _say(canvas, x, y, f"{label.id} / {label.en}", "Helvetica", 5.5, GREY, room)
    _say(canvas, x, y - 3.8 * mm, in_words(until).id, "Helvetica-Bold", 9, AMBER if past else GREEN, room)
    if past and claims.grace_until:
        words = "Waktu pulang s.d. / return by" if claims.segment == "PMI" else "Masa tenggang s.d. / grace until"
        grace = f"{words} {claims.grace_until:%d-%m-%Y}"
        _say(canvas, x, y - 7 * mm, grace, "Helvetica", 5, AMBER, room)
    else:
        _say(canvas, x, y - 7 * mm, " · ".join(claims.programmes), "Helvetica", 6.5, INK, room)


def in_words(day: Any) -> Text:
    """`31 Januari 2027`, beside `31 January 2027`."""
    return Text(f"{day.day} {MONTHS_ID[day.month - 1]} {day.year}", f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}")


def _code(canvas: Canvas, x: float, y: float, text: str) -> None:
    """The QR with its quiet zone of 4, one rectangle for each run of dark modules."""
    rows = list(cards.qr(text).matrix_iter(border=4))
    size = QR_SIZE / len(rows)
    canvas.setFillColor(white)
    canvas.rect(x, y, QR_SIZE, QR_SIZE, stroke=0, fill=1)
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                path.rect(x + start * size, y + QR_SIZE - (down + 1) * size, (across - start) * size, size)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


def _steps(canvas: Canvas, steps: tuple[Text, ...]) -> None:
    x, y, room = LEFT, BOTTOM - 16 * mm, (A4[0] - 2 * LEFT - 8 * mm) / 2
    other = x + room + 8 * mm
    _say(canvas, x, y, "Langkah berikutnya", "Helvetica-Bold", 13, INK)
    _say(canvas, other, y, "Next steps", "Helvetica-Oblique", 13, GREY)
    y -= 8 * mm
    for number, step in enumerate(steps, start=1):
        left = simpleSplit(f"{number}.  {_latin(step.id)}", "Helvetica", 10, room)
        right = simpleSplit(f"{number}.  {_latin(step.en)}", "Helvetica-Oblique", 10, room)
        for i in range(max(len(left), len(right))):
            _say(canvas, x, y, left[i] if i < len(left) else "", "Helvetica", 10, INK)
            _say(canvas, other, y, right[i] if i < len(right) else "", "Helvetica-Oblique", 10, GREY)
            y -= 4.6 * mm
        y -= 2 * mm


def _cut_marks(canvas: Canvas) -> None:
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.25)
    for x in (LEFT, LEFT + WIDTH):
        canvas.line(x, BOTTOM - 5 * mm, x, BOTTOM - 1.5 * mm)
        canvas.line(x, BOTTOM + HEIGHT + 1.5 * mm, x, BOTTOM + HEIGHT + 5 * mm)
    for y in (BOTTOM, BOTTOM + HEIGHT):
        canvas.line(LEFT - 5 * mm, y, LEFT - 1.5 * mm, y)
        canvas.line(LEFT + WIDTH + 1.5 * mm, y, LEFT + WIDTH + 5 * mm, y)


def _say(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, colour: Color, room: float = A4[0]
) -> None:
    """One line, made smaller until it fits its room; past a readable size it is cut."""
    while canvas.stringWidth(text, font, size) > room and size > 4.5:
        size -= 0.25
    while canvas.stringWidth(text, font, size) > room:
        text = text[:-2] + "…"
    canvas.setFont(font, size)
    canvas.setFillColor(colour)
    canvas.drawString(x, y, text)


def _latin(text: str) -> str:
    """Only what the standard fonts can draw; accents they lack are dropped, the letter stays."""
    plain = "".join(c if _drawn(c) else unicodedata.normalize("NFKD", c)[0] for c in text)
    return "".join(c if _drawn(c) else "?" for c in plain if c.isprintable())


def _drawn(c: str) -> bool:
    try:
        c.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _grouped(number: str) -> str:
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
