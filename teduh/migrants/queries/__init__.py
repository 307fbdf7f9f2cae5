"""Questions about placements; what is paid and who is covered is asked of contributions and coverage."""

from teduh.migrants.queries.organisations import AccountRow, OrganisationRow, accounts, organisation, organisations
from teduh.migrants.queries.placements import (
    AgreementView,
    EventView,
    PaperView,
    PlacementView,
    by_number,
    current,
    named_files,
    of_person,
    placement,
)
from teduh.migrants.reference import DestinationView, destinations

__all__ = [
    "AccountRow", "AgreementView", "DestinationView", "EventView", "OrganisationRow", "PaperView", "PlacementView",
    "accounts", "by_number", "current", "destinations", "named_files", "of_person", "organisation", "organisations",
    "placement",
]  # fmt: skip
