"""What the registry does: each verb writes with statements whose number does not grow with the people."""

from teduh.registry.actions.accounts import link_account
from teduh.registry.actions.admitting import admit
from teduh.registry.actions.checking import ask_again, checked_by_hand
from teduh.registry.actions.consenting import consent
from teduh.registry.actions.correcting import ask_correction, change_contact, declare, name_heirs, withdraw_consent
from teduh.registry.actions.duplicates import Flagged, flag
from teduh.registry.actions.enrolling import Enrolled, enrol
from teduh.registry.actions.grouping import add_members, end_memberships, make_group
from teduh.registry.actions.reference import load_reference
from teduh.registry.facts import Decided

__all__ = [
    "Decided", "Enrolled", "Flagged", "add_members", "admit", "ask_again", "ask_correction", "change_contact",
    "checked_by_hand", "consent", "declare", "end_memberships", "enrol", "flag", "link_account", "load_reference",
    "make_group", "name_heirs", "withdraw_consent",
]  # fmt: skip
