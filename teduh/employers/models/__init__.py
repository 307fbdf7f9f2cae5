"""Tables of employers, by subject; import them from here."""

from teduh.employers.models.compliance import (
    Case,
    CaseState,
    ProposalState,
    ReportKind,
    ReportState,
    Step,
    StepKind,
    StepProposal,
    WorkerReport,
)
from teduh.employers.models.employment import Cause, Contract, Employment, Leaving, LeavingState, Teller
from teduh.employers.models.firms import (
    BankAccount,
    Contact,
    Employer,
    Invitation,
    LegalForm,
    Profile,
    RiskClass,
    RiskState,
    Size,
    Staff,
    StaffRole,
    Worksite,
)
from teduh.employers.models.projects import Basis, Project, ProjectState, ProjectTerms, ProjectWorker
from teduh.employers.models.reference import Activity, MinimumWage
from teduh.employers.models.returns import ReturnKind, ReturnState, Source, WageFile, WageLine, WageReturn, WageType

__all__ = [
    "Activity", "BankAccount", "Basis", "Case", "CaseState", "Cause", "Contact", "Contract", "Employer",
    "Employment", "Invitation", "Leaving", "LeavingState", "LegalForm", "MinimumWage", "Profile", "Project",
    "ProjectState", "ProjectTerms", "ProjectWorker", "ProposalState", "ReportKind", "ReportState",
    "ReturnKind", "ReturnState", "RiskClass", "RiskState", "Size", "Source", "Staff", "StaffRole", "Step",
    "StepKind", "StepProposal", "Teller", "WageFile", "WageLine", "WageReturn", "WageType", "WorkerReport",
    "Worksite",
]  # fmt: skip
