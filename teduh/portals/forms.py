"""How forms ask: fields with both languages' labels, tied to their hints and errors, that accept no unstorable text."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.functional import lazystr

from teduh.core.text import Text
from teduh.portals import terms
from teduh.security.fields import UNSTORABLE

NOT_DIGITS = re.compile(r"\D")


MISSING = lazystr(Text("Bagian ini perlu diisi.", "This needs an answer."))


class Asked(forms.Form):
    """A form whose inputs know their hint and error (`aria-describedby`), as `parts/field.html` draws them."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING

    def __getitem__(self, name: str) -> forms.BoundField:
        bound = super().__getitem__(name)
        group = isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput))
        if not group:
            says = [f"{bound.auto_id}_hint"] if bound.help_text and not _is_check(bound) else []
            says += [f"{bound.auto_id}_wrong"] if self.is_bound and name in self.errors else []
            if says:
                bound.field.widget.attrs["aria-describedby"] = " ".join(says)
            if self.is_bound and name in self.errors:
                bound.field.widget.attrs["aria-invalid"] = "true"
        return bound


def _is_check(bound: forms.BoundField) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


def said(bahasa: str, english: str) -> Any:
    """A label that is put into words when it is read."""
    return lazystr(Text(bahasa, english))


class Words(forms.CharField):
    """Text of people: trimmed, spaces made single, nothing that a database refuses."""

    def __init__(self, bahasa: str, english: str, *, hint: Any = "", most: int = 100, **kwargs: Any) -> None:
        super().__init__(label=said(bahasa, english), help_text=hint, max_length=most, **kwargs)

    def to_python(self, value: Any) -> str:
        text = UNSTORABLE.sub("", str(value or ""))
        return super().to_python(" ".join(text.split()) if not isinstance(self.widget, forms.Textarea) else text)


class Digits(Words):
    """Digits however they are grouped: spaces, dots and dashes are left out."""

    def __init__(self, bahasa: str, english: str, *, length: int | None = None, **kwargs: Any) -> None:
        self.length = length
        kwargs.setdefault("most", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(bahasa, english, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        digits = re.sub(r"[\s.\-]", "", text)
        if digits and (not digits.isascii() or not digits.isdigit()):
            raise forms.ValidationError(str(Text("Tulis angka saja.", "Write digits only.")))
        if digits and self.length and len(digits) != self.length:
            raise forms.ValidationError(
                str(
                    Text(
                        f"Harus {self.length} angka; yang ditulis {len(digits)}.",
                        f"It must be {self.length} digits; you wrote {len(digits)}.",
                    )
                )
            )
        return digits


class Money(forms.CharField):
    """Whole rupiah: `1500000`, `1.500.000` and `Rp 1.500.000` are the same."""

    def __init__(self, bahasa: str, english: str, *, least: int = 0, most: int = 10**11, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("help_text", said("Dalam rupiah, tanpa sen.", "In rupiah, no cents."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(label=said(bahasa, english), max_length=30, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text in (None, ""):
            return None
        digits = re.sub(r"^Rp|[\s.,]", "", re.sub(r"[.,]\d{0,2}$", "", text.strip()), flags=re.IGNORECASE)
        if not digits.isascii() or not digits.isdigit():
            raise forms.ValidationError(
                str(
                    Text("Tulis jumlah dengan angka, misalnya 1500000.", "Write the amount in digits, such as 1500000.")
                )
            )
        amount = int(digits)
        if not self.least <= amount <= self.most:
            raise forms.ValidationError(
                str(
                    Text(
                        f"Jumlahnya antara {self.least:,} dan {self.most:,}.".replace(",", "."),
                        f"The amount must be between {self.least:,} and {self.most:,}.",
                    )
                )
            )
        return amount


class OneOf(forms.ChoiceField):
    """One of a few: big choices, one under the other."""

    def __init__(self, bahasa: str, english: str, *, kind: str = "", choices: Any = (), hint: Any = "", **kwargs: Any):
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(label=said(bahasa, english), choices=choices or (terms.choices(kind) if kind else ()),
                         help_text=hint, **kwargs)  # fmt: skip


class SomeOf(forms.MultipleChoiceField):
    """Any of a few."""

    def __init__(self, bahasa: str, english: str, *, choices: Any = (), hint: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(label=said(bahasa, english), choices=choices, help_text=hint, **kwargs)


class Yes(forms.BooleanField):
    """Something to be ticked."""

    def __init__(self, bahasa: str, english: str, *, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(label=said(bahasa, english), help_text=hint, **kwargs)


class ChosenPassword(forms.CharField):
    """A password to be chosen; Django's validators judge it."""

    def __init__(self, bahasa: str, english: str) -> None:
        super().__init__(
            label=said(bahasa, english),
            strip=False,
            max_length=200,
            help_text=said(
                "Paling sedikit 10 huruf atau angka. Beberapa kata lebih baik daripada satu kata rumit.",
                "At least 10 characters. A few words are better than one difficult word.",
            ),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )


class Day(forms.DateField):
    """A date, written as people do: 17-8-1985, 17/08/1985 or 1985-08-17."""

    def __init__(self, bahasa: str, english: str, *, hint: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short", "autocomplete": "off"})
        )
        super().__init__(
            label=said(bahasa, english),
            help_text=hint or said("Hari-bulan-tahun, misalnya 17-8-1985.", "Day-month-year, such as 17-8-1985."),
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y"],
            **kwargs,
        )


class OfMonth(forms.CharField):
    """A month, `2026-04`."""

    def __init__(self, bahasa: str, english: str, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "month", "class": "is-short", "placeholder": "2026-04"})
        )
        kwargs.setdefault("help_text", said("Tahun-bulan, misalnya 2026-04.", "Year-month, such as 2026-04."))
        super().__init__(label=said(bahasa, english), max_length=7, **kwargs)

    def clean(self, value: Any) -> Any:
        from teduh.law.months import Month

        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text.strip())
        except ValueError:
            raise forms.ValidationError(
                str(Text("Tulis bulan sebagai 2026-04.", "Write the month as 2026-04."))
            ) from None
