"""What an employer and a wage earner (PU) owe for a month, and what is moved inside it to JKP."""

from __future__ import annotations

from teduh.law.codes import DAILY, JHT, JKK, JKM, JKP, JP, PIECE, RATE_UNIT, WEATHER
from teduh.law.contributions.reliefs import pp_7_2025, pp_49_2020
from teduh.law.money import rounded
from teduh.law.record import Record
from teduh.law.rules import rule


@rule(
    "PP 44/2015 Pasal 19(2)-(5)",
    "PP 46/2015 Pasal 17(2)-(5)",
    id="Upah sebulan",
    en="Monthly wage",
    says_id=(
        "Upah sebulan terdiri atas upah pokok dan tunjangan tetap; upah harian dikalikan 25; upah "
        "borongan atau satuan hasil dirata-ratakan dari 3 bulan terakhir, atau 12 bulan bila bergantung "
        "pada cuaca."
    ),
)
def monthly_wage(wage: int, wage_type: int, p: Record) -> int:
    """Basic wage and fixed allowances; a daily wage times 25; piece work averaged over 3 months, or 12 by
    weather.
    """
    if wage_type == DAILY:
        return wage * p.daily_wage_days
    if wage_type == PIECE:
        return rounded(wage, p.piece_wage_months)
    if wage_type == WEATHER:
        return rounded(wage, p.weather_wage_months)
    return wage


@rule(
    "PP 44/2015 Pasal 16(1)",
    id="Iuran JKK penerima upah",
    en="JKK of a wage earner",
    says_id=(
        "Pemberi kerja membayar 0,24% sampai 1,74% dari upah sebulan menurut salah satu dari lima "
        "kelompok tingkat risiko, dikurangi keringanan yang berlaku."
    ),
)
def jkk_wage(
    wage: int,
    risk_class: int,
    eligible_2020: int,
    labour_intensive: int,
    workers: int,
    paid_on: int,
    p: Record,
) -> int:
    """The employer pays 0.24 to 1.74 % of the monthly wage by one of five risk classes, less what a relief
    takes off.
    """
    rate = pp_49_2020(p.jkk_rate[risk_class - 1], eligible_2020, p)
    rate = pp_7_2025(rate, labour_intensive, workers, paid_on, p)
    return rounded(wage * rate, RATE_UNIT)


@rule(
    "PP 44/2015 Pasal 18(1)",
    id="Iuran JKM penerima upah",
    en="JKM of a wage earner",
    says_id="Pemberi kerja membayar 0,30% dari upah sebulan, dikurangi keringanan yang berlaku.",
)
def jkm_wage(wage: int, eligible_2020: int, p: Record) -> int:
    """The employer pays 0.30 % of the monthly wage, less what a relief takes off."""
    return rounded(wage * pp_49_2020(p.jkm_rate, eligible_2020, p), RATE_UNIT)


@rule(
    "PP 46/2015 Pasal 16(1)b",
    id="Iuran JHT bagian pemberi kerja",
    en="Employer's JHT",
    says_id="Pemberi kerja membayar 3,7% dari upah sebulan; JHT tidak mengenal batas atas upah.",
)
def jht_employer(wage: int, p: Record) -> int:
    """The employer pays 3.7 % of the monthly wage; JHT knows no wage ceiling."""
    return rounded(wage * p.jht_employer_rate, RATE_UNIT)


@rule(
    "PP 46/2015 Pasal 16(1)a",
    id="Iuran JHT bagian pekerja",
    en="Worker's JHT",
    says_id="Pekerja menanggung 2% dari upah sebulan.",
)
def jht_worker(wage: int, p: Record) -> int:
    """The worker bears 2 % of the monthly wage."""
    return rounded(wage * p.jht_worker_rate, RATE_UNIT)


@rule(
    "PP 45/2015 Pasal 29(2)-(4)",
    id="Upah yang diperhitungkan untuk JP",
    en="Wage that counts for JP",
    says_id="Upah diperhitungkan untuk JP sampai dengan batas paling tinggi yang diumumkan setiap tahun.",
)
def jp_wage(wage: int, p: Record) -> int:
    """A wage counts for JP up to the ceiling that is announced each year."""
    return min(wage, p.jp_ceiling)


@rule(
    "PP 45/2015 Pasal 28(3)a",
    id="Iuran JP bagian pemberi kerja",
    en="Employer's JP",
    says_id="Pemberi kerja menanggung 2% dari upah yang diperhitungkan.",
)
def jp_employer(wage: int, p: Record) -> int:
    """The employer pays 2 % of the wage that counts."""
    return rounded(jp_wage(wage, p) * p.jp_employer_rate, RATE_UNIT)


@rule(
    "PP 45/2015 Pasal 28(3)b",
    id="Iuran JP bagian pekerja",
    en="Worker's JP",
    says_id="Pekerja menanggung 1% dari upah yang diperhitungkan.",
)
def jp_worker(wage: int, p: Record) -> int:
    """The worker bears 1 % of the wage that counts."""
    return rounded(jp_wage(wage, p) * p.jp_worker_rate, RATE_UNIT)


@rule(
    "PP 37/2021 Pasal 11(6)-(8)",
    id="Upah yang diperhitungkan untuk JKP",
    en="Wage that counts for JKP",
    says_id=(
        "Upah diperhitungkan untuk JKP sampai dengan Rp5.000.000; upah yang lebih tinggi dihitung "
        "sebesar batas atas itu."
    ),
)
def jkp_wage(wage: int, p: Record) -> int:
    """A wage counts for JKP up to Rp5,000,000; a higher one counts as the ceiling."""
    return min(wage, p.jkp_ceiling)


@rule(
    "PP 37/2021 Pasal 11(5)a",
    "PP 49/2023 Pasal 16A",
    "PP 6/2025 Pasal 11(5)",
    id="Rekomposisi JKK untuk JKP",
    en="Moved from JKK to JKP",
    says_id=(
        "Sebesar 0,14% dari upah yang diperhitungkan untuk JKP direkomposisi dari iuran JKK; tagihan "
        "pemberi kerja tidak berubah."
    ),
)
def jkp_from_jkk(wage: int, p: Record) -> int:
    """0.14 % of the wage that counts for JKP is moved out of JKK; the employer's bill stays the same."""
    return rounded(jkp_wage(wage, p) * p.jkp_from_jkk_rate, RATE_UNIT)


@rule(
    "PP 37/2021 Pasal 11(5)b",
    "PP 49/2023 Pasal 18A",
    "PP 6/2025 Pasal 11(5)",
    id="Rekomposisi JKM untuk JKP",
    en="Moved from JKM to JKP",
    says_id="Sebesar 0,10% direkomposisi dari iuran JKM sampai PP 6/2025, yang mendanai JKP dari JKK saja.",
)
def jkp_from_jkm(wage: int, p: Record) -> int:
    """0.10 % was moved out of JKM until PP 6/2025, which funds JKP from JKK alone."""
    return rounded(jkp_wage(wage, p) * p.jkp_from_jkm_rate, RATE_UNIT)


@rule(
    "PP 37/2021 Pasal 11(4)",
    "PP 6/2025 Pasal 11(4)",
    id="Iuran JKP dari Pemerintah Pusat",
    en="The State's JKP contribution",
    says_id="Pemerintah Pusat membayar 0,22% dari upah yang diperhitungkan untuk JKP.",
)
def jkp_state(wage: int, p: Record) -> int:
    """The central government pays 0.22 % of the wage that counts for JKP."""
    return rounded(jkp_wage(wage, p) * p.jkp_state_rate, RATE_UNIT)


@rule(
    "PP 44/2015 Pasal 16, 18, 19",
    "PP 45/2015 Pasal 28, 29",
    "PP 46/2015 Pasal 16, 17",
    "PP 37/2021 Pasal 11",
    id="Iuran bulanan penerima upah (PU)",
    en="Monthly contribution for a wage earner (PU)",
    says_id=(
        "Pemberi kerja membayar iuran JKK, JKM, dan bagiannya dari JHT dan JP, serta memungut dan "
        "menyetorkan bagian pekerja dari keduanya."
    ),
)
def wage_earner_bill(
    wage: int, wage_type: int, risk_class: int, programmes: int, eligible_2020: int,
    labour_intensive: int, workers: int, paid_on: int, p: Record,
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int]:  # fmt: skip
    """The employer pays JKK, JKM and his part of JHT and JP, and passes on the worker's part of them."""
    base = monthly_wage(wage, wage_type, p)
    jkk = jkm = jht_er = jht_ee = jp_er = jp_ee = from_jkk = from_jkm = state = 0
    if programmes & JKK:
        jkk = jkk_wage(base, risk_class, eligible_2020, labour_intensive, workers, paid_on, p)
    if programmes & JKM:
        jkm = jkm_wage(base, eligible_2020, p)
    if programmes & JHT:
        jht_er = jht_employer(base, p)
        jht_ee = jht_worker(base, p)
    if programmes & JP:
        jp_er = jp_employer(base, p)
        jp_ee = jp_worker(base, p)
    if programmes & JKP and p.jkp_state_rate > 0:
        from_jkk = jkp_from_jkk(base, p)
        from_jkm = jkp_from_jkm(base, p)
        state = jkp_state(base, p)
    total = jkk + jkm + jht_er + jht_ee + jp_er + jp_ee
    return jkk, jkm, jht_er, jht_ee, jp_er, jp_ee, from_jkk, from_jkm, state, 0, 0, 0, total, 0
