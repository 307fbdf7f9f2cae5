"""Puts a person's spans together: what the law says of each source on a day, and which source counts."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from teduh.core import dates
from teduh.core.text import Text
from teduh.coverage.protection import COVERED, MANDATORY, NAMES, STATES, ProgrammeCover, Protection, Source
from teduh.law import placement_standing, protection, standing
from teduh.law.messages import Message, Note
from teduh.law.protection import Span

OWN = Text("mandiri", "self-employed")
OWN_ENDED = Text(
    "Kepesertaan mandiri berakhir {day}, perlindungannya berakhir bersamanya.",
    "The self-employed membership ended on {day}, and its cover with it.",
)
BETWEEN = "\x1f"
#: A person's key of a source: segment, employment, project, placement.
Key = tuple[str, int | None, int | None, int | None]


def assemble(*, asked: int, who: tuple[Any, ...], spans: Sequence[tuple], on: dt.date) -> Protection:
    """A person (number, enrolled on, enrolment ended on, its programmes, cover begins next, his placements as `_places`
    reads them) and his spans, on a day."""
    person, enrolled_on, ended_on, chosen, begins_next, placements = who
    is_open = enrolled_on is not None and (ended_on is None or ended_on >= on)
    found: dict[Key, dict[str, ProgrammeCover]] = {}
    places = _places(placements) if placements else {}
    names: dict[Key, str] = {}
    for programme, segment, *ids, phase, starts, paid, due, grace, ends, articles, name in spans:
        key = (segment, *ids)
        span = Span(programme, starts, paid, grace, tuple(articles), (), due)
        found.setdefault(key, {})[programme] = _cover(programme, segment, span, ends, on, phase)
        names[key] = name or ""
    if placed := next((number for number, (open_still, _) in reversed(places.items()) if open_still), None):
        _wait(found, placed, on)
    if is_open or not found:
        own = found.setdefault(("BPU", None, None, None), {})
        segment = "BPU" if enrolled_on else "PU"
        for programme in chosen if is_open else MANDATORY:
            own.setdefault(programme, _cover(programme, segment, None, None, on))
    sources = [_source(key, covers, names.get(key, ""), places) for key, covers in found.items()]
    return Protection(
        person=person, asked=asked, on=on, enrolled_on=enrolled_on, programmes=_best(sources),
        sources=_shown(sources), begins_next=begins_next,
    )  # fmt: skip


@functools.lru_cache(maxsize=1_000)
def _text(said: Message | Note) -> Text:
    """The law's words as a door shows them; there are few, and each is said to many."""
    return Text(said.id, said.en)


@functools.lru_cache(maxsize=1_000)
def _once(*articles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in articles for name in some))


def _places(placements: Sequence[str]) -> dict[int, tuple[bool, Text]]:
    """Placements by number: whether it is open, and its destination in both languages, as `queries` reads them."""
    read = (one.split(BETWEEN) for one in placements)
    return {
        int(number): (is_open == "1", Text(*names))
        for number, is_open, *names in sorted(read, key=lambda one: int(one[0]))
    }


def _wait(found: dict[Key, dict[str, ProgrammeCover]], placement: int, on: dt.date) -> None:
    """What an open placement does not give yet is said too: nothing before it is paid, JKK not before an individual's
    departure."""
    covers = found.setdefault(("PMI", None, None, placement), {})
    if not covers or any(cover.is_covered for cover in covers.values()):
        phase = next((cover.phase for cover in covers.values()), "")
        for programme in MANDATORY:
            covers.setdefault(programme, _cover(programme, "PMI", None, None, on, phase))


def _cover(
    programme: str, segment: str, span: Span | None, ends: dt.date | None, on: dt.date, phase: str = ""
) -> ProgrammeCover:
    """What the law says this span gives on this day."""
    if segment == "PMI":
        given = placement_standing.standing(span, phase=phase, on=on)
    elif segment == "BPU":
        given = standing.standing(span, on)
        if span and ends and on > ends and programme != "JHT":
            given = _ended(given, ends)
    else:
        given = protection.employed_standing(span, on=on, ends=ends)
    return ProgrammeCover(
        programme=programme,
        name=NAMES.get(programme) or Text(programme, programme),
        segment=segment,
        phase=phase,
        state=given.state,
        starts=span.starts if span else None,
        paid_until=span.paid_until if span else None,
        due_until=span.due_until if span else None,
        grace_until=span.grace_until if span else None,
        ends=ends,
        immediate=given.immediate,
        what=_text(given.what),
        notes=tuple(map(_text, given.notes)),
        articles=_once(given.articles, span.articles if span else ()),
    )


def _ended(given: standing.Standing, ends: dt.date) -> standing.Standing:
    day = dates.day(ends)
    said = standing.Message(OWN_ENDED.id.format(day=day.id), OWN_ENDED.en.format(day=day.en))
    return given._replace(state="ended", immediate=False, what=said, notes=())


def _source(
    key: Key, covers: dict[str, ProgrammeCover], name: str, places: Mapping[int, tuple[bool, Text]]
) -> Source:  # fmt: skip
    segment, employment, project, placement = key
    label = Text(f"dari {name}", f"from {name}") if employment or project else OWN
    if placement:
        place = places[placement][1] if placement in places else Text("luar negeri", "another country")
        name = place.id
        label = Text(f"sebagai pekerja migran di {place.id}", f"as a migrant worker in {place.en}")
    ordered = tuple(covers[programme] for programme in sorted(covers, key=_order))
    return Source(segment=segment, employment=employment, project=project, placement=placement, name=name,
                  label=label, programmes=ordered)  # fmt: skip


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
    if cover.segment == "PMI" and cover.state == "never":  # a placement that waits to be paid comes before what is over
        last = dt.date.max.toordinal()
    return (STATES.index(cover.state) if cover.state in COVERED else len(STATES), -last)


def _shown(sources: Sequence[Source]) -> tuple[Source, ...]:
    """What covers, best first, with what is still to be paid first; where nothing covers, also what ended last."""
    live = [one for one in sources if one.state not in ("ended", "lapsed")]
    over = sorted((one for one in sources if one not in live), key=_last, reverse=True)
    kept: Collection[Source] = live if any(one.is_covered for one in live) else [*live, *over[:1]]
    return tuple(sorted(kept, key=lambda one: (STATES.index(one.state), one.is_partial, one.name)))


def _last(source: Source) -> dt.date:
    return source.ends or max((p.grace_until for p in source.programmes if p.grace_until), default=dt.date.min)
