"""Tables of contributions, by subject; import them from here."""

from teduh.contributions.models.arrears import Credit, Instalment, Penalty, Plan, PlanState
from teduh.contributions.models.dues import Assessment, Due
from teduh.contributions.models.projects import ProjectDue
from teduh.contributions.models.wages import WageBasis, WageDue

__all__ = [
    "Assessment", "Credit", "Due", "Instalment", "Penalty", "Plan", "PlanState", "ProjectDue", "WageBasis", "WageDue",
]  # fmt: skip
