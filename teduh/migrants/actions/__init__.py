"""What is written of placements: each verb with statements whose number does not grow with the people."""

from teduh.migrants.actions.agreements import AgreementRow, add_agreements, change_agreements
from teduh.migrants.actions.events import EventRow, add_events
from teduh.migrants.actions.organisations import close_desk, make_organisation, open_desk
from teduh.migrants.actions.papers import add_papers
from teduh.migrants.actions.placements import DATES, AgreementHeld, Held, PlacedRow, change, lock, place, put_passport

__all__ = [
    "DATES", "AgreementHeld", "AgreementRow", "EventRow", "Held", "PlacedRow", "add_agreements", "add_events",
    "add_papers", "change", "change_agreements", "close_desk", "lock", "make_organisation", "open_desk", "place",
    "put_passport",
]  # fmt: skip
