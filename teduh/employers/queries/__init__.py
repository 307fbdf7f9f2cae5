"""What is asked about employers: frozen dataclasses, masked, and a record of who asked about whom."""

from teduh.employers.queries.firms import (
    BankAccountRow,
    ContactRow,
    Firm,
    FirmRow,
    FoundRow,
    ProfileView,
    Site,
    StaffRow,
    Unconfirmed,
    by_npp,
    filed_since,
    find_employers,
    firm,
    firms_of,
    first_month,
    named,
    unconfirmed,
)
from teduh.employers.queries.force import InForce, SiteInForce, in_force
from teduh.employers.queries.invitations import InvitationRow, invitations
from teduh.employers.queries.leavings import LeavingRow, disputed, ended, leavings, of_person, words
from teduh.employers.queries.workers import WageMonth, Worker, WorkerRow, WorkersPage, months, worker, workers

__all__ = [
    "BankAccountRow", "ContactRow", "Firm", "FirmRow", "FoundRow", "InForce", "InvitationRow", "LeavingRow",
    "ProfileView", "Site", "SiteInForce", "StaffRow", "Unconfirmed", "WageMonth", "Worker", "WorkerRow", "WorkersPage",
    "by_npp", "disputed", "ended", "filed_since", "find_employers", "firm", "firms_of", "first_month", "in_force",
    "invitations", "leavings", "months", "named", "of_person", "unconfirmed", "words", "worker", "workers",
]  # fmt: skip
