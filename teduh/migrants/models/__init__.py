"""Tables of migrant workers, by subject; import them from here."""

from teduh.migrants.models.exchange import (
    Difference,
    DifferenceKind,
    DifferenceState,
    ListPurpose,
    ListState,
    Match,
    PlacementList,
    PlacementRow,
    RowState,
)
from teduh.migrants.models.families import MAY, TRIES, Relative
from teduh.migrants.models.matters import Matter, MatterEntry, MatterKind, MatterState
from teduh.migrants.models.organisations import Desk, DeskRole, Organisation, OrganisationKind, Serves
from teduh.migrants.models.placements import (
    OPEN_STATES,
    Agreement,
    AgreementKind,
    Entry,
    Event,
    EventKind,
    Paper,
    PaperKind,
    Placement,
    Route,
    Scheme,
    State,
)
from teduh.migrants.models.reference import Destination, Rate

__all__ = [
    "MAY", "OPEN_STATES", "TRIES", "Agreement", "AgreementKind", "Desk", "DeskRole", "Destination", "Difference",
    "DifferenceKind", "DifferenceState", "Entry", "Event", "EventKind", "ListPurpose", "ListState", "Match", "Matter",
    "MatterEntry", "MatterKind", "MatterState", "Organisation", "OrganisationKind", "Paper", "PaperKind", "Placement",
    "PlacementList", "PlacementRow", "Rate", "Relative", "Route", "RowState", "Scheme", "Serves", "State",
]  # fmt: skip
