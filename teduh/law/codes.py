"""Whole numbers that stand for words inside rules and columns; the words themselves live in `facts`."""

# Segments.
SELF_EMPLOYED = 1  # BPU
WAGE_EARNER = 2  # PU
CONSTRUCTION = 3  # Jakon
MIGRANT = 4  # PMI

# Programmes, as bits of a mask.
JKK = 1
JKM = 2
JHT = 4
JP = 8
JKP = 16

# Sectors of the self-employed that a relief tells apart.
OTHER = 0
TRANSPORT = 1

# How a wage is reckoned.
MONTHLY = 0
DAILY = 1
PIECE = 2  # the sum of the last 3 months comes in
WEATHER = 3  # the sum of the last 12 months comes in

# Routes and stages of a migrant worker.
IMPLEMENTER = 0
INDIVIDUAL = 1
ALL_STAGES = 0
BEFORE = 1
DURING = 2
EXTENSION = 3

# An exact rate is a whole number of ten-millionths: 0.24 % is 24,000.
RATE_UNIT = 10_000_000

# An index of prices is a whole number of thousand-millionths.
INDEX_UNIT = 1_000_000_000

# A rule that finds no text to answer from gives one of these instead of an amount.
MISSING = -9
TOO_EARLY = -1
UNDER_SIX_MONTHS = -2
OVER_FLAT_MONTHS = -3
EXTENSION_BEFORE_2023 = -4
NOT_A_TIER = -5
NO_BASIS = -6

SEGMENTS = {
    "self_employed": SELF_EMPLOYED,
    "wage_earner": WAGE_EARNER,
    "construction": CONSTRUCTION,
    "migrant": MIGRANT,
}
PROGRAMMES = {"JKK": JKK, "JKM": JKM, "JHT": JHT, "JP": JP, "JKP": JKP}
SECTORS = {"other": OTHER, "transport": TRANSPORT}
WAGE_TYPES = {"monthly": MONTHLY, "daily": DAILY, "piece": PIECE, "weather": WEATHER}
ROUTES = {"implementer": IMPLEMENTER, "individual": INDIVIDUAL}
STAGES = {"all": ALL_STAGES, "before": BEFORE, "during": DURING, "extension": EXTENSION}

# What every segment's rule returns, in this order: whole rupiah, or a refusal in the last place.
BILL = (
    "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker",
    "jkp_from_jkk", "jkp_from_jkm", "jkp_state", "before", "during", "extension", "total", "refused",
)  # fmt: skip


def mask(programmes: tuple[str, ...]) -> int:
    """The programmes of a person as one number."""
    total = 0
    for name in programmes:
        total |= PROGRAMMES[name]
    return total
