"""Text as people send it, made fit to keep: nothing invisible, nothing a database refuses, nothing endless."""

from __future__ import annotations

import re
import unicodedata

from teduh.core.errors import Refused
from teduh.core.text import Text

SPACE = re.compile(r"\s+")
#: Control characters, formatting marks (zero width, right-to-left), lone surrogates, private and unassigned codes.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: Emoji, currency and other signs that no identity card carries.
SIGNS = frozenset({"So", "Sc", "Sk", "Sm"})


def line(value: object, *, field: str, most: int) -> str:
    """One line of text, at most `most` characters; invisible characters are dropped, spaces are single."""
    text = str(value)
    if len(text) > 4 * most:
        raise too_long(field, len(text), most)
    text = unicodedata.normalize("NFC", text) if not text.isascii() else text
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_visible(c))
    text = SPACE.sub(" ", text).strip()
    if len(text) > most:
        raise too_long(field, len(text), most)
    return text


def name(value: object, *, field: str, most: int = 200) -> str:
    """A person's name as the identity card writes it: letters in any script, no emoji."""
    text = line(value, field=field, most=most)
    if not any(c.isalpha() for c in text):
        raise Refused(
            "name_has_no_letters",
            Text("Nama belum diisi.", "The name is missing."),
            then=Text("Tulis nama seperti pada KTP.", "Write the name as on the identity card (KTP)."),
            field=field,
        )
    if not text.isascii() and any(unicodedata.category(c) in SIGNS for c in text):
        raise Refused(
            "name_has_signs",
            Text("Nama memuat emoji atau simbol.", "The name has an emoji or a symbol in it."),
            then=Text("Tulis nama dengan huruf saja, seperti pada KTP.", "Write letters only, as on the KTP."),
            field=field,
        )
    return text


def too_long(field: str, length: int, most: int) -> Refused:
    """The refusal of a text that is longer than its field."""
    return Refused(
        "too_long",
        Text("Teksnya terlalu panjang.", "The text is too long."),
        why=Text(f"Panjangnya {length} huruf; paling banyak {most}.", f"It has {length} characters; {most} at most."),
        then=Text("Persingkat, lalu kirim lagi.", "Shorten it and send it again."),
        field=field,
    )


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE
