"""What is done with employers: each verb writes with statements whose number does not grow with the people."""

from teduh.employers.actions.employing import Changed, Ended, Hired, change, correct_end, employ, end
from teduh.employers.actions.registering import (
    add_contact,
    classify,
    close_site,
    declare_profile,
    end_contact,
    open_site,
    register,
    set_bank_account,
)
from teduh.employers.actions.staffing import end_place, invite, place, spend_invitation

__all__ = [
    "Changed", "Ended", "Hired", "add_contact", "change", "classify", "close_site", "correct_end", "declare_profile",
    "employ", "end", "end_contact", "end_place", "invite", "open_site", "place", "register", "set_bank_account",
    "spend_invitation",
]  # fmt: skip
