"""Phone numbers in every shape people write them, and in one shape (E.164) inside. It does not know who has which."""

from __future__ import annotations

import re

import phonenumbers

from teduh.core.errors import Refused
from teduh.core.text import Text

ALREADY = re.compile(r"\+628[1-9]\d{7,10}")
SCIENTIFIC = re.compile(r"\d[.,]?\d*\s*[eE]\s*\+?\s*\d+")
WHOLE_FLOAT = re.compile(r"(\d{9,15})[.,]0+")
NOISE = re.compile("[\\s\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'\"`\u2018\u2019\u201c\u201d\x00]")
SHAPE = re.compile(r"\+?[\d().\-]+")
DASHES = re.compile("[\u2010-\u2015\u2212]")


def read(value: object, *, field: str = "phone") -> str | None:
    """The number as `+6281234567890`; None if there is none; `Refused` with the reason if it cannot be one.

    Read as the same number: `0812-3456-7890`, `62812...`, `+62 812 ...`, `+62 (0)812...`, `0062812...`, `812...`.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = f"{value:.0f}" if value.is_integer() and 0 < value < 1e15 else repr(value)
    text = str(value)
    if ALREADY.fullmatch(text):
        return text
    if len(text) > 60:
        raise _refused(field, "Isinya terlalu panjang untuk satu nomor.", "It is too long for one number.")
    text = text.strip()
    if SCIENTIFIC.fullmatch(text):
        raise _scientific(field)
    text = DASHES.sub("-", NOISE.sub("", text))
    if not text or not any(c.isalnum() for c in text):
        return None
    return _number(text, field)


def _number(text: str, field: str) -> str:
    if whole := WHOLE_FLOAT.fullmatch(text):
        text = whole[1]
    if not text.isascii() or not SHAPE.fullmatch(text):
        raise _refused(
            field,
            "Ada huruf, atau ada lebih dari satu nomor.",
            "It has letters in it, or more than one number.",
        )
    digits = _international(text)
    if digits.endswith("000000"):
        raise _scientific(field)
    try:
        number = phonenumbers.parse(digits, None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or not _is_plausible(number):
        raise _refused(field, "Tidak ada nomor seperti itu.", "There is no such number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _international(text: str) -> str:
    """With `+` and country: what has none is Indonesian."""
    is_written_so = text.startswith("+")
    digits = re.sub(r"\D", "", text.replace("(0)", "")) if is_written_so else re.sub(r"\D", "", text)
    if digits.startswith("00"):
        digits, is_written_so = digits[2:], True
    if digits.startswith("62"):
        return "+62" + digits[2:].lstrip("0")
    if is_written_so:
        return "+" + digits
    return "+62" + digits.lstrip("0")


def _is_plausible(number: phonenumbers.PhoneNumber) -> bool:
    """Numbering plans grow faster than libraries: an Indonesian mobile number needs only the right length."""
    national = str(number.national_number)
    if number.country_code == 62 and national.startswith("8"):
        return 9 <= len(national) <= 12 and national[1] != "0"
    return phonenumbers.is_valid_number(number)


def _scientific(field: str) -> Refused:
    return Refused(
        "phone_lost_digits",
        Text("Nomor HP ini sudah rusak oleh Excel.", "Excel has damaged this phone number."),
        why=Text(
            "Excel menulisnya sebagai bilangan ilmiah (seperti 8,12E+10); angka belakangnya hilang.",
            "Excel wrote it in scientific notation (such as 8.12E+10); its last digits are lost.",
        ),
        then=Text(
            "Ubah format kolom menjadi Teks, lalu ketik ulang nomornya: 0812…",
            "Format the column as Text, then type the number again: 0812…",
        ),
        field=field,
    )


def _refused(field: str, why_id: str, why_en: str) -> Refused:
    return Refused(
        "phone_not_a_number",
        Text("Nomor HP tidak dapat dibaca.", "The phone number cannot be read."),
        why=Text(why_id, why_en),
        then=Text("Tulis satu nomor, misalnya 0812-3456-7890.", "Write one number, such as 0812-3456-7890."),
        field=field,
    )
