"""How settled contributions of wage earners are booked: one entry for each payment of a bill.

Out of suspense (or a credit) to what collection owes each fund, off what the employer owes, and into the funds: JKK and
JKM less what is moved to JKP, JHT to each member's account, JP, and the State's part of JKP as its debt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from teduh.contributions.models import PenaltyKind
from teduh.contributions.wage_allocation import Charge, Part
from teduh.ledger.facts import Column, Draft, Move

#: The articles by which a programme's contributions become the fund's or the member's own.
ARTICLES = {
    "JKK": ("PP 44/2015 Pasal 21(1)",),
    "JKM": ("PP 44/2015 Pasal 21(1)",),
    "JHT": ("PP 46/2015 Pasal 19(1)", "PP 46/2015 Pasal 22(2)"),
    "JP": ("PP 45/2015 Pasal 30(2)",),
    "JKP": ("PP 37/2021 Pasal 11(5)",),
}
STATE = ("PP 37/2021 Pasal 11(4)",)
#: The State pays its part when the recomposition is paid, not while it is late.
STATE_LATE = ("PP 37/2021 Pasal 11(4)", "PP 37/2021 Pasal 16(2)")
CREDIT = ("PP 44/2015 Pasal 23(4)",)


def draft(*, part: Part, reference: str, on: dt.date) -> Draft:
    """The entry of what one payment settled on one bill, with the penalties that it fixed."""
    moves = (*_collected(part), *_cleared(part), *_into_funds(part), *_accrued(part))
    return Draft(on=on, kind="allocation", reference=reference, why=f"Tagihan pemberi kerja {part.bill.number}",
                 moves=moves, columns=tuple(_members(part)))  # fmt: skip


def _gross(part: Part) -> dict[str, int]:
    """By programme as the employer is billed."""
    return {name: part.sums.get(name.lower(), 0) for name in ("JKK", "JKM", "JHT", "JP")}


def _net(part: Part) -> dict[str, int]:
    """By programme as the funds get it: what is moved to JKP leaves JKK and JKM."""
    jkk, jkm = part.sums.get("jkp_from_jkk", 0), part.sums.get("jkp_from_jkm", 0)
    gross = _gross(part)
    return {**gross, "JKK": gross["JKK"] - jkk, "JKM": gross["JKM"] - jkm, "JKP": jkk + jkm}


def _collected(part: Part) -> Iterator[Move]:
    """Sources meet what each fund is owed: receipts, credits, and what corrections downwards set free."""
    owed = _net(part)
    for charge in part.charges:
        owed[charge.programme] += charge.amount
    sources = [
        ("KOL:suspense", receipt, amount) if receipt is not None else ("KOL:credits", part.bill.employer, amount)
        for receipt, amount in part.used
    ]
    sources += [(f"KOL:due:{programme}", None, -amount) for programme, amount in owed.items() if amount < 0]
    sinks = [(f"KOL:due:{programme}", None, amount) for programme, amount in owed.items() if amount > 0]
    if part.freed:
        sinks.append(("KOL:credits", part.bill.employer, part.freed))
    while sources and sinks:
        (debit, payer, left), (credit, taker, wanted) = sources[0], sinks[0]
        amount = min(left, wanted)
        articles = CREDIT if "KOL:credits" in (debit, credit) else ()
        yield Move(debit, credit, amount, payer if payer is not None else taker, None, articles)
        sources[0:1] = [(debit, payer, left - amount)] if left > amount else []
        sinks[0:1] = [(credit, taker, wanted - amount)] if wanted > amount else []
    if sources or sinks:
        raise RuntimeError(f"bill {part.bill.id}: money and what it settles differ: {sources} {sinks}")


def _both(debit: str, credit: str, amount: int, part: Part, party: int | None, articles: tuple[str, ...]) -> list[Move]:
    """A move, or where the amount is below zero the move back."""
    if not amount:
        return []
    ways = (debit, credit) if amount > 0 else (credit, debit)
    return [Move(*ways, abs(amount), party, part.month, articles)]


def _cleared(part: Part) -> Iterator[Move]:
    for programme, amount in _gross(part).items():
        yield from _both(
            f"KOL:assessed:{programme}", "KOL:employers", amount, part, part.bill.employer, ARTICLES[programme]
        )
    for charge in part.charges:
        yield Move(account(charge), "KOL:employers", charge.amount, part.bill.employer, charge.month, charge.articles)


def _into_funds(part: Part) -> Iterator[Move]:
    for programme, amount in _net(part).items():
        if programme != "JHT":
            yield from _both(f"{programme}:collection", f"{programme}:contributions", amount, part, None,
                             ARTICLES[programme])  # fmt: skip
    is_late = any(one.programme == "JKK" and one.kind == PenaltyKind.LATE for one in part.fixed)
    state = part.sums.get("jkp_state", 0)
    yield from _both("JKP:government", "JKP:contributions", state, part, None, STATE_LATE if is_late else STATE)
    for charge in part.charges:
        yield Move(f"{charge.programme}:collection", income(charge), charge.amount, None, charge.month, charge.articles)


def account(charge: Charge) -> str:
    """Where a penalty that is fixed and not paid stands; a lost relief is a contribution."""
    return "KOL:assessed:JKK" if charge.kind == PenaltyKind.RELIEF else "KOL:assessed:denda"


def income(charge: Charge) -> str:
    """What a paid penalty becomes."""
    return f"{charge.programme}:{'contributions' if charge.kind == PenaltyKind.RELIEF else 'penalties'}"


def _accrued(part: Part) -> Iterator[Move]:
    for one in part.fixed:
        yield Move("KOL:employers", account(one), one.amount, part.bill.employer, one.month, one.articles)


def _members(part: Part) -> Iterator[Column]:
    """JHT to each member's account; a correction downwards takes it back."""
    for debit, credit, sign in (("JHT:collection", "JHT:members", 1), ("JHT:members", "JHT:collection", -1)):
        if all(amount > 0 for amount in part.jht):
            chosen = (part.persons, part.jht) if sign > 0 else ([], [])
        else:
            pairs = [(p, a * sign) for p, a in zip(part.persons, part.jht, strict=True) if a * sign > 0]
            chosen = ([p for p, _ in pairs], [a for _, a in pairs])
        if chosen[1]:
            yield Column(debit=debit, credit=credit, parties=chosen[0], amounts=chosen[1], month=part.month,
                         articles=ARTICLES["JHT"])  # fmt: skip


def credited(*, credit: int, receipt: int, amount: int, on: dt.date) -> Draft:
    """Money of a receipt for which nothing was owed. The posting's party is the receipt, as suspense is kept."""
    move = Move("KOL:suspense", "KOL:credits", amount, receipt, None, CREDIT)
    return Draft(on=on, kind="credit", reference=f"credit:{credit}", why="Kelebihan iuran pemberi kerja", moves=(move,))


def credit_back(*, credit: int, receipt: int, amount: int, on: dt.date) -> Draft:
    """Such money waits again, to be used or taken back."""
    move = Move("KOL:credits", "KOL:suspense", amount, receipt, None, CREDIT)
    return Draft(on=on, kind="credit-back", reference=f"credit-back:{credit}", why="Kelebihan iuran ditarik",
                 moves=(move,))  # fmt: skip


def penalty_back(*, charge: Charge, employer: int, on: dt.date) -> Draft:
    """A paid penalty that is owed no more: out of the fund, and the employer's credit."""
    programme = charge.programme
    return Draft(
        on=on, kind="penalty-back", reference=f"penalty-back:{charge.id}", why="Denda yang gugur",
        moves=(
            Move(income(charge), f"{programme}:collection", charge.amount, None, charge.month, charge.articles),
            Move(f"KOL:due:{programme}", "KOL:credits", charge.amount, employer, None, CREDIT),
            Move("KOL:employers", account(charge), charge.amount, employer, charge.month, charge.articles),
        ),
    )  # fmt: skip
