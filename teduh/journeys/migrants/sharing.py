"""A bill that can be shared: a link for whoever pays from anywhere, which says what it is for and nobody's data.

The link is signed: nobody finds another's bill by trying. It shows a masked first name, the amount in rupiah and in the
worker's currency with the day of the rate, the code and the QR, and whether it is paid.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing

from teduh.contributions import bills, placement_queries
from teduh.core import dates, sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text, rupiah
from teduh.coverage import placements as coverage
from teduh.journeys.migrants.life import require_many
from teduh.journeys.money.bill_view import HOW
from teduh.migrants import rates, reference
from teduh.migrants.rates import Local
from teduh.payments import qris
from teduh.security import crypto, masking
from teduh.security.access import Actor

SALT = "teduh.placement-bill"
#: The newest placement a bill pays for: the payee's name and the money of the place where he is.
PAYEE = """
SELECT p.name, m.destination_id, count(*) OVER () FROM contributions_placementdue d
JOIN migrants_placement m ON m.id = d.placement_id JOIN registry_person p ON p.id = m.person_id
WHERE d.bill_id = %s ORDER BY d.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link to a bill: its path here, and words for a message around the address that the door puts in."""

    token: str
    path: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBill:
    """What whoever has the link sees. `local` is None where no rate is known; `qris` is empty when nothing is owed."""

    number: str
    payee: str
    people: int
    for_what: tuple[Text, ...]
    amount: int
    remaining: int
    local: Local | None
    code: str
    qris: str
    state: str
    state_name: Text
    expires_on: dt.date
    paid_until: dt.date | None
    how: tuple[Text, ...]


def share(*, bill: int, by: Actor, at: dt.datetime) -> Share:
    """A link to this bill, from somebody who may pay it."""
    on = at.date()
    row = bills.bill(id=bill, on=on)
    placements = [line.placement for line in placement_queries.lines(bill=bill)] if row else []
    if row is None or not placements:
        raise _gone()
    require_many(placements=list(dict.fromkeys(placements)), by=by, what="pay", why="Kode dibagikan")
    token = signing.dumps(bill, salt=SALT, compress=False)
    words = Text(
        f"Mohon bantu bayar perlindungan kerja saya: {rupiah(row.remaining)}, kode {row.code}. Rinciannya: {{address}}",
        f"Please help pay my work protection: {rupiah(row.remaining)}, code {row.code}. Details: {{address}}",
    )
    return Share(token=token, path=f"/kirim/{token}/", text=words)


def shared(*, token: str, on: dt.date) -> SharedBill:
    """The bill behind a link, for everybody who has it. `Refused` (404) for a link that is not ours."""
    try:
        bill = int(signing.loads(token[:200], salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        raise _gone() from None
    row = bills.bill(id=bill, on=on)
    payee = sql.rows(PAYEE, [bill])
    if row is None or not payee:
        raise _gone()
    name, code, _ = payee[0]
    stages = placement_queries.lines(bill=bill)
    people = len({one.placement for one in stages})
    view = reference.destination(code)
    local = rates.local(rupiah=row.remaining or row.amount, currency=view.currency, on=on) if view else None
    until = max(coverage.paid_until(bills=[bill])[bill].values(), default=None) if row.state == "paid" else None
    return SharedBill(
        number=row.number, payee=masking.name(crypto.decrypt(bytes(name))) if people == 1 else "", people=people,
        for_what=tuple(dict.fromkeys(_for_what(one) for one in stages)), amount=row.amount, remaining=row.remaining,
        local=local, code=row.code,
        qris=qris.payload(bill_number=row.number, code=row.code, amount=row.remaining) if row.is_payable else "",
        state=row.state, state_name=row.state_name, expires_on=row.expires_on, paid_until=until,
        how=HOW_PAID if row.state == "paid" else HOW,
    )  # fmt: skip


def _for_what(one: placement_queries.StageLine) -> Text:
    if one.until is None:
        return one.name
    day = dates.day(one.until)
    return Text(f"{one.name.id}, sampai {day.id}", f"{one.name.en}, until {day.en}")


HOW_PAID = (Text("Sudah lunas. Tidak perlu membayar lagi.", "It is paid. Do not pay again."),)


def _gone() -> Refused:
    return not_found(
        Text("Tautan ini tidak berlaku.", "This link is not valid."),
        Text("Minta tautan baru kepada pekerja atau keluarganya.", "Ask the worker or the family for a new link."),
    )
