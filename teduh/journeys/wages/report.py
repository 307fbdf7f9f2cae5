"""What a check of a wage return answers, and what its filing answers: frozen values for pages, the API and a shell.

Workers are masked here; whole names stand only in the employer's own file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from teduh.core.text import Text
from teduh.law.months import Month

#: How many rows of each list a report shows; the rest by `wage_return.drafts`, `findings` or the mended sheet.
SHOWN = 50


@dataclass(frozen=True)
class ProgrammeTotal:
    """What one programme asks of this return: shares apart. `moved` and `state_share` (JKP) are not billed."""

    programme: str
    employer: int
    worker: int
    moved: int
    state_share: int
    articles: tuple[str, ...]

    @property
    def to_pay(self) -> int:
        return self.employer + self.worker


@dataclass(frozen=True)
class RowFinding:
    """Something to say about a row; `number` 0 speaks of the whole file. `then` says what to do."""

    number: int
    severity: str  # stop, warn or note
    code: str
    text: Text
    field: str = ""
    worker: str = ""
    then: Text | None = None
    articles: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class LineDraft:
    """One worker as the return would be filed. `amounts` by "JKK.employer", "JHT.worker", "JKP.moved", "JKP.state".

    In an amendment `change` is what the worker's month costs more or less than filed, and `withdrawn` one who did
    not belong.
    """

    number: int
    worker: str
    wage: int
    wage_type: str
    worksite: int
    risk_class: int
    programmes: tuple[str, ...]
    amounts: Mapping[str, int]
    total: int
    change: int = 0
    withdrawn: bool = False
    is_new: bool = False
    severity: str = ""  # the worst finding of the row


@dataclass(frozen=True)
class DifferenceRow:
    """One worker against last month (in an amendment: against what was filed). None: not on that one."""

    number: int
    worker: str
    before: int | None
    now: int | None
    text: Text | None = None


@dataclass(frozen=True)
class DifferenceGroup:
    """All who joined, left and so on: how many, their wages now and before, and the first rows."""

    people: int
    wages: int
    before: int
    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True)
class Difference:
    """This return against last month's; an amendment against the filed one of its month. `against` None: nothing."""

    against: Month | None
    joined: DifferenceGroup
    left: DifferenceGroup
    up: DifferenceGroup
    down: DifferenceGroup
    same: DifferenceGroup
    missing: DifferenceGroup
    suspicious: DifferenceGroup


@dataclass(frozen=True)
class ReturnReport:
    """The dry run: every amount, the difference, and everything worth saying; `lines` and `findings` begin the lists.

    `counts` has how often each code was found, `stopped` how many rows cannot be filed, `to_pay` what the bill of this
    return would be (an amendment's may be below zero: a credit). `version` is given once filed.
    """

    wage_return: int
    employer: int
    employer_name: str
    npp: str
    month: Month
    kind: str  # original, amendment or nil
    state: str
    version: int | None
    file_name: str
    source: str
    rows: int
    workers: int
    wages: int
    totals: tuple[ProgrammeTotal, ...]
    to_pay: int
    penalties_open: int
    credits_open: int
    due_on: dt.date
    due_notes: tuple[Text, ...]
    difference: Difference
    findings: tuple[RowFinding, ...]
    counts: Mapping[str, int]
    severities: Mapping[str, int]
    stopped: int
    lines: tuple[LineDraft, ...]
    understood: Mapping[str, object]
    may_file: bool
    why_not: Text | None
    only_changes: bool = False
    notes: tuple[Text, ...] = field(default=())


@dataclass(frozen=True)
class Filed:
    """A return that was filed: its version, how many workers, and the bill (None: nothing to pay) or the credit."""

    wage_return: int
    version: int
    workers: int
    bill: int | None
    bill_amount: int
    credit: int
    report: ReturnReport | None = None
    left_out: int = 0


@dataclass(frozen=True)
class Version:
    """One filed version of a month's return, readable for ever."""

    wage_return: int
    version: int
    kind: str
    workers: int
    wages: int
    to_pay: int
    bill: int | None
    filed_on: dt.date
    filed_at: dt.datetime
    filed_by: str
    why: str
    file_name: str
    source: str


@dataclass(frozen=True)
class LineView:
    """One filed line, masked. `replaces` is the line that it corrects; `before` that line's wage."""

    line: int
    number: int
    person: int
    worker: str
    member_number: str
    wage_type: str
    pay: int
    allowances: int
    variable: int
    wage: int
    worksite: int
    risk_class: int
    programmes: tuple[str, ...]
    amounts: Mapping[str, int]
    total: int
    replaces: int | None
    before: int | None
    withdrawn: bool
    protection_on: dt.date | None
    savings_on: dt.date | None


@dataclass(frozen=True)
class LinePage:
    """Lines in the order of the file; `after` is where the next page begins, None at the end."""

    lines: tuple[LineView, ...]
    after: int | None


@dataclass(frozen=True)
class DraftPage:
    """A page of the dry run's lines."""

    lines: tuple[LineDraft, ...]
    after: int | None


@dataclass(frozen=True)
class FindingPage:
    """A page of the check's findings."""

    findings: tuple[RowFinding, ...]
    after: int | None


@dataclass(frozen=True)
class OriginalRow:
    """A row of the employer's file as it came: its titles, what stood beneath them, and what was read."""

    wage_return: int
    version: int | None
    file_name: str
    source: str
    number: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class TypedRow:
    """A row as typed in a page or sent by API; words as people write them, read like a file's."""

    nik: str = ""
    member_number: str = ""
    name: str = ""
    birth_date: str = ""
    sex: str = ""
    phone: str = ""
    worker_number: str = ""
    worksite: str = ""
    started_on: str = ""
    ended_on: str = ""
    cause: str = ""
    wage_type: str = ""
    pay: str = ""
    allowances: str = ""
    variable: str = ""
    contract: str = ""
    contract_until: str = ""
    citizenship: str = ""
    withdrawn: str = ""
