"""Rows of a return compared with the register, the worksites, last month and the law; what each would be filed as.

It decides nothing about the employer and writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from teduh.employers.models.employment import Cause, Contract
from teduh.employers.queries.force import InForce, SiteInForce
from teduh.employers.returns import comparing, newcomers, values, wages
from teduh.employers.returns.known import FiledLine, Staff, Worker
from teduh.employers.returns.lines import Hire, Judged, Leaves
from teduh.employers.returns.reading import Rows
from teduh.law import codes, jkp
from teduh.law.months import Month
from teduh.registry.sheets import cells
from teduh.security import crypto

Register = Callable[[list[bytes], list[str]], tuple[dict[bytes, Worker], dict[str, Worker]]]
Minimum = Mapping[str, tuple[int, str, str] | None]


@dataclass
class Judge:
    """What holds for all rows. `version` is what the return would become; 2 or more corrects a filed month."""

    month: Month
    on: dt.date
    force: InForce
    staff: Staff
    register: Register
    minimum: Minimum
    version: int = 1
    only_changes: bool = False
    sites: dict[int, SiteInForce] = field(default_factory=dict)
    _site_names: dict[str, SiteInForce | None] = field(default_factory=dict)
    _jkp: dict[tuple[int, bool, bool], jkp.Participation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sites = {site.id: site for site in self.force.worksites.values()}
        self.mask = codes.mask(self.force.programmes)
        self.covered = {*self.force.programmes, *(("JKN",) if self.force.health_insured else ())}
        self.reckoning = wages.reckoning(self.month)

    @property
    def amends(self) -> bool:
        return self.version > 1

    def judge(self, rows: Rows) -> Judged:
        """Every row decided."""
        judged = Judged(rows)
        found = self._who(rows)
        for place, worker in enumerate(found):
            if place not in rows.stopped:
                self._row(judged, place, worker)
        comparing.compare(self, judged)
        return judged

    def _who(self, rows: Rows) -> list[Worker | None]:
        """Each row's worker: of this employer, else of the register, else None. A second row of one NIK stops."""
        indexes: list[bytes | None] = [crypto.blind("nik", nik) if nik else None for nik in rows.nik]
        by_nik, by_member = self.staff.by_nik, self.staff.by_member
        unknown = [index for index in indexes if index is not None and index not in by_nik]
        members = [rows.member[place] for place, index in enumerate(indexes)
                   if index is None and rows.member[place] and rows.member[place] not in by_member]  # fmt: skip
        more, more_members = self.register(unknown, members)
        found: list[Worker | None] = []
        first: dict[Any, int] = {}
        for place, index in enumerate(indexes):
            member = rows.member[place]
            if index is not None:
                worker = by_nik.get(index) or more.get(index)
            else:
                worker = by_member.get(member) or more_members.get(member) if member else None
            key = worker.person if worker else index
            if key is not None and key in first:
                rows.find(place, "nik_twice", "nik", row=rows.number[first[key]])
            elif key is not None:
                first[key] = place
            if index is None and member:
                worker = self._by_member(rows, place, worker)
            found.append(worker)
        return found

    def _by_member(self, rows: Rows, place: int, worker: Worker | None) -> Worker | None:
        """A member number alone is believed where the name agrees."""
        name = rows.text("name", place)
        if place in rows.stopped:
            return worker
        if worker is None or (worker.employment is None and not name) or not newcomers.is_alike(name, worker):
            rows.find(place, "kpj_unknown", "member_number", cell=rows.member[place])
            return None
        return worker

    def _row(self, judged: Judged, place: int, worker: Worker | None) -> None:
        rows = judged.rows
        if "withdrawn" in rows.raw and cells.ticked(rows.raw["withdrawn"][place]):
            self._withdraw(judged, place, worker)
            return
        if worker is not None:
            newcomers.compare(self, rows, place, worker)
        ended_on, cause = self._end(rows, place)
        wage = wages.wage_of(self, rows, place, ended_on is not None)
        if place in rows.stopped:
            return
        rehired = worker is not None and worker.employment is not None and self._is_gone(rows, place, worker, wage)
        if place in rows.stopped:
            return
        is_here = worker is not None and worker.employment is not None and not rehired
        if is_here and worker and ended_on:
            self._left(rows, place, worker, ended_on, wage)
            if place in rows.stopped:
                return
        if wage is None:
            if is_here and ended_on and worker:
                judged.leaves.append(Leaves(place, None, worker.employment, ended_on, cause))
            return
        self._line(judged, place, worker, is_here, wage, ended_on, cause)

    def _line(
        self, judged: Judged, place: int, worker: Worker | None, is_here: bool, wage: int, ended_on: dt.date | None,
        cause: str,
    ) -> None:  # fmt: skip
        rows = judged.rows
        site = self._site(rows, place, worker if is_here else None)
        new, hire = None, None
        if not is_here:
            new = newcomers.admitted(self, rows, place) if worker is None else None
            hire = self._hire(rows, place, site, worker)
        if site is None or place in rows.stopped:
            return
        wages.remarks(self, rows, place, wage, site, worker)
        birth = new.birth_date if new else worker.birth_date if worker else None
        registered = worker.registered_on if is_here and worker else None
        contract = hire.contract if hire else self._contract(rows, place, worker.contract if worker else "")
        mask = self.mask | self._jkp_bit(rows, place, birth, registered or self.on, contract)
        employment = worker.employment if is_here and worker else None
        filed = self.staff.filed.get(employment) if employment else None
        before = filed.wage if filed else worker.before if is_here and worker and not self.amends else None
        if filed and self._same(rows, place, filed, wage, site, mask):
            judged.unchanged.append((place, filed.employment))
            return
        replaces = filed.line if filed else self.staff.withdrawn.get(employment) if employment else None
        line = judged.lines.add(place, worker.person if worker else None, employment, site.id, site.number, wage,
                                site.risk_class, mask, before, replaces)  # fmt: skip
        if new:
            judged.admits[line] = new
        if hire:
            judged.hires[line] = hire
        if ended_on:
            judged.leaves.append(Leaves(place, line, employment, ended_on, cause))
        if is_here and worker and worker.worksite != site.id and employment:
            judged.moves.append((employment, site.id))
            rows.find(place, "site_changed", "worksite", read=site.number)

    def _same(
        self, rows: Rows, place: int, filed: FiledLine, wage: int, site: SiteInForce, mask: int
    ) -> bool:  # fmt: skip
        return (filed.wage_type, filed.pay, filed.allowances, filed.variable, filed.wage, filed.worksite,
                filed.risk_class, filed.programmes) == (
            rows.wage_type[place], rows.pay[place], rows.allowances[place], rows.variable[place], wage, site.id,
            site.risk_class, mask)  # fmt: skip

    def _withdraw(self, judged: Judged, place: int, worker: Worker | None) -> None:
        filed = self.staff.filed.get(worker.employment or 0) if worker else None
        if filed is None:
            judged.rows.find(place, "not_working_here", "withdrawn")
            return
        judged.rows.find(place, "withdrawn", "withdrawn")
        self.take_back(judged, place, filed)

    def take_back(self, judged: Judged, place: int, filed: FiledLine) -> None:
        """A line that says: this worker did not belong."""
        site = self.sites.get(filed.worksite)
        judged.lines.add(place, filed.person, filed.employment, filed.worksite, site.number if site else 0, filed.wage,
                         filed.risk_class, filed.programmes, filed.wage, filed.line, True)  # fmt: skip

    def _is_gone(self, rows: Rows, place: int, worker: Worker, wage: int | None) -> bool:
        """Whether somebody who left works here again; a stop where only the row says so."""
        started = self.day(rows, place, "started_on")
        if worker.started_on and worker.started_on > self.month.last:
            rows.find(place, "starts_later", "started_on", read=worker.started_on)
        if worker.ended_on is None or worker.ended_on >= self.month.first or wage is None:
            return False
        if started and started > worker.ended_on:
            return True
        rows.find(place, "ended_listed", "ended_on", read=worker.ended_on)
        return False

    def _left(self, rows: Rows, place: int, worker: Worker, ended_on: dt.date, wage: int | None) -> None:
        """A last day lies after the first one, and nobody earns in a month after it."""
        if worker.started_on and ended_on < worker.started_on:
            rows.find(place, "end_before_start", "ended_on")
        elif wage is not None and ended_on < self.month.first:
            rows.find(place, "ended_listed", "ended_on", read=ended_on)

    def _end(self, rows: Rows, place: int) -> tuple[dt.date | None, str]:
        ended_on = self.day(rows, place, "ended_on")
        if ended_on is None:
            return None, ""
        if ended_on > self.month.last and ended_on > self.on:
            rows.find(place, "end_in_future", "ended_on", read=ended_on)
            return None, ""
        cause = values.cause(rows.text("cause", place))
        if cause in ("", "?"):
            rows.find(place, "end_without_cause", "cause")
            cause = str(Cause.OTHER)
        rows.find(place, "leaves", "ended_on", read=ended_on)
        return ended_on, cause

    def day(self, rows: Rows, place: int, name: str) -> dt.date | None:
        """A day in a column, or None; a stop where it cannot be read."""
        column = rows.raw.get(name)
        if column is None or column[place] in ("", None):
            return None
        found = values.day(column[place], self.month.year + 6)
        if isinstance(found, str):
            rows.find(place, found, name, cell=cells.text(column[place])[:60])
            return None
        return found

    def _hire(self, rows: Rows, place: int, site: SiteInForce | None, worker: Worker | None) -> Hire | None:
        """The employment of who is new here: his start, and what sort of contract."""
        started = self.day(rows, place, "started_on")
        if started is None:
            started = self.month.first
            rows.find(place, "start_missing", "started_on", read=started)
        if started > self.month.last:
            rows.find(place, "start_after_month", "started_on", read=started)
        elif worker and worker.employment is None or worker is None:
            rows.find(place, "new_worker", "started_on", read=started)
        ended = values.day(rows.raw["ended_on"][place], self.month.year + 6) if "ended_on" in rows.raw else None
        if isinstance(ended, dt.date) and ended < started:
            rows.find(place, "end_before_start", "ended_on")
        contract = self._contract(rows, place, Contract.PERMANENT)
        until = self.day(rows, place, "contract_until") if contract == Contract.FIXED else None
        if site is None:
            return None
        return Hire(site.id, rows.text("worker_number", place)[:30], contract, started, until)

    def _contract(self, rows: Rows, place: int, otherwise: str) -> str:
        if "contract" not in rows.raw:
            return str(otherwise)
        read = values.contract(rows.text("contract", place)[:80])
        if read == "?":
            rows.find(place, "contract_unknown", "contract", cell=rows.text("contract", place), read=otherwise)
        return str(otherwise) if read in ("", "?") else read

    def _site(self, rows: Rows, place: int, worker: Worker | None) -> SiteInForce | None:
        """Where he works: as the row says, else as the employment does, else the only site there is."""
        typed = rows.text("worksite", place) if "worksite" in rows.raw else ""
        kept = self.sites.get(worker.worksite or 0) if worker else None
        only = next(iter(self.sites.values())) if len(self.sites) == 1 else None
        if typed and not cells.is_empty(typed):
            return self._named(rows, place, typed, kept or only)
        if worker and kept is None:
            rows.find(place, "site_closed", "worksite", read=worker.worksite)
        found = kept or (only if worker is None else None)
        if found is None and place not in rows.stopped:
            rows.find(place, "site_missing", "worksite", read=", ".join(map(str, self.force.worksites)))
        return found

    def _named(self, rows: Rows, place: int, typed: str, otherwise: SiteInForce | None) -> SiteInForce | None:
        if typed not in self._site_names:
            plain = typed.casefold().strip()
            number = plain.removeprefix("no").strip(" .#")
            sites = self.force.worksites.values()
            self._site_names[typed] = next(
                (s for s in sites if str(s.number) == (number.lstrip("0") or "0") or s.name.casefold() == plain), None
            )
        found = self._site_names[typed]
        if found is None and (otherwise is None or typed.strip().isdigit()):
            numbers = ", ".join(f"{site.number} ({site.name})" for site in list(self.force.worksites.values())[:8])
            rows.find(place, "site_unknown", "worksite", cell=typed, read=numbers)
        elif found is None and otherwise is not None:
            rows.find(place, "site_kept", "worksite", cell=typed, read=otherwise.number)
            return otherwise
        return found

    def _jkp_bit(self, rows: Rows, place: int, birth: dt.date | None, registered: dt.date, contract: str) -> int:
        if birth is None:
            return 0
        age = registered.year - birth.year - ((registered.month, registered.day) < (birth.month, birth.day))
        citizen = not ("citizenship" in rows.raw and values.is_foreign(rows.text("citizenship", place)))
        key = (age, citizen, contract != Contract.PARTNER)
        if key not in self._jkp:
            self._jkp[key] = jkp.participation(
                age_at_registration=age, citizen=citizen, employed=key[2], firm=self.force.size,
                programmes=self.covered, on=self.month.first,
            )  # fmt: skip
        found = self._jkp[key]
        own = [reason for reason in found.because if reason.code != "programmes"]
        if own:
            rows.find(place, "jkp_not", "", why=newcomers.because(own[0]))
        return codes.JKP if found.participant else 0
