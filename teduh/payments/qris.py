"""QRIS payloads (EMVCo merchant-presented, dynamic): building, reading and checking them.

A national QRIS is minted by an acquirer (SNAP BI service 47), never by the payee. The one built here names the
simulator as acquirer, and only the simulator bank honours it; real payloads are parsed and checked by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What identifies the simulator acquirer and merchant; the NMID's digits are zeros so that no bank can route it.
ACQUIRER = "ID.TEDUH.SIMULATOR"
MERCHANT_PAN = "936000000000000000"
NMID = "ID0000000000000"
GOVERNMENT_SERVICES = "9399"
RUPIAH = "360"


class NotQris(ValueError):
    """A text that is no QRIS payload: which part is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qris:
    """What a payload says: `amount` whole rupiah (None when static), bill number and reference label."""

    amount: int | None
    bill_number: str
    reference: str
    merchant: str
    city: str
    acquirer: str


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, nothing reflected."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def field(tag: str, value: str) -> str:
    """One tag, its length in two digits, its value. ValueError when the value is empty, long or not ASCII."""
    if not value or len(value) > 99 or not value.isascii():
        raise ValueError(f"tag {tag}: a value has 1 to 99 ASCII characters, not {len(value)}")
    return f"{tag}{len(value):02d}{value}"


def payload(
    *, bill_number: str, code: str, amount: int, merchant: str = "TEDUH SIMULASI", city: str = "JAKARTA"
) -> str:
    """The text of a dynamic QR for a bill: number in 62-01, payment code in 62-05, CRC at the end."""
    if amount <= 0:
        raise ValueError("a QR asks for whole rupiah above zero")
    acquirer = field("00", ACQUIRER) + field("01", MERCHANT_PAN) + field("03", "UBE")
    national = field("00", "ID.CO.QRIS.WWW") + field("02", NMID) + field("03", "UBE")
    extra = field("01", bill_number[:25]) + field("05", code[:25])
    body = "".join(
        (
            field("00", "01"), field("01", "12"), field("26", acquirer), field("51", national),
            field("52", GOVERNMENT_SERVICES), field("53", RUPIAH), field("54", str(amount)), field("58", "ID"),
            field("59", merchant[:25]), field("60", city[:15]), field("62", extra), "6304",
        )
    )  # fmt: skip
    return f"{body}{crc16(body.encode()):04X}"


def fields(text: str) -> dict[str, str]:
    """The tags of one level. NotQris when a length points past the end."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, size = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isdigit() and size.isdigit() and len(size) == 2):
            raise NotQris(f"at {at}: a tag and a length of two digits each are missing")
        value = text[at + 4 : at + 4 + int(size)]
        if len(value) != int(size):
            raise NotQris(f"tag {tag}: {size} characters promised, {len(value)} there")
        found[tag] = value
        at += 4 + int(size)
    return found


def parse(text: str) -> Qris:
    """Read and check a payload. NotQris says what is wrong: not ASCII, damaged, wrong CRC, another currency."""
    if not text.isascii():
        raise NotQris("a payload is ASCII")
    tags = fields(text)
    if tags.get("00") != "01" or list(tags)[-1] != "63":
        raise NotQris("a payload begins with format 01 and ends with its CRC")
    if tags["63"] != f"{crc16(text[:-4].encode()):04X}":
        raise NotQris("the CRC does not fit: the text was changed or misread")
    if tags.get("53") != RUPIAH or tags.get("58") != "ID":
        raise NotQris("only rupiah in Indonesia")
    extra = fields(tags.get("62", ""))
    return Qris(
        amount=_amount(tags["54"]) if "54" in tags else None,
        bill_number=extra.get("01", ""),
        reference=extra.get("05", ""),
        merchant=tags.get("59", ""),
        city=tags.get("60", ""),
        acquirer=next((fields(tags[t]).get("00", "") for t in tags if t.isdigit() and 26 <= int(t) <= 45), ""),
    )


def _amount(text: str) -> int:
    """Whole rupiah; `16800.00` is allowed, sen are not."""
    whole, _, part = text.partition(".")
    if not whole.isdigit() or part.strip("0"):
        raise NotQris(f"{text!r} is not whole rupiah")
    return int(whole)
