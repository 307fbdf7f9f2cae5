"""The same rules for OpenFisca-Core, the usual engine of the field: a variable for a rule, a parameter for a value.

All four segments with their reliefs, dates and limits, as a country package would write them: dated parameters, one
formula over arrays for each of our rules. The parameters' values are our rulebook's, so both know the same. What is not
repeated: the codes for refusals. `nation.py` measures it beside ours and counts the totals that floats get wrong.
"""

from __future__ import annotations

import time

import numpy as np
from numpy import minimum, where
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.taxscales import SingleAmountTaxScale
from openfisca_core.variables import Variable

from teduh.law import codes, rulebook
from teduh.law.months import Month
from teduh.law.record import Record

MONTH = Month(2026, 4)
RATE = codes.RATE_UNIT
Person = build_entity("person", "persons", "", is_person=True)
INPUTS = ("segment", "income", "wages", "risk_class", "programmes", "sector", "paid_by_government", "wage_type",
          "eligible_2020", "labour_intensive", "workers", "paid_on", "route", "stage", "contract_months",
          "extension_months", "jht_monthly")  # fmt: skip
FORMULAS = []


def formula(function):
    """A variable of a month, computed by this function."""
    FORMULAS.append(function)
    return function


def parameters() -> ParameterNode:
    """Every value of the rulebook with its dates; a list is a node with a child for each place."""
    data = {}
    for name in Record._fields:
        found = rulebook.values(name)
        if isinstance(found[0].number, tuple):
            places = range(len(found[0].number))
            data[name] = {f"at{k}": {"values": {str(v.since): v.number[k] for v in found}} for k in places}
        else:
            data[name] = {"values": {str(v.since): v.number for v in found}}
    return ParameterNode("", data=data)


def scale(p, bounds: str, amounts: str) -> SingleAmountTaxScale:
    """A table of the law: from a bound on, an amount."""
    made = SingleAmountTaxScale()
    for k in range(len(rulebook.values(bounds)[0].number)):
        made.add_bracket(getattr(getattr(p, bounds), f"at{k}"), getattr(getattr(p, amounts), f"at{k}"))
    return made


def held(person, period, bit):
    return (person("programmes", period).astype(int) & bit) > 0


def is_(person, period, segment):
    return person("segment", period) == segment


@formula
def monthly_wage(person, period, parameters):
    p, kind, wage = parameters(period), person("wage_type", period), person("income", period)
    piece = where(kind == codes.PIECE, wage / p.piece_wage_months, wage / p.weather_wage_months)
    daily = where(kind == codes.DAILY, wage * p.daily_wage_days, piece)
    return np.round(where(kind == codes.MONTHLY, wage, daily))


@formula
def relief_2020(person, period, parameters):
    return where(person("eligible_2020", period) > 0, parameters(period).pp_49_2020_payable / 100, 1)


@formula
def relief_2025(person, period, parameters):
    p = parameters(period)
    large = person("workers", period) >= p.pp_7_2025_min_workers
    in_time = person("paid_on", period) <= p.pp_7_2025_settle_by
    return where((person("labour_intensive", period) > 0) * large * in_time, p.pp_7_2025_payable / 100, 1)


@formula
def relief_own(person, period, parameters):
    p, transport = parameters(period), person("sector", period) == codes.TRANSPORT
    payable = where(transport, p.pp_50_2025_transport_payable, p.pp_50_2025_other_payable) / 100
    return where(person("paid_by_government", period) > 0, 1, payable) * person("relief_2020", period)


@formula
def jkk_wage(person, period, parameters):
    rates = parameters(period).jkk_rate
    rate = np.select([person("risk_class", period) == k + 1 for k in range(5)], [rates[f"at{k}"] for k in range(5)])
    reliefs = person("relief_2020", period) * person("relief_2025", period)
    return np.round(person("monthly_wage", period) * rate / RATE * reliefs)


@formula
def jkm_wage(person, period, parameters):
    rate = parameters(period).jkm_rate / RATE
    return np.round(person("monthly_wage", period) * rate * person("relief_2020", period))


@formula
def jkk_own(person, period, parameters):
    table = scale(parameters(period), "bpu_income_from", "bpu_jkk")
    return np.round(table.calc(person("income", period)) * person("relief_own", period))


@formula
def jkm_own(person, period, parameters):
    return np.round(parameters(period).bpu_jkm * person("relief_own", period))


@formula
def jht_own(person, period, parameters):
    return scale(parameters(period), "bpu_income_from", "bpu_jht").calc(person("income", period))


def _by_slices(person, period, p, rates):
    value, bounds = person("income", period), p.jakon_slice_from
    count = len(rulebook.values("jakon_slice_from")[0].number)
    total = 0
    for k in range(count):
        upper = minimum(value, bounds[f"at{k + 1}"]) if k + 1 < count else value
        total = total + np.maximum(0, upper - bounds[f"at{k}"]) * (rates[f"at{k}"] / RATE)
    return total


@formula
def jkk_project(person, period, parameters):
    p, wages = parameters(period), person("wages", period)
    by_value = _by_slices(person, period, p, p.jakon_jkk_rate)
    return np.round(where(wages > 0, wages * (p.jakon_wage_jkk_rate / RATE), by_value) * person("relief_2020", period))


@formula
def jkm_project(person, period, parameters):
    p, wages = parameters(period), person("wages", period)
    by_value = _by_slices(person, period, p, p.jakon_jkm_rate)
    return np.round(where(wages > 0, wages * (p.jakon_wage_jkm_rate / RATE), by_value) * person("relief_2020", period))


@formula
def jkk(person, period, parameters):
    hired = where(is_(person, period, codes.WAGE_EARNER), person("jkk_wage", period), person("jkk_own", period))
    own = hired * held(person, period, codes.JKK)
    found = where(is_(person, period, codes.CONSTRUCTION), person("jkk_project", period), own)
    return found * ~is_(person, period, codes.MIGRANT)


@formula
def jkm(person, period, parameters):
    hired = where(is_(person, period, codes.WAGE_EARNER), person("jkm_wage", period), person("jkm_own", period))
    own = hired * held(person, period, codes.JKM)
    found = where(is_(person, period, codes.CONSTRUCTION), person("jkm_project", period), own)
    return found * ~is_(person, period, codes.MIGRANT)


@formula
def jht_employer(person, period, parameters):
    who = is_(person, period, codes.WAGE_EARNER) * held(person, period, codes.JHT)
    return np.round(person("monthly_wage", period) * (parameters(period).jht_employer_rate / RATE)) * who


@formula
def jht_migrant(person, period, parameters):
    tiers, chosen = parameters(period).pmi_jht_tiers, person("jht_monthly", period)
    known = sum(chosen == tiers[f"at{k}"] for k in range(len(rulebook.values("pmi_jht_tiers")[0].number)))
    return chosen * (known > 0)


@formula
def jht_member(person, period, parameters):
    hired = np.round(person("monthly_wage", period) * (parameters(period).jht_worker_rate / RATE))
    own = where(is_(person, period, codes.WAGE_EARNER), hired, person("jht_own", period)) * held(
        person, period, codes.JHT
    )
    abroad = where(is_(person, period, codes.MIGRANT), person("jht_migrant", period), own)
    return abroad * ~is_(person, period, codes.CONSTRUCTION)


@formula
def jp_wage(person, period, parameters):
    return minimum(person("monthly_wage", period), parameters(period).jp_ceiling)


@formula
def jp_employer(person, period, parameters):
    who = is_(person, period, codes.WAGE_EARNER) * held(person, period, codes.JP)
    return np.round(person("jp_wage", period) * (parameters(period).jp_employer_rate / RATE)) * who


@formula
def jp_worker(person, period, parameters):
    who = is_(person, period, codes.WAGE_EARNER) * held(person, period, codes.JP)
    return np.round(person("jp_wage", period) * (parameters(period).jp_worker_rate / RATE)) * who


@formula
def jkp_wage(person, period, parameters):
    who = is_(person, period, codes.WAGE_EARNER) * held(person, period, codes.JKP)
    return minimum(person("monthly_wage", period), parameters(period).jkp_ceiling) * who


@formula
def jkp_from_jkk(person, period, parameters):
    return np.round(person("jkp_wage", period) * (parameters(period).jkp_from_jkk_rate / RATE))


@formula
def jkp_from_jkm(person, period, parameters):
    return np.round(person("jkp_wage", period) * (parameters(period).jkp_from_jkm_rate / RATE))


@formula
def jkp_state(person, period, parameters):
    return np.round(person("jkp_wage", period) * (parameters(period).jkp_state_rate / RATE))


@formula
def before(person, period, parameters):
    stage = person("stage", period)
    asked = (stage == codes.ALL_STAGES) + (stage == codes.BEFORE)
    placed = (person("route", period) == codes.IMPLEMENTER) * asked
    return placed * is_(person, period, codes.MIGRANT) * parameters(period).pmi_before_fee


@formula
def package(person, period, parameters):
    p, months = parameters(period), person("contract_months", period)
    fee = scale(p, "pmi_package_months", "pmi_package_fee").calc(months)
    begun = scale(p, "pmi_package_months", "pmi_package_months").calc(months)
    return where(begun > 0, fee + (months - begun) * p.pmi_excess_month, 0)


@formula
def during(person, period, parameters):
    stage = person("stage", period)
    asked = (stage == codes.ALL_STAGES) + (stage == codes.DURING)
    return person("package", period) * is_(person, period, codes.MIGRANT) * asked


@formula
def extension(person, period, parameters):
    asked = is_(person, period, codes.MIGRANT) * (person("stage", period) == codes.EXTENSION)
    return person("extension_months", period) * parameters(period).pmi_extension_month * asked


@formula
def total(person, period, parameters):
    names = ("jkk", "jkm", "jht_employer", "jht_member", "jp_employer", "jp_worker", "before", "during", "extension")
    return sum(person(name, period) for name in names)


#: Asked of both engines: our columns, and their names there.
ASKED = {name: {"jht_worker": "jht_member"}.get(name, name) for name in codes.BILL[:-1]}


def system() -> TaxBenefitSystem:
    """The law as OpenFisca holds it."""
    found = TaxBenefitSystem([Person])
    found.parameters = parameters()
    common = {"value_type": float, "entity": Person, "definition_period": DateUnit.MONTH}
    for name in INPUTS:
        found.add_variable(type(name, (Variable,), common | {"label": name}))
    for one in FORMULAS:
        found.add_variable(type(one.__name__, (Variable,), common | {"label": one.__name__, "formula": one}))
    return found


def seconds(engine: TaxBenefitSystem, columns: dict[str, np.ndarray]) -> tuple[float, dict[str, np.ndarray]]:
    """Seconds from columns in memory to every amount, and the amounts by our names. The system is built before."""
    began = time.perf_counter()
    simulation = Simulation(engine, engine.instantiate_entities())
    for population in simulation.populations.values():
        population.count = len(columns["segment"])
    for name in INPUTS:
        simulation.set_input(name, str(MONTH), columns[name].astype(np.float32))
    found = {ours: simulation.calculate(theirs, str(MONTH)) for ours, theirs in ASKED.items()}
    return time.perf_counter() - began, found
