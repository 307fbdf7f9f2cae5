"""Words for people, in both languages at once: Bahasa Indonesia first, English beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation


@dataclass(frozen=True)
class Text:
    """One message in both languages; `{name}` places are filled by `with_`."""

    id: str
    en: str

    def with_(self, **values: Any) -> Text:
        """The same message with its places filled."""
        return Text(self.id.format(**values), self.en.format(**values))

    def __str__(self) -> str:
        """The message in the language of the reader (Bahasa unless he chose English)."""
        return self.en if (translation.get_language() or "id").startswith("en") else self.id

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "en": self.en}


def rupiah(amount: int) -> str:
    """`Rp16.800`, as Indonesians write it."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")
