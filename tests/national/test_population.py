"""The synthetic population follows the published figures, and is the same whoever makes it."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from teduh.core.errors import Refused
from teduh.law.months import Month
from teduh.national import compare, population, published, schema

PEOPLE = 200_000
CSV = Path(published.__file__).parent / "data" / "coverage-statistics.csv"


@pytest.fixture(scope="module")
def people() -> schema.People:
    return population.people(population.Spec(people=PEOPLE, seed=7))


def figure(*key: str) -> float:
    """A published figure, read here and not by the code under test."""
    with CSV.open(newline="") as file:
        return next(float(row[4]) for row in csv.reader(file) if row[:4] == list(key))


def share_is(count: int, of: int, part: float) -> None:
    assert abs(count - of * part) < 4.5 * (of * part * (1 - part)) ** 0.5, (count / of, part)


def test_as_many_people_as_asked_for_each_with_an_own_key(people):
    assert len(people.id) == PEOPLE
    assert np.array_equal(people.id, np.arange(1, PEOPLE + 1))


def test_the_segments_of_active_members_are_those_of_april_2025(people):
    active = people.active == 1
    figures = {name: figure("active_participants", name, "Indonesia", "2025-04") for name in schema.SEGMENTS}
    for name, number in schema.SEGMENTS.items():
        count = int((people.segment[active] == number).sum())
        share_is(count, int(active.sum()), figures[name] / sum(figures.values()))


def test_as_many_have_lapsed_as_published(people):
    for name in ("PU", "BPU"):
        lapsed = figure("inactive_participants", name, "Indonesia", "2023-12")
        own = people.segment == schema.SEGMENTS[name]
        part = lapsed / (lapsed + figure("active_participants", name, "Indonesia", "2025-04"))
        share_is(int((people.active[own] == 0).sum()), int(own.sum()), part)


def test_one_in_fourteen_self_employed_saves_for_old_age_and_three_in_ten_are_sponsored(people):
    bpu = people.segment == schema.BPU
    saved = figure("active_participants_by_programme", "JHT_BPU", "Indonesia", "2023-12")
    share_is(
        int((people.programmes[bpu] & 4 > 0).sum()),
        int(bpu.sum()),
        saved / figure("active_participants", "BPU", "Indonesia", "2023-12"),
    )
    share_is(int((people.payer[bpu] == schema.GOVERNMENT).sum()), int(bpu.sum()), 0.30)


def test_migrants_are_where_the_published_shares_say(people):
    abroad = people.destination[people.segment == schema.PMI]
    for land in ("Taiwan", "Malaysia", "Hong Kong", "South Korea", "Japan"):
        part = figure("share_of_active_PMI_participants", "PMI", land, "2024-06") / 100
        share_is(int((abroad == schema.DESTINATIONS.index(land)).sum()), len(abroad), part)


def test_every_published_share_is_met_within_what_chance_allows(people):
    checks = compare.checks(compare.tally(people), everywhere=True, active_only=False)
    assert len(checks) > 120
    assert {check.what: check.sigmas for check in checks if abs(check.sigmas) > 4.5} == {}


def test_four_in_five_firms_are_micro_and_there_are_as_many_as_published(people):
    own = (people.segment == schema.PU) & (people.active == 1)
    firms, first = np.unique(people.employer[own], return_index=True)
    micro = int((people.employer_size[own][first] == schema.SIZES["micro"]).sum())
    per_member = figure("active_employers", "PU", "Indonesia", "2025-02") / figure(
        "active_participants", "PU", "Indonesia", "2025-02"
    )
    expected = per_member * int(own.sum())
    assert abs(len(firms) - expected) < 0.05 * expected
    few = figure("active_employers", "PU_micro", "Indonesia", "2025-02")
    assert abs(micro / len(firms) - few / figure("active_employers", "PU", "Indonesia", "2025-02")) < 0.03


def test_all_who_work_for_a_firm_share_its_sector_risk_class_size_and_province(people):
    own = people.segment == schema.PU
    traits = np.stack([
        people.employer, people.sector, people.risk_class, people.employer_size, people.regency // 100
    ])[:, own]  # fmt: skip
    assert len(np.unique(traits, axis=1).T) == len(np.unique(traits[0]))


def test_wages_reach_the_minimum_of_the_province_except_in_micro_firms(people):
    least = np.zeros(100, "i8")
    for code, wage in published.minimum_wages().items():
        least[int(code)] = wage
    own = (people.segment == schema.PU) & (people.employer_size > 1)
    assert (people.income[own] >= least[people.regency[own] // 100]).all()
    bpu = people.income[people.segment == schema.BPU]
    assert (bpu % 1000 == 0).all()
    assert bpu.min() >= 500_000


def test_months_are_in_order_and_nobody_joined_as_a_child(people):
    month = population.MONTH.number
    assert (people.joined <= people.paid_until).all()
    assert (people.joined <= month).all()
    joined = people.joined // 100 * 12 + people.joined % 100 - 1
    born = 1970 * 12 + people.birth.astype("i8") * 48 // 1461
    lapsed = people.active == 0
    assert (joined - born >= 18 * 12 - 1)[~lapsed].all()
    serial = people.paid_until // 100 * 12 + people.paid_until % 100 - 1
    assert (serial[lapsed] <= population.MONTH.serial - 4).all()


def test_placements_are_the_migrants_own(people):
    abroad = people.segment == schema.PMI
    for column in (people.destination, people.contract_months, people.departed):
        assert (column[abroad] > 0).all()
        assert (column[~abroad] == 0).all()
    assert (people.employer[(people.segment == schema.BPU) | abroad] == 0).all()
    assert (people.risk_class[people.segment == schema.PU] >= 1).all()


def test_every_district_lies_in_its_regency(people):
    assert (people.district // 100 == people.regency).all()
    known = {district for parts in published.districts().values() for district in parts}
    assert set(people.district.tolist()) <= known


def test_no_column_could_lead_to_a_person():
    assert not re.search(r"nik|name|phone|address|mail", " ".join(schema.COLUMNS), re.IGNORECASE)


def made(folder: Path, **how) -> dict:
    spec = population.Spec(people=30_000, seed=how.pop("seed", 7))
    return population.simulate(spec, folder=folder, **how)


def test_neither_workers_nor_shards_change_a_person(tmp_path):
    one = made(tmp_path / "one", shard_rows=30_000, workers=1)
    many = made(tmp_path / "many", shard_rows=7_001, workers=2)
    assert (one["checksum"], one["sums"], one["stamp"]) == (many["checksum"], many["sums"], many["stamp"])
    assert [shard["rows"] for shard in many["shards"]] == [7_001] * 4 + [1_996]
    rows = [pq.read_table(tmp_path / "many" / shard["file"]) for shard in many["shards"]]
    whole = pq.read_table(tmp_path / "one" / "people-00000.parquet")
    assert whole.equals(type(whole).from_batches([batch for part in rows for batch in part.to_batches()]))


def test_the_same_seed_makes_the_same_files_and_another_seed_other_people(tmp_path):
    hashes = [made(tmp_path / name, shard_rows=10_000, workers=1)["shards"] for name in ("a", "b")]
    assert hashes[0] == hashes[1]
    assert made(tmp_path / "c", shard_rows=10_000, workers=1, seed=8)["checksum"] != sum(
        int(shard["checksum"], 16) for shard in hashes[0]
    )


def test_the_manifest_says_what_is_in_the_files(tmp_path):
    manifest = made(tmp_path, shard_rows=10_000, workers=1)
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest
    tables = [pq.read_table(tmp_path / shard["file"]) for shard in manifest["shards"]]
    assert sum(table.num_rows for table in tables) == manifest["rows"] == 30_000
    for name in ("income", "employer", "paid_until"):
        assert sum(int(table[name].to_numpy().sum(dtype="i8")) for table in tables) == manifest["sums"][name]
    assert [(field.name, str(field.type)) for field in tables[0].schema] == [
        (column["name"], column["type"]) for column in manifest["schema"]
    ]


def test_a_finished_shard_is_left_alone_and_a_damaged_one_is_made_again(tmp_path):
    before = made(tmp_path, shard_rows=10_000, workers=1)
    first, second, third = (tmp_path / shard["file"] for shard in before["shards"])
    second.write_bytes(second.read_bytes()[:-100])
    third.unlink()
    kept = first.stat().st_mtime_ns
    assert made(tmp_path, shard_rows=10_000, workers=1) == before
    assert first.stat().st_mtime_ns == kept


def test_another_population_in_the_same_folder_leaves_nothing_of_the_first(tmp_path):
    made(tmp_path, shard_rows=5_000, workers=1)
    other = tmp_path / "people-99999.parquet"
    other.write_text("somebody's own file")
    manifest = made(tmp_path, shard_rows=15_000, workers=1, seed=9)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {shard["file"] for shard in manifest["shards"]} | {"manifest.json", other.name}


def test_one_regency_alone_has_only_its_own_people():
    people = population.people(population.Spec(people=3_000, seed=1, regency=3301))
    assert set(people.regency.tolist()) == {3301}
    assert set(people.district.tolist()) == set(published.districts()[3301])
    assert set(people.segment.tolist()) == set(schema.SEGMENTS.values())


def test_active_members_alone_have_nobody_whose_cover_lapsed():
    people = population.people(population.Spec(people=3_000, seed=1, active_only=True))
    assert people.active.all()


@pytest.mark.parametrize(
    "asked", [{"people": 0, "seed": 1}, {"people": 5, "seed": -1}, {"people": 5, "seed": 1, "regency": 3399}]
)
def test_what_cannot_be_made_is_refused_in_words(asked):
    with pytest.raises(Refused) as refused:
        population.Spec(**asked)
    assert refused.value.what.id
    assert refused.value.what.en


def test_another_month_moves_cover_but_not_the_people():
    april, july = (
        population.people(population.Spec(people=2_000, seed=1, month=month))
        for month in (Month(2026, 4), Month(2026, 7))
    )
    assert np.array_equal(april.income, july.income)
    assert np.array_equal(april.employer, july.employer)
    assert july.paid_until.max() > april.paid_until.max()
