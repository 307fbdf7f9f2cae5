"""The registry's tables, by what they speak of."""

from teduh.registry.models.activation import Activation
from teduh.registry.models.corrections import Correction, Declaration
from teduh.registry.models.documents import Document
from teduh.registry.models.enrolment import Consent, Enrolment, Evidence, Segment
from teduh.registry.models.files import EnrolmentFile, EnrolmentRow
from teduh.registry.models.groups import Group, Membership
from teduh.registry.models.identity import Duplicate, IdentityCheck
from teduh.registry.models.people import Account, Heir, Person
from teduh.registry.models.places import Occupation, Region

__all__ = [
    "Account",
    "Activation",
    "Consent",
    "Correction",
    "Declaration",
    "Document",
    "Duplicate",
    "Enrolment",
    "EnrolmentFile",
    "EnrolmentRow",
    "Evidence",
    "Group",
    "Heir",
    "IdentityCheck",
    "Membership",
    "Occupation",
    "Person",
    "Region",
    "Segment",
]
