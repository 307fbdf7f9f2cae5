"""A cell of a sheet read as what its column holds: NIK, name, sex, phone, e-mail, programmes, heir's relation.

Each reader takes the raw cell (text, number, date) and gives the value with what there is to say about it; none raises.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Any

from teduh.core.errors import Refused
from teduh.registry import cleaning, phones
from teduh.registry.sheets.findings import NOTHING, Finding, Understood, find, shown

#: What people write where there is nothing to write.
EMPTY = frozenset({"", "-", "--", "---", "—", "–", "_", ".", "?", "0", "n/a", "na", "nan", "null", "none", "nihil",
                   "kosong", "tidak ada", "tdk ada", "belum ada", "blm ada", "#n/a"})  # fmt: skip
ERRORS = frozenset({"#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#n/a", "########"})
#: The largest whole number that a spreadsheet's number can hold without loss.
EXACT = 2**53
MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00ff\u0152-\u2122]")


def text(value: Any) -> str:
    """The cell as text: whole numbers without a decimal point, dates in ISO, nothing for an empty cell."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")[:10] if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing: blank, a dash, `tidak ada`."""
    return value is None or value == "" or (isinstance(value, str) and value.strip().casefold() in EMPTY)


# NIK

PREFIX = re.compile(r"^(?:no\.?\s*)?(?:nik|ktp|n\.i\.k\.?)\s*[:.=]?\s*", re.I)
SIGNS = re.compile(
    "[\\s.,\\-_/'\"`´=:;()\u00a0\u2010-\u2015\u2018-\u201f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)\s*[eE]\s*\+?\s*0*(\d+)")
HIDDEN = re.compile(r"\d{2,}[*xX•#]{2,}")
DECIMALS = re.compile(r"^(\d{15,17})[.,]0+$")
LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})


def nik(value: Any) -> Understood:
    """Sixteen digits, however they were typed; or why they are not, or no longer, the NIK."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _nik_number(value)
    if isinstance(value, str) and len(value) == 16 and value.isascii() and value.isdigit():
        return Understood(value)
    if is_empty(value):
        return Understood(None, (find("nik_missing", "nik"),))
    original = text(value)[:400]
    typed = unicodedata.normalize("NFKC", original)
    typed = "".join(str(unicodedata.digit(c, c)) for c in typed) if not typed.isascii() else typed
    typed = DECIMALS.sub(r"\1", PREFIX.sub("", typed.strip(" '\"`=\u2018\u2019")).strip())
    if scientific := SCIENTIFIC.fullmatch(typed):
        return _nik_scientific(original, *scientific.groups())
    if HIDDEN.search(typed):
        return Understood(None, (find("nik_masked", "nik", cell=original),))
    digits = SIGNS.sub("", typed)
    if digits.isascii() and digits.isdigit():
        return _nik_digits(original, digits, "nik_cleaned" if digits != original else "")
    guessed = digits.translate(LOOK_ALIKE)
    if len(guessed) == 16 and guessed.isascii() and guessed.isdigit():
        return Understood(guessed, (find("nik_look_alike", "nik", cell=original, read=guessed),))
    if not any(c.isalnum() for c in digits):
        return Understood(None, (find("nik_missing", "nik"),))
    return Understood(None, (find("nik_letters", "nik", cell=original),))


def _nik_number(value: float) -> Understood:
    """A numeric cell: Excel keeps fifteen digits, so a sixteenth that is 0 is Excel's; any other is the file's own."""
    digits = text(value)
    if not digits.isdigit() or len(digits) != 16:
        return Understood(None, (find("nik_length", "nik", cell=digits, count=sum(c.isdigit() for c in digits)),))
    if digits.endswith("0") or value >= EXACT:
        return Understood(None, (find("nik_last_digit", "nik", cell=digits),))
    return Understood(digits, (find("nik_number", "nik", read=digits),))


def _nik_scientific(original: str, whole: str, decimals: str, power: str) -> Understood:
    digits = whole + decimals
    if len(digits) == 16 and int(power[:3]) == 15 and not digits.endswith("0"):
        return Understood(digits, (find("nik_cleaned", "nik", read=digits),))
    return Understood(None, (find("nik_scientific", "nik", cell=original),))


def _nik_digits(original: str, digits: str, said: str) -> Understood:
    if len(digits) != 16:
        return Understood(None, (find("nik_length", "nik", cell=original, count=len(digits)),))
    return Understood(digits, (find(said, "nik", read=digits),) if said else ())


# Names and other text


def name(value: Any, field: str = "name") -> Understood:
    """A person's name; broken letters restored, titles kept, signs refused."""
    if is_empty(value):
        return Understood(None, (find("name_missing", field),))
    told, typed = _letters(text(value), field)
    if typed.casefold() in ERRORS:
        return Understood(None, (find("formula_error", field, cell=typed),))
    try:
        read = cleaning.name(typed, field=field)
    except Refused as refused:
        code = refused.code if refused.code in ("name_has_signs", "name_has_no_letters") else "too_long"
        return Understood(None, (find(code, field, cell=typed),))
    if any(c.isdigit() for c in read):
        told = (*told, find("name_has_digits", field, cell=read))
    return Understood(read, told)


def line(value: Any, field: str, most: int = 200) -> Understood:
    """One line of free text."""
    if is_empty(value):
        return NOTHING
    told, typed = _letters(text(value), field)
    if typed.casefold() in ERRORS:
        return Understood(None, (find("formula_error", field, cell=typed),))
    try:
        return Understood(cleaning.line(typed, field=field, most=most) or None, told)
    except Refused:
        return Understood(None, (find("too_long", field),))


def _letters(typed: str, field: str) -> tuple[tuple[Finding, ...], str]:
    """Text whose UTF-8 was once read as Windows letters (`JosÃ©`) is put right."""
    if typed.isascii() or not MOJIBAKE.search(typed):
        return (), typed
    try:
        restored = typed.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return (), typed
    return (find("encoding_mended", field, cell=typed, read=restored),), restored


# Sex

MALE = frozenset(re.split(" ", "l lk laki lakilaki laki2 lki pria cowok m male man men boy lanang jaler 1 tn bapak"))
FEMALE = frozenset(
    re.split(" ", "p pr perempuan prmpuan perempun wanita cewek cewe w wnt f female woman girl wadon 2 ny nn ibu")
)


@functools.lru_cache(maxsize=1_000)
def _sex(typed: str) -> str | None:
    word = re.sub(r"[^a-z0-9]", "", typed.casefold())
    return "M" if word in MALE else "F" if word in FEMALE else None


def sex(value: Any) -> Understood:
    """`M` or `F` from L/P, Lk/Pr, laki-laki, M/F …; None if the cell is empty."""
    if is_empty(value):
        return NOTHING
    typed = text(value)
    read = _sex(typed[:40])
    return Understood(read) if read else Understood(None, (find("sex_unreadable", "sex", cell=typed),))


TICKS = frozenset(re.split(" ", "v x √ ✓ ✔ ☑ ya y yes 1 true ada ikut ok • * + benar setuju"))
CROSSES = frozenset(re.split(" ", "tidak tdk t no n false bukan belum"))


def ticked(value: Any) -> bool | None:
    """Whether a cell is ticked (v, x, ya, 1, or an amount of money); None if it says neither yes nor no."""
    if is_empty(value):
        return False
    if isinstance(value, bool):
        return value
    word = text(value).casefold()[:40]
    if word in TICKS:
        return True
    if word in CROSSES:
        return False
    return True if re.fullmatch(r"(rp\.?)?\s*[\d.,]+(,-)?", word) else None


# Phones, mail

SEPARATORS = re.compile(r"\s*(?:[/;,|&\n]|\batau\b|\bdan\b|\bor\b)\s*", re.I)
LABEL = re.compile(r"^(?:no\.?|nomor|hp|wa|telp?\.?|tlp|phone|whatsapp)\b[\s.:]*", re.I)
MAIL = re.compile(r"[^@\s,;<>()\"']{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,180}\.[A-Za-z]{2,20}")


def phone(value: Any, field: str = "phone") -> Understood:
    """A phone number in E.164; of several the first that can be one."""
    if is_empty(value):
        return NOTHING
    typed = LABEL.sub("", text(value)[:200])
    read, code = _phone(typed)
    if read:
        return Understood(read, () if read == typed else (find("phone_read", field, read=read),))
    parts = [part for part in SEPARATORS.split(typed) if part]
    for part in parts if len(parts) > 1 else ():
        if (first := _phone(LABEL.sub("", part))[0]) is not None:
            return Understood(first, (find("phone_first", field, cell=typed, read=first),))
    return Understood(None, (find(code, field, cell=typed),)) if code else NOTHING


@functools.lru_cache(maxsize=60_000)
def _phone(typed: str) -> tuple[str | None, str]:
    try:
        return phones.read(typed), ""
    except Refused as refused:
        return None, "phone_lost_digits" if refused.code == "phone_lost_digits" else "phone_not_a_number"


def email(value: Any) -> Understood:
    if is_empty(value):
        return NOTHING
    typed = text(value)[:300]
    found = MAIL.fullmatch(typed.removeprefix("mailto:").strip(" <>"))
    return Understood(found[0].lower()) if found else Understood(None, (find("email_unreadable", "email", cell=typed),))


# Programmes

ALL = ("JKK", "JKM", "JHT")
BASE = ("JKK", "JKM")
THREE = re.compile(r"\b(3|tiga|three)\b|lengkap|semua|full|all", re.I)
TWO = re.compile(r"\b(2|dua|two)\b|dasar|basic|minimal", re.I)
NAMED = (
    ("JKK", re.compile(r"\bjkk\b|kecelakaan|work injury|accident", re.I)),
    ("JKM", re.compile(r"\bjkm\b|\bjk\b|kematian|death", re.I)),
    ("JHT", re.compile(r"\bjht\b|hari tua|old.?age|tabungan|savings", re.I)),
)
OTHERS = re.compile(r"\b(jp|jkp|jaminan pensiun|pension)\b", re.I)


@functools.lru_cache(maxsize=2_000)
def _programmes(typed: str) -> Understood:
    plain = re.sub(r"[_+/&.-]", " ", typed)
    named = tuple(code for code, words in NAMED if words.search(plain))
    others = tuple(dict.fromkeys(word.upper() for word in OTHERS.findall(plain)))
    if not named:
        named = ALL if THREE.search(plain) else BASE if TWO.search(plain) else ()
    if not named and not others:
        return Understood(None, (find("programmes_unreadable", "programmes", cell=typed),))
    read = ALL if "JHT" in named else BASE
    words = {"cell": typed, "read": ", ".join(read)}
    if others:
        return Understood(read, (find("programmes_not_for_bpu", "programmes", **words | {"cell": ", ".join(others)}),))
    if not set(BASE) <= set(named):
        return Understood(read, (find("programmes_added", "programmes", **words),))
    return Understood(read, () if typed == words["read"] else (find("programmes_read", "programmes", **words),))


def programmes(value: Any) -> Understood:
    """The programmes chosen, always with JKK and JKM; None if the cell is empty."""
    return NOTHING if is_empty(value) else _programmes(text(value)[:200])


# Heirs, work

RELATIONS = (
    ("parent_in_law", r"mertua|in.law"),
    ("grandparent", r"kakek|nenek|eyang|simbah|grand(father|mother|parent)"),
    ("grandchild", r"cucu|grand(child|son|daughter)"),
    ("spouse", r"is(t|te)ri|suami|pasangan|bojo|garwo|wife|husband|spouse"),
    ("sibling", r"saudara|sdr|kakak|adi[kq]|abang|kandung|brother|sister|sibling"),
    ("child", r"anak|putr[ai]|child|son\b|daughter"),
    ("parent", r"orang ?tua|ortu|ibu|bapak|ayah|emak|mamak|parent|mother|father"),
    ("will", r"wasiat|testament|\bwill\b"),
)  # fmt: skip


@functools.lru_cache(maxsize=2_000)
def _relation(typed: str) -> str | None:
    word = typed.casefold()
    return next((code for code, pattern in RELATIONS if re.search(pattern, word)), None)


def relation(value: Any) -> Understood:
    """What an heir is to the member."""
    if is_empty(value):
        return NOTHING
    typed = text(value)[:80]
    read = _relation(typed)
    if read:
        return Understood(read)
    return Understood(None, (find("heir_relation_unknown", "heir_relation", cell=typed),))


IDLE = re.compile(
    r"tidak (be)?kerja|tdk kerja|menganggur|nganggur|belum (be)?kerja|sakit|pensiun|unemployed|not working", re.I
)


def working(value: Any) -> Understood:
    """Whether the row says that the person works; an empty cell says yes, for that is what the file is for."""
    if is_empty(value):
        return Understood(True)
    typed = text(value)[:120]
    if IDLE.search(typed) or ticked(value) is False:
        return Understood(False, (find("not_working", "working", cell=shown(typed)),))
    return Understood(True)
