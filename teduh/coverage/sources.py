"""Puts a person's spans together: what the law says of each source on a day, and which source counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from teduh.core import dates
from teduh.core.text import Text
from teduh.coverage.protection import COVERED, MANDATORY, NAMES, STATES, ProgrammeCover, Protection, Source
from teduh.law import protection, standing
from teduh.law.protection import Span

OWN = Text("mandiri", "self-employed")
OWN_ENDED = Text(
    "Kepesertaan mandiri berakhir {day}, perlindungannya berakhir bersamanya.",
    "The self-employed membership ended on {day}, and its cover with it.",
)
#: A person's key of a source: segment, employment, project.
Key = tuple[str, int | None, int | None]


def assemble(*, asked: int, who: tuple[Any, ...], spans: Sequence[tuple], on: dt.date) -> Protection:
    """A person (number, enrolled on, enrolment ended on, its programmes, cover begins next) and his spans, on a day."""
    person, enrolled_on, ended_on, chosen, begins_next = who
    is_open = enrolled_on is not None and (ended_on is None or ended_on >= on)
    found: dict[Key, dict[str, ProgrammeCover]] = {}
    names: dict[Key, str] = {}
    for programme, segment, employment, project, starts, paid, due, grace, ends, articles, name in spans:
        key = (segment, employment, project)
        span = Span(programme, starts, paid, grace, tuple(articles), (), due)
        found.setdefault(key, {})[programme] = _cover(programme, segment, span, ends, on)
        names[key] = name or ""
    if is_open or not found:
        own = found.setdefault(("BPU", None, None), {})
        segment = "BPU" if enrolled_on else "PU"
        for programme in chosen if is_open else MANDATORY:
            own.setdefault(programme, _cover(programme, segment, None, None, on))
    sources = [_source(key, covers, names.get(key, "")) for key, covers in found.items()]
    return Protection(
        person=person, asked=asked, on=on, enrolled_on=enrolled_on, programmes=_best(sources),
        sources=_shown(sources), begins_next=begins_next,
    )  # fmt: skip


def _cover(programme: str, segment: str, span: Span | None, ends: dt.date | None, on: dt.date) -> ProgrammeCover:
    """What the law says this span gives on this day."""
    if segment == "BPU":
        given = standing.standing(span, on)
        if span and ends and on > ends and programme != "JHT":
            given = _ended(given, ends)
    else:
        given = protection.employed_standing(span, on=on, ends=ends)
    return ProgrammeCover(
        programme=programme,
        name=NAMES.get(programme, Text(programme, programme)),
        segment=segment,
        state=given.state,
        starts=span.starts if span else None,
        paid_until=span.paid_until if span else None,
        due_until=span.due_until if span else None,
        grace_until=span.grace_until if span else None,
        ends=ends,
        immediate=given.immediate,
        what=Text(given.what.id, given.what.en),
        notes=tuple(Text(note.id, note.en) for note in given.notes),
        articles=tuple(dict.fromkeys((*given.articles, *(span.articles if span else ())))),
    )


def _ended(given: standing.Standing, ends: dt.date) -> standing.Standing:
    day = dates.day(ends)
    said = standing.Message(OWN_ENDED.id.format(day=day.id), OWN_ENDED.en.format(day=day.en))
    return given._replace(state="ended", immediate=False, what=said, notes=())


def _source(key: Key, covers: dict[str, ProgrammeCover], name: str) -> Source:
    segment, employment, project = key
    label = Text(f"dari {name}", f"from {name}") if employment or project else OWN
    ordered = tuple(covers[programme] for programme in sorted(covers, key=_order))
    return Source(segment=segment, employment=employment, project=project, name=name, label=label, programmes=ordered)


def _order(programme: str) -> int:
    return tuple(NAMES).index(programme) if programme in NAMES else len(NAMES)


def _best(sources: Sequence[Source]) -> tuple[ProgrammeCover, ...]:
    """For each programme the source that gives most; of those that give nothing, the one that gave last."""
    by_programme: dict[str, list[ProgrammeCover]] = {}
    for source in sources:
        for cover in source.programmes:
            by_programme.setdefault(cover.programme, []).append(cover)
    return tuple(min(by_programme[name], key=_worth) for name in sorted(by_programme, key=_order))


def _worth(cover: ProgrammeCover) -> tuple[int, int]:
    last = max((day.toordinal() for day in (cover.until, cover.grace_until) if day), default=0)
    return (STATES.index(cover.state) if cover.state in COVERED else len(STATES), -last)


def _shown(sources: Sequence[Source]) -> tuple[Source, ...]:
    """What covers, best first, with what is still to be paid first; where nothing covers, also what ended last."""
    live = [one for one in sources if one.state not in ("ended", "lapsed")]
    over = sorted((one for one in sources if one not in live), key=_last, reverse=True)
    kept: Collection[Source] = live if any(one.is_covered for one in live) else [*live, *over[:1]]
    return tuple(sorted(kept, key=lambda one: (STATES.index(one.state), one.name)))


def _last(source: Source) -> dt.date:
    return source.ends or max((p.grace_until for p in source.programmes if p.grace_until), default=dt.date.min)
