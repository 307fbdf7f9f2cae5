"""Words in both languages beside each other, and how money, dates and months are written in each."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from teduh.core import clock, dates
from teduh.core.text import Text
from teduh.core.text import rupiah as in_rupiah
from teduh.law.months import Month
from teduh.portals import pictures, terms
from teduh.security import masking

register = template.Library()


def language() -> str:
    """`id`, or `en` if the reader chose it."""
    return "en" if (translation.get_language() or "id").startswith("en") else "id"


@register.simple_tag
def t(bahasa: str, english: str, **places: Any) -> str:
    """`{% t "Bayar" "Pay" %}`; `{name}` places are filled from keywords."""
    said = english if language() == "en" else bahasa
    return SafeString(said.format(**{k: escape(v) for k, v in places.items()})) if places else SafeString(said)


@register.simple_tag(name="lang")
def lang() -> str:
    """The language of the page, for `<html lang>`."""
    return language()


@register.filter
def rupiah(amount: Any) -> str:
    """`Rp16.800`."""
    return "" if amount in (None, "") else in_rupiah(int(amount))


@register.filter
def tanggal(day: Any) -> str:
    """`20 April 2026`, the month's name in the reader's language; moments are told in Jakarta's time."""
    if not day:
        return ""
    if isinstance(day, str):
        day = dt.date.fromisoformat(day[:10])
    if isinstance(day, dt.datetime):
        day = timezone.localtime(day, clock.JAKARTA) if timezone.is_aware(day) else day
    return str(dates.day(day.date() if isinstance(day, dt.datetime) else day))


@register.filter
def waktu(moment: Any) -> str:
    """`20 April 2026, 14.05 WIB`."""
    if not moment:
        return ""
    local = timezone.localtime(moment, clock.JAKARTA) if timezone.is_aware(moment) else moment
    return f"{tanggal(local)}, {local:%H.%M} WIB" if language() == "id" else f"{tanggal(local)}, {local:%H:%M} WIB"


@register.filter
def bulan(month: Any) -> str:
    """`April 2026` of a contribution month, however it is written."""
    if not month:
        return ""
    if isinstance(month, dt.date):
        month = Month.of(month)
    if isinstance(month, int):
        month = Month(month // 100, month % 100)
    if isinstance(month, str):
        month = Month.parse(month[:7])
    return str(dates.month(month))


@register.filter
def masked(value: Any) -> str:
    """A NIK or phone number with its middle hidden."""
    text = str(value or "")
    return masking.nik(text) if re.fullmatch(r"\d{16}", text) else masking.phone(text)


@register.filter
def both(message: Any) -> str:
    """What the law says (`.id`, `.en`, or a dict of both) in the reader's language."""
    if message is None:
        return ""
    if isinstance(message, dict):
        return str(message.get(language()) or message.get("id") or "")
    return str(getattr(message, language(), message))


@register.filter
def grouped(digits: Any) -> str:
    """A payment code in groups of four, as it is read aloud."""
    text = str(digits or "")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@register.filter
def thousands(number: Any) -> str:
    """`12.345` or `12,345`."""
    if number is None or number == "":
        return ""
    if isinstance(number, list | tuple):
        return ", ".join(thousands(one) for one in number)
    return f"{int(number):,}".replace(",", "." if language() == "id" else ",")


@register.filter
def term(word: Any, kind: str) -> str:
    """A word of the tables (`paid`, `grace`, `spouse`) as people say it."""
    return str(terms.say(kind, str(word)))


@register.filter
def shown(value: Any, name: str) -> str:
    """A field of a person as it is read: dates, sexes and states in words."""
    if isinstance(value, dt.date):
        return tanggal(value)
    return str(terms.say(name, str(value))) if name in ("identity", "sex") else str(value or "–")


@register.filter
def tone(word: Any) -> str:
    """How a state is coloured: good, careful, bad or nothing."""
    return terms.TONE.get(str(word), "")


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.filter
def listed(items: Any) -> str:
    """`JKK, JKM`."""
    return ", ".join(str(item) for item in items or ())


@register.simple_tag
def picture(name: str, *args: Any, **kwargs: Any) -> str:
    """A server-drawn picture: `{% picture "shelter" state="protected" %}`."""
    return mark_safe(getattr(pictures, name)(*args, **kwargs))  # noqa: S308 - drawn here, its words are escaped there


@register.inclusion_tag("parts/field.html")
def field(bound: Any, hint: str = "", kind: str = "") -> dict[str, Any]:
    """One question of a form, with its label, hint and error tied together for readers of all kinds."""
    return {"field": bound, "hint": hint or bound.help_text, "kind": kind or _kind(bound)}


def _kind(bound: Any) -> str:
    widget = type(bound.field.widget).__name__
    return {"CheckboxInput": "check", "RadioSelect": "radios", "CheckboxSelectMultiple": "checks"}.get(widget, "plain")


@register.simple_tag
def text(bahasa: str, english: str) -> Text:
    """A `Text` for another tag's argument."""
    return Text(bahasa, english)
