"""How a return differs from last month, a correction from what was filed: who joined, left, rose, fell, is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teduh.employers.returns.findings import Finding, Rp
from teduh.employers.returns.lines import Gone, Judged
from teduh.security import crypto

if TYPE_CHECKING:
    from teduh.employers.returns.judging import Judge

GROUPS = ("joined", "up", "down", "same", "suspicious")
#: What makes a row one to look at twice.
SUSPICIOUS = frozenset({"tenfold", "moved_out", "dropped", "in_thousands", "mostly_variable", "base_too_small",
                        "below_minimum", "daily_looks_monthly", "name_differs"})  # fmt: skip
MOST_SITES = 8


def compare(judge: Judge, judged: Judged) -> None:
    """Sort the lines into groups, find who is not there any more, and say what the whole return tells."""
    if judge.amends:
        _amend(judge, judged)
    else:
        _gone(judge, judged)
    lines = judged.lines
    numbers = {f.number for f in judged.rows.findings if f.code in SUSPICIOUS}
    judged.groups = {name: [] for name in GROUPS}
    for line, before in enumerate(lines.before):
        if lines.withdrawn[line]:
            continue
        wage = lines.wage[line]
        name = "joined" if before is None else "up" if wage > before else "down" if wage < before else "same"
        judged.groups[name].append(line)
        if numbers and judged.rows.number[lines.place[line]] in numbers:
            judged.groups["suspicious"].append(line)
    _whole(judge, judged)


def _gone(judge: Judge, judged: Judged) -> None:
    """Who was filed last month and is not on this return: he left, as is known, or he is missing."""
    here = set(judged.lines.employment)
    leaves = {told.employment: told.ended_on for told in judged.leaves}
    for worker in judge.staff.by_nik.values():
        if worker.before is None or worker.employment is None or worker.employment in here:
            continue
        ended_on = leaves.get(worker.employment) or worker.ended_on
        one = Gone(worker.employment, worker.name, worker.before, ended_on)
        is_gone = ended_on is not None and ended_on <= judge.month.last
        (judged.left if is_gone else judged.missing).append(one)
    if judged.missing:
        judged.rows.findings.append(Finding(0, "missing_people", "", {"count": len(judged.missing)}))


def _amend(judge: Judge, judged: Judged) -> None:
    """A full list withdraws who is not on it; a list of changes leaves the others as they are."""
    rows = judged.rows
    here = {employment for employment in judged.lines.employment if employment}
    same = {employment for _, employment in judged.unchanged}
    stopped = _stopped(judge, judged)
    rest = [one for one in judge.staff.filed.values() if one.employment not in here]
    kept = [one for one in rest if judge.only_changes or one.employment in same or one.employment in stopped]
    if not judge.only_changes:
        away = [one for one in rest if one.employment not in same and one.employment not in stopped]
        for filed in away:
            judge.take_back(judged, -1, filed)
            judged.missing.append(Gone(filed.employment, filed.name, filed.wage, None))
        if away:
            rows.findings.append(Finding(0, "fewer_withdrawn", "", {"count": len(away)}))
    judged.untouched = (len(kept), sum(one.wage for one in kept))


def _stopped(judge: Judge, judged: Judged) -> set[int]:
    """Workers whose rows cannot be filed are not withdrawn for it."""
    found = set()
    for place in judged.rows.stopped:
        nik, member = judged.rows.nik[place], judged.rows.member[place]
        worker = judge.staff.by_nik.get(crypto.blind("nik", nik)) if nik else judge.staff.by_member.get(member)
        if worker and worker.employment:
            found.add(worker.employment)
    return found


def _whole(judge: Judge, judged: Judged) -> None:
    """What is said once for all rows."""
    rows, limits, force = judged.rows, judge.reckoning.limits, judge.force
    rows.findings.append(Finding(0, "firm_programmes", "", {"read": ", ".join(force.programmes)}))
    if "JP" in force.programmes:
        above = sum(wage > limits.jp_ceiling for wage in judged.lines.wage)
        if above:
            words = {"count": above, "amount": Rp(limits.jp_ceiling)}
            rows.findings.append(Finding(0, "above_jp_ceiling", "", words))
            if not limits.jp_announced:
                rows.findings.append(Finding(0, "jp_ceiling_not_announced", "", words))
    varies = [amount for amount in rows.variable if amount]
    if varies:
        words = {"count": len(varies), "amount": Rp(sum(varies))}
        rows.findings.append(Finding(0, "variable_not_counted", "variable", words))
    used = {judge.sites[id_] for id_ in set(judged.lines.worksite) if id_ in judge.sites}
    for site in sorted(used, key=lambda one: one.number)[:MOST_SITES]:
        if site.state != "confirmed":
            rows.findings.append(Finding(0, "risk_declared", "worksite", {"read": f"{site.number} ({site.name})"}))
    lacking = sorted({site.region for site in used if site.region and judge.minimum.get(site.region) is None})
    if lacking and judge.minimum:
        rows.findings.append(Finding(0, "minimum_unknown", "", {"read": ", ".join(lacking[:MOST_SITES])}))
