"""What was paid too much for a project after an addendum becomes the employer's credit, out of the funds again."""

from __future__ import annotations

import datetime as dt

from teduh.contributions import project_actions
from teduh.contributions.models import Credit
from teduh.contributions.projects import Left
from teduh.ledger import actions as ledger
from teduh.ledger.facts import Draft, Move
from teduh.security.access import Actor

#: Nothing in Pasal 54-56 speaks of what was paid too much; what holds for all other contributions is used.
ARTICLES = ("PP 44/2015 Pasal 23(3)", "PP 44/2015 Pasal 23(4)")


def give(*, project: int, employer: int, number: int, left: Left, by: Actor, on: dt.date) -> int | None:
    """A credit of what was paid too much, netted with the employer's next bills; its id, None where it is nothing.

    It is also a due below zero, `number`, settled at once: so the project's dues still sum to what it owes.
    """
    excess, amount = left.excess, sum(left.excess.values())
    if not amount:
        return None
    made = Credit.objects.create(employer_id=employer, amount=amount, articles=list(ARTICLES), on=on)
    moves = [
        move
        for programme, sum_ in sorted(excess.items())
        for move in (
            Move(f"{programme}:contributions", f"{programme}:collection", sum_, None, None, ARTICLES),
            Move(f"KOL:due:{programme}", "KOL:credits", sum_, employer, None, ARTICLES),
        )
    ]
    reference = f"project-credit:{made.id}"
    ledger.post(
        drafts=[Draft(on=on, kind="credit", reference=reference, why=f"Kelebihan iuran proyek {project}",
                      moves=tuple(moves))],
        by=by.name,
    )  # fmt: skip
    project_actions.owe_less(project=project, number=number, left=left, on=on)
    return int(made.id)
