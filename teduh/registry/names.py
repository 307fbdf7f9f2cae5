"""Names of people: which words count, how they are found without being read, and when two of them are one name.

It knows titles, short forms and spellings of Indonesia. It never decides that two people are one: it says how alike
two names are, and why.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
import re
import unicodedata
from dataclasses import dataclass

from teduh.core.text import Text
from teduh.security import crypto

SHORTEST = 3
#: A begun word is looked up by at most this many letters.
LONGEST = 8


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Titles before a name.
TITLES = _words(
    "h hj haji hajjah kh ky kyai drs dra dr drg drh ir prof tn ny nn sdr sdri bpk bapak ibu ust ustad ustadz tgk"
)
#: Words that say little about who somebody is.
COMMON = _words("muhammad siti ahmad abdul nur sri dewi ni i wayan made nyoman ketut")
#: Degrees after a name, without their dots.
DEGREES = _words(
    "sh se spd spdi skom st ssi sag sip ssos sp spt spi skep skm sked sfarm spsi smn sak stp sds sn ss sth si sikom "
    "mh mm mpd mpdi msi mkom mt mag mba mkes msc mph mak mhum ma phd amd amdkep amdkeb amk spog spa spb ba bsc ns apt"
)
#: Words that only join other words.
LINKS = frozenset({"bin", "binti", "bt", "al", "alm", "almh", "almarhum", "almarhumah"})
#: Short forms and spellings of the commonest words.
SAME = {
    **dict.fromkeys(
        _words(
            "muh moh mohd muhd mhd muhamad mohamad mohammad mohamed mochamad mochammad mochamat muchamad muchammad "
            "muhamat muhammed mohammed mukhamad mukhammad"
        ),
        "muhammad",
    ),
    **dict.fromkeys(_words("ahmat achmad akhmad achmat"), "ahmad"),
    **dict.fromkeys(_words("abd abdl"), "abdul"),
    **dict.fromkeys(_words("sti sitti"), "siti"),
}
SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("kh", "k"), ("ch", "k"), ("dh", "d"),
    ("th", "t"), ("bh", "b"), ("gh", "g"), ("sh", "s"), ("sy", "s"), ("ts", "s"), ("ph", "f"), ("v", "f"), ("p", "f"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i"), ("w", "u"), ("d", "t"), ("h", ""),
)  # fmt: skip
DOUBLE = re.compile(r"(.)\1+")
PIECES = re.compile(r"[\s,;/]+")


@functools.lru_cache(maxsize=50_000)
def words(name: str) -> tuple[str, ...]:
    """The words that count, in order: lower case, no accents, no titles; `Muh.` reads `muhammad`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    pieces = [piece for piece in PIECES.split(plain) if any(c.isalnum() for c in piece)]
    kept = _without_degrees(_without_titles(pieces))
    found = [word for piece in kept for word in _split(piece) if word not in LINKS]
    found = found or [word for piece in pieces for word in _split(piece)]
    return tuple(SAME.get(word, word) for word in found)


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """How a word sounds, coarsely: `Rizky`, `Risky` and `Rizki`, or `Soekarno` and `Sukarno`, are one."""
    heard_word = word
    for letters, heard in SOUNDS:
        heard_word = heard_word.replace(letters, heard)
    return DOUBLE.sub(r"\1", heard_word) or word


@functools.lru_cache(maxsize=50_000)
def blind_words(name: str) -> tuple[int, ...]:
    """What is stored to find a name: each word, its beginnings from three letters on, and how it sounds."""
    found: dict[int, None] = {}
    for word in words(name):
        for length in range(min(SHORTEST, len(word)), min(len(word), LONGEST) + 1):
            found[_blind(word[:length])] = None
        found[_blind(f"~{sound(word)}")] = None
    found[_blind(f"~{sound(''.join(words(name)))}")] = None
    return tuple(found)


def birth_words(name: str, birth_date: dt.date) -> tuple[int, ...]:
    """Stored beside them: how each telling word sounds, together with the birth date, to find one person twice."""
    day = birth_date.isoformat()
    return tuple([crypto.blind_word("name", f"{day}~{word}") for word in _told(name)])


@functools.lru_cache(maxsize=50_000)
def _told(name: str) -> tuple[str, ...]:
    """How the telling words of a name sound, each once, and then how the name sounds in one."""
    heard = dict.fromkeys(sound(word) for word in telling(words(name)))
    return (*heard, sound("".join(words(name))))


def sounds(text: str) -> list[int]:
    """How each word sounds, and how they sound in one."""
    found = words(text)
    return list(dict.fromkeys(_blind(f"~{sound(word)}") for word in (*found, "".join(found))))


def telling(of: tuple[str, ...]) -> tuple[str, ...]:
    """The words that say who somebody is; all of them, if all are common."""
    return tuple(word for word in of if word not in COMMON and len(word) >= SHORTEST) or of


def sought(text: str) -> tuple[int, ...]:
    """What to look for: every word, whole or begun. Initials are left out if there is more to go by."""
    wanted = words(text)
    longer = [word for word in wanted if len(word) >= SHORTEST]
    return tuple(dict.fromkeys(_blind(word[:LONGEST]) for word in longer or wanted))


def sought_by_sound(text: str) -> tuple[int, ...]:
    """The same, by sound: finds other spellings of whole words."""
    wanted = words(text)
    longer = [word for word in wanted if len(word) >= SHORTEST]
    return tuple(dict.fromkeys(_blind(f"~{sound(word)}") for word in longer or wanted))


@functools.lru_cache(maxsize=200_000)
def _blind(word: str) -> int:
    return crypto.blind_word("name", word)


def _split(piece: str) -> list[str]:
    """`m.yusuf` is two words, `nur-hayati` too, `ma'ruf` is one."""
    return [w for w in re.split(r"[^\w]+", re.sub(r"['’‘`ʼ]", "", piece)) if w.strip("_")]


def _without_titles(pieces: list[str]) -> list[str]:
    while len(pieces) > 1 and _plain(pieces[0]) in TITLES:
        pieces = pieces[1:]
    return pieces


def _without_degrees(pieces: list[str]) -> list[str]:
    while len(pieces) > 1:
        if _is_degree(pieces[-1]):
            pieces = pieces[:-1]
        elif len(pieces) > 2 and pieces[-2].endswith(".") and _is_degree(pieces[-2] + pieces[-1]):
            pieces = pieces[:-2]
        else:
            break
    return pieces


def _is_degree(piece: str) -> bool:
    """Degrees are written with dots inside, or in the two or more letters that are no name of their own."""
    plain = _plain(piece)
    return plain in DEGREES and ("." in piece.rstrip(".") or plain not in {"ba", "ma", "si", "ss", "st", "sn", "ns"})


def _plain(piece: str) -> str:
    return re.sub(r"[^\w]", "", piece)


@dataclass(frozen=True)
class Likeness:
    """How alike two names are: `same`, `close` (one name written in two ways) or `different`, and why."""

    level: str
    because: tuple[Text, ...]

    @property
    def is_alike(self) -> bool:
        return self.level != "different"


IDENTICAL = Text("Nama sama persis.", "The names are the same.")
WRITTEN = Text("Hanya gelar, ejaan, atau huruf besar yang berbeda.", "Only titles, short forms or capitals differ.")
SPACED = Text("Hanya spasinya yang berbeda.", "Only the spaces differ.")
ORDER = Text("Urutan katanya berbeda.", "The order of the words differs.")
LETTER = Text("Satu huruf berbeda pada sebuah kata.", "One letter of a word differs.")
HEARD = Text("Ditulis berbeda, dibaca sama.", "Written differently, sounds the same.")
INITIAL = Text("Sebuah kata disingkat menjadi inisial.", "A word is shortened to its initial.")
MISSING = Text("Sebuah kata hanya ada pada salah satu nama.", "A word is in only one of the names.")
OTHER = Text("Namanya berbeda.", "The names differ.")


@functools.lru_cache(maxsize=50_000)
def compare(one: str, other: str) -> Likeness:
    """How alike two names are. The order of the two makes no difference."""
    if one.split() == other.split():
        return Likeness("same", (IDENTICAL,))
    first, second = words(one), words(other)
    if first == second:
        return Likeness("same", (WRITTEN,))
    if "".join(first) == "".join(second):
        return Likeness("same", (SPACED,))
    if sorted(first) == sorted(second):
        return Likeness("close", (ORDER,))
    likeness = _loosely(*sorted((first, second), key=lambda w: (len(w), w)))
    if not likeness.is_alike and _is_letter_off("".join(first), "".join(second)):
        return Likeness("close", (SPACED, LETTER))
    return likeness


def _loosely(fewer: tuple[str, ...], more: tuple[str, ...]) -> Likeness:
    """Each word of the shorter name finds its own word in the longer one, the likest first."""
    left, why, whole = list(more), [], []
    for is_like, text in LIKENESSES:
        unmatched = []
        for word in fewer:
            match = next((candidate for candidate in left if is_like(word, candidate)), None)
            if match is None:
                unmatched.append(word)
                continue
            left.remove(match)
            why += [text] if text else []
            whole += [word] if text is not INITIAL else []
        fewer = tuple(unmatched)
    why += [MISSING] * len(left)
    if fewer or not _is_enough(whole, why):
        return Likeness("different", (OTHER,))
    return Likeness("close", tuple(dict.fromkeys(why)))


def _is_enough(whole: list[str], why: list[Text]) -> bool:
    """At most one word missing and one letter off, and something left that is not half the country's name."""
    if why.count(MISSING) > 1 or why.count(LETTER) > 1 or not whole:
        return False
    return MISSING not in why and INITIAL not in why or len(whole) > 1 or whole[0] not in COMMON


def _is_heard_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST and sound(one) == sound(other)


def _is_initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))


def _is_letter_off(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbours swapped, in words of four letters or more."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) < 4 or len(other) - len(one) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    swapped = one[same + 1 : same + 2] + one[same : same + 1]
    return one[same + 1 :] == other[same + 1 :] or swapped + one[same + 2 :] == other[same:]


#: Tests of two words from strict to loose, and what to say of each.
LIKENESSES = (
    (operator.eq, None),
    (_is_heard_alike, HEARD),
    (_is_letter_off, LETTER),
    (_is_initial, INITIAL),
)
