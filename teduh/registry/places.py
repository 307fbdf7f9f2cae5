"""How people write places: `Kab. Bandung`, `Kel. Kota Baru`, `DESA KARANGANYAR`. It knows words, not which places
there are."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

#: What stands before a name, and the level it speaks of. Longer words first.
KINDS: tuple[tuple[str, int], ...] = (
    ("provinsi", 1), ("propinsi", 1), ("prov", 1), ("prop", 1),
    ("kabupaten", 2), ("kota administrasi", 2), ("kota adm", 2), ("kotamadya", 2), ("kodya", 2), ("kab", 2),
    ("kecamatan", 3), ("kec", 3), ("distrik", 3), ("kapanewon", 3), ("kemantren", 3),
    ("kelurahan", 4), ("kel", 4), ("desa", 4), ("ds", 4), ("gampong", 4), ("nagari", 4), ("pekon", 4),
)  # fmt: skip
ADMINISTRATION = re.compile(r"^(kabupaten|kota)( administrasi| adm)?\s+")
PROVINCES = {
    "diy": "daerahistimewayogyakarta", "diyogyakarta": "daerahistimewayogyakarta", "yogya": "daerahistimewayogyakarta",
    "jakarta": "dkijakarta", "jabar": "jawabarat", "jateng": "jawatengah", "jatim": "jawatimur",
    "sumut": "sumaterautara",
    "sumbar": "sumaterabarat", "sumsel": "sumateraselatan", "kepri": "kepulauanriau",
    "babel": "kepulauanbangkabelitung",
    "kalbar": "kalimantanbarat", "kalteng": "kalimantantengah", "kalsel": "kalimantanselatan",
    "kaltim": "kalimantantimur", "kaltara": "kalimantanutara", "sulut": "sulawesiutara", "sulteng": "sulawesitengah",
    "sulsel": "sulawesiselatan", "sultra": "sulawesitenggara", "sulbar": "sulawesibarat", "malut": "malukuutara",
    "ntb": "nusatenggarabarat", "ntt": "nusatenggaratimur", "nad": "aceh",
}  # fmt: skip


class Sought(NamedTuple):
    """What a text asks for: levels that its words allow, and the beginning of the name."""

    levels: tuple[int, ...]
    key: str


CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


def is_code(text: str) -> bool:
    """Whether this is the shape of a region's code: 35, 35.78, 35.78.01 or 35.78.01.1001."""
    return text.isascii() and bool(CODE.fullmatch(text))


def plain(text: str) -> str:
    """Lower case, letters and digits, single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(c for c in folded if not unicodedata.combining(c))).split())


def key(name: str, level: int = 0) -> str:
    """The name as it is searched: no spaces, and for regencies no `Kabupaten` or `Kota`."""
    text = plain(name)
    return (ADMINISTRATION.sub("", text) if level == 2 else text).replace(" ", "")


def sought(text: str) -> tuple[Sought, ...]:
    """The ways to read what somebody typed, the likeliest first."""
    words = plain(text[:200])
    whole = words.replace(" ", "")
    if not whole:
        return ()
    readings = [Sought((1, 2, 3, 4), whole)]
    if whole in PROVINCES:
        readings.insert(0, Sought((1,), PROVINCES[whole]))
    if words.startswith("kota "):
        readings.insert(0, Sought((2,), key(words, 2)))
    for kind, level in KINDS:
        if words.startswith(f"{kind} "):
            rest = words[len(kind) + 1 :].replace(" ", "")
            return (Sought((level,), PROVINCES.get(rest, rest) if level == 1 else rest), *readings)
    return tuple(readings)
