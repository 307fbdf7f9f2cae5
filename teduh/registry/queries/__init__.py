"""What the registry answers: frozen dataclasses, and a record of who asked about whom."""

from teduh.registry.queries.dossiers import Dossier, dossier
from teduh.registry.queries.groups import GroupRow, group, member_ids, sponsors_of
from teduh.registry.queries.members import (
    Known,
    Member,
    by_member_number,
    by_member_numbers,
    by_nik,
    by_nik_index,
    has_account,
    identity_of,
    known,
    lives_on_as,
    member_number,
    same_person,
)
from teduh.registry.queries.pairs import PairRow, duplicates
from teduh.registry.queries.people import Page, PersonRow, find, is_visible, own_people, rows
from teduh.registry.queries.places import (
    OccupationRow,
    RegionRow,
    find_occupation,
    find_regions,
    occupation_finder,
    occupations,
    region_names,
    region_path,
    regions,
    regions_named,
    sector_of,
)
from teduh.registry.queries.suspects import Suspicion
from teduh.registry.queries.suspects import suspects as possible_duplicates
from teduh.registry.queries.wishes import CorrectionRow, corrections, identities

__all__ = [
    "CorrectionRow", "Dossier", "GroupRow", "Known", "Member", "OccupationRow", "Page", "PairRow", "PersonRow",
    "RegionRow", "Suspicion", "by_member_number", "by_member_numbers", "by_nik", "by_nik_index", "corrections",
    "dossier", "duplicates", "find", "find_occupation", "find_regions", "group", "has_account", "identities",
    "identity_of", "is_visible", "known", "lives_on_as", "member_ids", "member_number", "occupation_finder",
    "occupations", "own_people", "possible_duplicates", "region_names", "region_path", "regions", "regions_named",
    "rows", "same_person", "sector_of", "sponsors_of",
]  # fmt: skip
