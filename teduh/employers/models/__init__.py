"""Tables of employers, by subject; import them from here."""

from teduh.employers.models.compliance import (
    Case,
    CaseState,
    ReportKind,
    ReportState,
    Step,
    StepKind,
    WorkerReport,
)
from teduh.employers.models.employment import Cause, Contract, Employment, Leaving, LeavingState, Teller
from teduh.employers.models.firms import (
    BankAccount,
    Contact,
    Employer,
    LegalForm,
    Profile,
    RiskClass,
    RiskState,
    Size,
    Staff,
    StaffRole,
    Worksite,
)
from teduh.employers.models.projects import Basis, Project, ProjectState, ProjectWorker
from teduh.employers.models.reference import Activity, MinimumWage
from teduh.employers.models.returns import ReturnKind, ReturnState, Source, WageFile, WageLine, WageReturn, WageType

__all__ = [
    "Activity", "BankAccount", "Basis", "Case", "CaseState", "Cause", "Contact", "Contract", "Employer", "Employment",
    "Leaving", "LeavingState", "LegalForm", "MinimumWage", "Profile", "Project", "ProjectState", "ProjectWorker",
    "ReportKind", "ReportState", "ReturnKind", "ReturnState", "RiskClass", "RiskState", "Size", "Source", "Staff",
    "StaffRole", "Step", "StepKind", "Teller", "WageFile", "WageLine", "WageReturn", "WageType", "WorkerReport",
    "Worksite",
]  # fmt: skip
