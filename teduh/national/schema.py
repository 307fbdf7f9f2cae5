"""What a synthetic person is: the columns of a shard, their types, and the numbers that stand for words in them.

There is no name, NIK, phone or address here: `id` is a surrogate key and nothing leads from it to a person.
Segments and programmes are the law's own numbers (`teduh.law.codes`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from teduh.law import codes

BPU, PU, JAKON, PMI = codes.SELF_EMPLOYED, codes.WAGE_EARNER, codes.CONSTRUCTION, codes.MIGRANT
SEGMENTS = {"BPU": BPU, "PU": PU, "JAKON": JAKON, "PMI": PMI}

MALE, FEMALE = 1, 2

PAYERS = {"self": 1, "employer": 2, "government": 3, "agency": 4}
SELF, EMPLOYER, GOVERNMENT, AGENCY = PAYERS.values()

SIZES = {"none": 0, "micro": 1, "small": 2, "medium": 3, "large": 4}

SECTORS = (
    "agriculture", "fishery", "manufacturing", "construction", "trade",
    "transport", "accommodation_food", "domestic", "services",
)  # fmt: skip

#: Occupations of the self-employed, of wage earners (KBJI's major groups), on projects and abroad.
BPU_OCCUPATIONS = (
    "farmer", "fisher", "ride_hailing_driver", "other_driver", "trader", "builder",
    "artisan", "domestic_worker", "services", "freelancer",
)  # fmt: skip
BPU_SECTORS = (0, 1, 5, 5, 4, 3, 2, 7, 8, 8)
PU_OCCUPATIONS = (
    "manager", "professional", "technician", "clerk", "service_and_sales",
    "skilled_farm_worker", "craft_worker", "operator", "elementary_worker",
)  # fmt: skip
PMI_OCCUPATIONS = ("domestic_worker", "caregiver", "plantation_worker", "general_worker", "other")
PMI_SECTORS = (7, 8, 0, 2, 8)
FIRST_BPU, FIRST_PU, FIRST_JAKON, FIRST_PMI = 1, 21, 41, 51

DESTINATIONS = (
    "", "Taiwan", "Malaysia", "Hong Kong", "South Korea", "Japan",
    "Singapore", "Saudi Arabia", "Italy", "Brunei Darussalam", "Turkiye", "other",
)  # fmt: skip


class People(NamedTuple):
    """The columns of a shard, all of one length. Months are `yyyymm`; 0 where a column does not concern somebody."""

    id: np.ndarray
    segment: np.ndarray
    active: np.ndarray
    regency: np.ndarray
    district: np.ndarray
    birth: np.ndarray
    sex: np.ndarray
    occupation: np.ndarray
    sector: np.ndarray
    income: np.ndarray
    risk_class: np.ndarray
    programmes: np.ndarray
    payer: np.ndarray
    employer: np.ndarray
    employer_size: np.ndarray
    joined: np.ndarray
    paid_until: np.ndarray
    destination: np.ndarray
    contract_months: np.ndarray
    departed: np.ndarray


class Column(NamedTuple):
    """How a column is stored and what it says."""

    numpy: str
    arrow: str
    says: str


COLUMNS = {
    "id": Column("i8", "int64", "surrogate key, counting from 1"),
    "segment": Column("u1", "uint8", "law.codes: 1 BPU, 2 PU, 3 Jakon, 4 PMI"),
    "active": Column("u1", "uint8", "1 counted among the active members, 0 registered but cover has lapsed"),
    "regency": Column("i4", "int32", "where he lives: Kemendagri code without the dot; province = regency // 100"),
    "district": Column("i4", "int32", "kecamatan: Kemendagri code without dots"),
    "birth": Column("i4", "date32[day]", "date of birth, days since 1970-01-01"),
    "sex": Column("u1", "uint8", "1 male, 2 female"),
    "occupation": Column("u1", "uint8", "1.. BPU, 21.. PU (KBJI major group), 41 building, 51.. PMI"),
    "sector": Column("u1", "uint8", "1 + position in schema.SECTORS"),
    "income": Column("i8", "int64", "rupiah a month: wage, declared income (BPU, thousands) or wage abroad (PMI)"),
    "risk_class": Column("u1", "uint8", "1-5 of PP 44/2015 Annex I, from the employer; 0 for BPU and PMI"),
    "programmes": Column("u1", "uint8", "law.codes mask: 1 JKK, 2 JKM, 4 JHT, 8 JP, 16 JKP"),
    "payer": Column("u1", "uint8", "1 self, 2 employer, 3 government (APBD), 4 placing agency"),
    "employer": Column("i4", "int32", "surrogate key of the firm or project; 0 for BPU and PMI"),
    "employer_size": Column("u1", "uint8", "by workers: 1 micro, 2 small, 3 medium, 4 large; 0 for none"),
    "joined": Column("i4", "int32", "first month of membership"),
    "paid_until": Column("i4", "int32", "last month paid without a hole"),
    "destination": Column("u1", "uint8", "position in schema.DESTINATIONS; 0 at home"),
    "contract_months": Column("u1", "uint8", "of the placement abroad"),
    "departed": Column("i4", "int32", "month of departure"),
}  # fmt: skip

assert tuple(COLUMNS) == People._fields


def block(rows: int) -> np.ndarray:
    """Room for the columns after the id, one row each; every value fits 32 bits."""
    return np.empty((len(COLUMNS) - 1, rows), "i4")


def people(first: int, filled: np.ndarray) -> People:
    """A filled block as columns of their own types."""
    ids = np.arange(first, first + filled.shape[1], dtype="i8")
    types = [column.numpy for column in COLUMNS.values()][1:]
    return People(ids, *(row.astype(kind, copy=False) for row, kind in zip(filled, types, strict=True)))
