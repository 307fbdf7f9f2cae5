"""The card: a signed statement of who is protected by what until when, small enough for a QR, verified offline.

A CBOR Web Token (RFC 8392) in COSE_Sign1 (RFC 9052), ES256, written in base45 (RFC 9285) behind `TDH1:`. It holds a
member number and a short name, never a NIK.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import base45
import cbor2
import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import card_keys
from teduh.coverage.protection import COVERED, Protection
from teduh.law import codes
from teduh.security import masking

PREFIX = "TDH1:"
ISSUER = "TEDUH"
ISS, SUB, EXP, IAT, COVER = 1, 2, 4, 6, -70_001  # the last is a private claim: RFC 8392 leaves < -65536 free
ALG, KID, ES256 = 1, 4, -7
COSE_SIGN1 = 18
VALID_DAYS = 365
VALID_DAYS_UNCOVERED = 31
NAME_BYTES = 32
LONGEST = 1_000
SEGMENTS = {"BPU": codes.SELF_EMPLOYED, "PU": codes.WAGE_EARNER, "JAKON": codes.CONSTRUCTION, "PMI": codes.MIGRANT}
#: How the tables call a segment, where the card says it otherwise.
ON_THE_CARD = {"JKN": "JAKON"}
EPOCH = dt.date(1970, 1, 1)
JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a card says. All dates are included days; without cover, `programmes` is empty and both dates are None."""

    member_number: str
    name: str
    segment: str
    programmes: tuple[str, ...]
    protected_until: dt.date | None
    grace_until: dt.date | None
    issued_on: dt.date
    expires_on: dt.date
    kid: str = ""


@dataclass(frozen=True)
class Card:
    """A card ready to be shown: the QR's text, what it says, and the QR drawn."""

    text: str
    claims: Claims
    qr_svg: str


@dataclass(frozen=True)
class Verified:
    """A genuine card read on a day. `standing`: protected, grace, past, never, or expired (ask for a newer card)."""

    claims: Claims
    standing: str
    what: Text


def issue(
    *, person: int, name: str, member_number: str, cover: Protection, on: dt.date, segment: str | None = None
) -> Card:
    """Sign what `queries.protection` says of this person today. `person` must be the one `cover` is of.

    The segment is that of the source that protects best, unless it is said.
    """
    if person not in (cover.person, cover.asked):
        raise ValueError(f"the cover is of person {cover.person}, the card of {person}")
    key = card_keys.ring(on=on).current
    segment = segment or _segment(cover)
    claims = _claims(name=name, member_number=member_number, cover=cover, on=on, segment=segment, kid=key.kid.hex())
    text = PREFIX + base45.b45encode(_signed(claims, key)).decode()
    return Card(text, claims, svg(text))


def qr(text: str) -> segno.QRCode:
    """The card's QR: alphanumeric, error correction M (a quarter of damage per block is survived on average)."""
    return segno.make(text, error="m", mode="alphanumeric", boost_error=False, micro=False)


def svg(text: str) -> str:
    """The QR as an SVG image with its quiet zone, without styles, for pages and letters."""
    out = io.BytesIO()
    qr(text).save(out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, light="#fff")
    return out.getvalue().decode()


def verify(*, text: str, on: dt.date) -> Verified:
    """What a card says and what that means on a day; raises `Refused` if it is forged, damaged or not a card."""
    payload, kid = _checked(text, on)
    claims = _read(payload, kid)
    standing = _standing(claims, on)
    return Verified(claims, standing, _said(claims, standing))


def _said(claims: Claims, standing: str) -> Text:
    """A migrant's card says that it is cover of a placement, and where one programme alone protects, which."""
    if claims.segment != "PMI" or standing not in ABROAD:
        return STANDINGS[standing]
    if len(claims.programmes) == 1 and standing == "protected":
        return ONLY.with_(programme=claims.programmes[0])
    return ABROAD[standing]


STANDINGS = {
    "protected": Text("Asli. Terlindungi pada tanggal ini.", "Genuine. Protected on this date."),
    "grace": Text(
        "Asli. Iuran menunggak, masih dalam masa tenggang.", "Genuine. Contributions are late, still within grace."
    ),
    "past": Text("Asli, tetapi perlindungannya sudah lewat.", "Genuine, but the protection has passed."),
    "never": Text("Asli. Tidak ada perlindungan yang aktif.", "Genuine. There is no active protection."),
    "expired": Text("Asli, tetapi kartu kedaluwarsa; minta kartu baru.", "Genuine, but expired; ask for a new card."),
}


ABROAD = {
    "protected": Text(
        "Asli. Terlindungi pada tanggal ini sebagai pekerja migran.", "Genuine. Protected on this date as a migrant."
    ),
    "grace": Text(
        "Asli. Masa yang dibayar sudah lewat; masih terlindungi selama waktu untuk menyiapkan kepulangan.",
        "Genuine. The paid time has passed; still protected during the time to prepare the return.",
    ),
}
ONLY = Text(
    "Asli. Pada tanggal ini terlindungi sebagai pekerja migran untuk {programme} saja.",
    "Genuine. Protected on this date as a migrant, for {programme} only.",
)


def _segment(cover: Protection) -> str:
    best = next((part.segment for part in cover.counted), "BPU")
    return ON_THE_CARD.get(best, best)


def _dates(cover: Protection, on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Until when full benefits and cover are vouched for. A wage earner whose employer is behind stays entitled while
    he works: his card vouches for a month at a time, for nobody knows how long he will."""
    if not cover.is_protected:
        return None, None
    if not cover.is_employed:
        return cover.protected_until, cover.grace_until
    until = cover.protected_until or on + dt.timedelta(days=VALID_DAYS_UNCOVERED)
    return until, max(until, cover.grace_until or until)


def _claims(*, name: str, member_number: str, cover: Protection, on: dt.date, segment: str, kid: str) -> Claims:
    until, grace = _dates(cover, on)
    covered = {part.programme for part in cover.programmes if part.state in COVERED} if until else set()
    days = dt.timedelta(days=VALID_DAYS if until else VALID_DAYS_UNCOVERED)
    return Claims(
        member_number=member_number,
        name=short_name(name),
        segment=segment,
        programmes=tuple(name for name in codes.PROGRAMMES if name in covered),
        protected_until=until,
        grace_until=grace,
        issued_on=on,
        expires_on=max(on, min(on + days, grace)) if grace else on + days,
        kid=kid,
    )


def short_name(name: str) -> str:
    """`Siti Aminah` as `Siti A.`, at most 32 bytes, without anything that could not be printed."""
    printable = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable())
    short = masking.name(" ".join(printable.split()))
    while len(short.encode()) > NAME_BYTES:
        short = short[:-1]
    return short.strip()


def _signed(claims: Claims, key: card_keys.Key) -> bytes:
    protected = cbor2.dumps({ALG: ES256, KID: key.kid}, canonical=True)
    payload = cbor2.dumps(_written(claims), canonical=True)
    der = key.private.sign(_to_be_signed(protected, payload), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(der)
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


def _written(claims: Claims) -> dict[int, object]:
    mask = sum(codes.PROGRAMMES[name] for name in claims.programmes)
    dates = [None if day is None else (day - EPOCH).days for day in (claims.protected_until, claims.grace_until)]
    return {
        ISS: ISSUER,
        SUB: claims.member_number,
        IAT: _seconds(claims.issued_on),
        EXP: _seconds(claims.expires_on + dt.timedelta(days=1)),
        COVER: [claims.name, SEGMENTS[claims.segment], mask, *dates],
    }


def _seconds(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), JAKARTA).timestamp())


def _day(seconds: int) -> dt.date:
    return dt.datetime.fromtimestamp(seconds, JAKARTA).date()


def _checked(text: str, on: dt.date) -> tuple[bytes, bytes]:
    """The payload and kid of a card whose every byte is as it was signed: canonical, nothing added, known key."""
    text = text.strip()
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise _forged(Text("Ini bukan kartu Teduh.", "This is not a Teduh card."))
    try:
        data = base45.b45decode(text.removeprefix(PREFIX))
        tag = cbor2.loads(data)
        protected, unprotected, payload, signature = tag.value
        header = cbor2.loads(protected)
        whole = cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)
        sound = base45.b45encode(data).decode() == text.removeprefix(PREFIX) and whole == data and unprotected == {}
        sound = sound and set(header) == {ALG, KID} and header[ALG] == ES256 and len(signature) == 64
    except Exception as error:  # a forged text may break any of these in any way; all of them mean the same
        raise _forged() from error
    if not sound:
        raise _forged()
    key = card_keys.ring(on=on).keys.get(header[KID])
    if key is None:
        raise _forged(Text("Kartu ini ditandatangani kunci yang tidak dikenal.", "An unknown key signed this card."))
    der = utils.encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        key.private.public_key().verify(der, _to_be_signed(protected, payload), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise _forged() from error
    return payload, key.kid


def _read(payload: bytes, kid: bytes) -> Claims:
    claims = cbor2.loads(payload)
    name, segment, mask, until, grace = claims[COVER]
    until, grace = (None if n is None else EPOCH + dt.timedelta(days=n) for n in (until, grace))
    return Claims(
        member_number=claims[SUB],
        name=name,
        segment={number: word for word, number in SEGMENTS.items()}[segment],
        programmes=tuple(p for p, bit in codes.PROGRAMMES.items() if mask & bit),
        protected_until=until,
        grace_until=grace,
        issued_on=_day(claims[IAT]),
        expires_on=_day(claims[EXP] - 1),
        kid=kid.hex(),
    )


def _standing(claims: Claims, on: dt.date) -> str:
    if claims.protected_until is None or claims.grace_until is None:
        return "expired" if on > claims.expires_on else "never"
    if on > claims.grace_until:
        return "past"
    if on > claims.expires_on:
        return "expired"
    return "protected" if on <= claims.protected_until else "grace"


def _forged(what: Text | None = None) -> Refused:
    return Refused(
        "card_not_genuine",
        what or Text("Kartu ini palsu atau rusak.", "This card is forged or damaged."),
        then=Text(
            "Minta pemegangnya membuka kartu yang baru, atau cari nomor pesertanya.",
            "Ask the holder to open a fresh card, or look up the member number.",
        ),
        field="text",
    )
