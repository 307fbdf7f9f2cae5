"""What must hold for every income, wage and month."""

from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.law import assessment, rulebook
from teduh.law.facts import Construction, Migrant, SelfEmployed, WageEarner
from teduh.law.months import Month

months = st.integers(0, 150).map(Month(2015, 7).plus)
money = st.integers(0, 60_000_000)
programmes = st.sets(st.sampled_from(["JKK", "JKM", "JHT"])).map(lambda chosen: tuple(sorted(chosen)))
quick = settings(max_examples=60, deadline=None)


def paid(facts, month):
    return assessment.amounts(facts, month)[12]


@quick
@given(money, st.sampled_from(["other", "transport"]), programmes, st.booleans(), months)
def test_lines_sum_to_the_total(income, sector, chosen, sponsored, month):
    owed = assessment.assess(SelfEmployed(income, sector, chosen, sponsored), month=month)
    assert sum(line.amount for line in owed.lines) == owed.total


@quick
@given(money, st.integers(1, 5), st.booleans(), st.booleans(), months)
def test_a_wage_earners_billed_lines_sum_to_the_total(wage, risk, jkp, labour, month):
    owed = assessment.assess(WageEarner(wage, risk, jkp_participant=jkp, labour_intensive=labour), month=month)
    assert sum(line.amount for line in owed.lines if line.payer in ("employer", "worker")) == owed.total


@quick
@given(money, st.sampled_from(["other", "transport"]), st.integers(1, 5), months)
def test_a_relief_never_raises(amount, sector, risk, month):
    assert paid(SelfEmployed(amount, sector), month) <= paid(
        SelfEmployed(amount, sector, ("JKK", "JKM"), True, False), month
    )
    full = WageEarner(amount, risk, eligible_2020=False)
    assert paid(WageEarner(amount, risk, labour_intensive=True), month) <= paid(full, month)


@quick
@given(money, money, st.integers(1, 10**11), st.integers(1, 10**11), months)
def test_more_is_never_cheaper(a, b, c, d, month):
    a, b, c, d = *sorted((a, b)), *sorted((c, d))
    assert paid(SelfEmployed(a), month) <= paid(SelfEmployed(b), month)
    assert paid(WageEarner(a), month) <= paid(WageEarner(b), month)
    assert paid(Construction(c), month) <= paid(Construction(d), month)


@quick
@given(st.integers(6, 120), st.sampled_from(["implementer", "individual"]))
def test_a_contract_split_into_package_and_excess_gives_the_same(length, route):
    p = rulebook.record(Month(2024, 1).last)
    package = max(n for n in p.pmi_package_months if n <= length)
    base = paid(Migrant(route, package), Month(2024, 1))
    assert paid(Migrant(route, length), Month(2024, 1)) == base + (length - package) * 13_500


def test_every_relieved_rate_is_exact_so_that_rounding_happens_once():
    for value in rulebook.parameters():
        if value.endswith("_payable"):
            shares = {one.number for one in rulebook.values(value)}
            p = rulebook.record(Month(2024, 1).last)
            for rate in (
                *p.jkk_rate,
                p.jkm_rate,
                *p.bpu_jkk,
                p.bpu_jkm,
                *p.jakon_jkk_rate,
                *p.jakon_jkm_rate,
            ):
                assert all(rate * share % 100 == 0 for share in shares)
