"""Tables of contributions, by subject; import them from here."""

from teduh.contributions.models.arrears import Credit, Instalment, Penalty, PenaltyKind, Plan, PlanState
from teduh.contributions.models.dues import Assessment, Due
from teduh.contributions.models.expected import Expectation
from teduh.contributions.models.fines import Fine
from teduh.contributions.models.placements import PlacementDue, Stage
from teduh.contributions.models.projects import ProjectDue
from teduh.contributions.models.wages import WageBasis, WageDue

__all__ = [
    "Assessment", "Credit", "Due", "Expectation", "Fine", "Instalment", "Penalty", "PenaltyKind", "PlacementDue",
    "Plan", "PlanState", "ProjectDue", "Stage", "WageBasis", "WageDue",
]  # fmt: skip
