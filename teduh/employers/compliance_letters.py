"""Letters of a case as they are printed: formal Bahasa with the articles and how to settle, English beside it.

Pure: a case, its step with what it rested on, out come paragraphs. Nothing of a worker's report can come in here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from teduh.core import dates
from teduh.core.text import Text, rupiah
from teduh.employers.compliance import CaseRow, StepRow
from teduh.employers.models import StepKind
from teduh.law import sanctions
from teduh.law.months import Month

CODE_OF = {
    StepKind.FIRST_WARNING: "TT1", StepKind.SECOND_WARNING: "TT2", StepKind.FINE: "DA", StepKind.SERVICES: "TMP",
    StepKind.REFERRED: "PNK", StepKind.LIFTED: "CS", StepKind.CLOSED: "TP",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its number, to whom, what it says in order, and tables of sums and codes."""

    number: str
    on: dt.date
    to: str
    npp: str
    subject: Text
    paragraphs: tuple[Text, ...]
    months: tuple[tuple[Text, int], ...]
    total: int
    missing: tuple[Text, ...]
    fine: tuple[dict[str, Any], ...]
    codes: tuple[dict[str, Any], ...]
    how: tuple[Text, ...]
    articles: tuple[str, ...]
    signed: str
    agreed: str | None


def letter(*, case: CaseRow, step: StepRow) -> Letter:
    """The letter of a step, as it was true on the day of the step."""
    facts = step.facts
    months = tuple((dates.month(Month.parse(name)), amount) for name, amount in sorted(facts.get("months", {}).items()))
    codes = tuple(([facts["fine_bill"]] if "fine_bill" in facts else []) + list(facts.get("codes", ())))
    ended = step.kind in (StepKind.CLOSED, StepKind.LIFTED)
    return Letter(
        number=f"{case.number}/{CODE_OF[StepKind(step.kind)]}/{step.id}/{step.on.year}",
        on=step.on, to=case.employer_name, npp=case.npp, subject=step.name,
        paragraphs=tuple(_paragraphs(case, step)),
        months=() if ended else months, total=0 if ended else sum(facts.get("arrears", {}).values()),
        missing=() if ended else tuple(dates.month(Month.parse(name)) for name in facts.get("missing", ())),
        fine=tuple(facts.get("fine", ())), codes=() if ended else codes,
        how=() if ended else tuple(_how(step)), articles=tuple(dict.fromkeys((*case.duty.articles, *step.articles))),
        signed=step.by, agreed=step.approved_by,
    )  # fmt: skip


def _paragraphs(case: CaseRow, step: StepRow) -> Iterator[Text]:
    on = dates.day(step.on)
    duty = f"{_low(case.what.id).rstrip('.')} ({', '.join(case.duty.articles)})"
    duty_en = f"{_low(case.what.en).rstrip('.')} ({', '.join(case.duty.articles)})"
    if step.kind not in (StepKind.CLOSED, StepKind.LIFTED):
        yield Text(
            f"Berdasarkan pengawasan dan pemeriksaan atas kepatuhan dalam penyelenggaraan jaminan sosial sebagaimana "
            f"dimaksud dalam Pasal 13 Peraturan Pemerintah Nomor 86 Tahun 2013, sampai dengan tanggal {on.id} kami "
            f"mencatat ketidakpatuhan berikut pada perusahaan Saudara: {duty}.",
            "Following our supervision of compliance under Article 13 of Government Regulation 86 of 2013, as of "
            f"{on.en} we note this non-compliance: {duty_en}.",
        )
    yield from BODY[StepKind(step.kind)](step)
    if step.kind not in (StepKind.CLOSED, StepKind.LIFTED):
        yield Text(
            "Apabila kewajiban telah Saudara penuhi sebelum surat ini diterima, mohon sampaikan "
            "buktinya kepada "
            "kami agar perkara ini segera ditutup. Terima kasih atas perhatian dan kerja sama Saudara.",
            "If you fulfilled this duty before you received this letter, please send us proof, so that the case can be "
            "closed at once. Thank you for your attention and cooperation.",
        )


def _first(step: StepRow) -> Iterator[Text]:
    until = _until(step)
    yield Text(
        "Sehubungan dengan hal tersebut, berdasarkan Pasal 6 dan Pasal 10 ayat (1) Peraturan Pemerintah Nomor 86 Tahun "
        f"2013, kami mengenakan TEGURAN TERTULIS PERTAMA. Saudara diberi waktu paling lama 10 (sepuluh) hari kerja, "
        f"yaitu sampai dengan tanggal {until.id}, untuk memenuhi kewajiban Saudara.",
        "We therefore give you this FIRST WRITTEN WARNING under Articles 6 and 10(1) of Government Regulation 86 "
        "of 2013. "
        f"You have at most 10 working days, that is until {until.en}, to fulfil the duty.",
    )
    yield Text(
        "Apabila sampai dengan tanggal tersebut kewajiban belum dilaksanakan, kami akan mengenakan teguran "
        "tertulis kedua "
        "(Pasal 10 ayat (2)).",
        "If the duty is not fulfilled by that day, a second written warning follows (Article 10(2)).",
    )


def _second(step: StepRow) -> Iterator[Text]:
    until = _until(step)
    yield Text(
        "Jangka waktu teguran tertulis pertama telah berakhir dan kewajiban tersebut belum dilaksanakan. "
        "Berdasarkan Pasal "
        "10 ayat (2) Peraturan Pemerintah Nomor 86 Tahun 2013, kami mengenakan TEGURAN TERTULIS KEDUA untuk "
        "jangka waktu "
        f"paling lama 10 (sepuluh) hari kerja, yaitu sampai dengan tanggal {until.id}.",
        "The time of the first warning is over and the duty is not fulfilled. Under Article 10(2) of Government "
        "Regulation "
        f"86 of 2013 we give you this SECOND WRITTEN WARNING, for at most 10 working days, that is until {until.en}.",
    )
    yield Text(
        "Apabila setelah jangka waktu tersebut kewajiban belum dilaksanakan, dapat dikenakan denda sebesar 0,1% "
        "(nol koma "
        "satu persen) setiap bulan dari iuran yang seharusnya dibayar (Pasal 10 ayat (3) dan ayat (4)).",
        "If the duty is not fulfilled after that, a fine of 0.1 % a month of the contributions that should have "
        "been paid "
        "may follow (Article 10(3) and (4)).",
    )


def _fine(step: StepRow) -> Iterator[Text]:
    amount = rupiah(step.amount or 0)
    until = _until(step)
    yield Text(
        "Teguran tertulis kedua telah berakhir dan kewajiban tersebut belum dilaksanakan. Berdasarkan Pasal 7 "
        "dan Pasal 10 "
        "ayat (3) dan ayat (4) Peraturan Pemerintah Nomor 86 Tahun 2013, kami mengenakan DENDA ADMINISTRATIF "
        "sebesar 0,1% "
        f"setiap bulan dari iuran yang seharusnya dibayar, seluruhnya {amount}, dengan rincian di bawah ini.",
        "The second warning is over and the duty is not fulfilled. Under Articles 7 and 10(3)-(4) of Government "
        "Regulation "
        "86 of 2013 we impose an ADMINISTRATIVE FINE of 0.1 % a month of the contributions that should have been "
        "paid, "
        f"{amount} in all, as set out below.",
    )
    yield Text(
        "Denda disetorkan bersamaan dengan pembayaran iuran bulan berikutnya (Pasal 10 ayat (5)); tahap denda "
        "berakhir "
        f"tanggal {until.id}. Apabila denda tidak disetor lunas, kami dapat meminta pemerintah agar Saudara tidak "
        "mendapat "
        "pelayanan publik tertentu (Pasal 10 ayat (6)).",
        "The fine is paid together with the next month's contribution (Article 10(5)); its stage ends on "
        f"{until.en}. If "
        "it is not paid in full, we may ask the government to deny you certain public services (Article 10(6)).",
    )


def _services(step: StepRow) -> Iterator[Text]:
    services = [one.what for one in sanctions.SERVICES if one.who == "employer"]
    yield Text(
        "Denda administratif tidak disetor lunas. Berdasarkan Pasal 8, Pasal 9, dan Pasal 10 ayat (6) Peraturan "
        "Pemerintah "
        "Nomor 86 Tahun 2013, kami meminta instansi pemerintah yang berwenang untuk tidak memberikan pelayanan publik "
        f"tertentu kepada Saudara, yang dapat meliputi: {'; '.join(_low(one.id) for one in services)}.",
        "The administrative fine was not paid in full. Under Articles 8, 9 and 10(6) of Government Regulation 86 "
        "of 2013 "
        f"we ask the authorities to deny you certain public services: {'; '.join(_low(one.en) for one in services)}.",
    )
    yield Text(
        "Sanksi ini dicabut setelah kewajiban dan denda dipenuhi (Pasal 10 ayat (7) dan ayat (8)).",
        "This sanction is lifted once the duty is fulfilled and the fine is paid (Article 10(7) and (8)).",
    )


def _referred(step: StepRow) -> Iterator[Text]:
    yield Text(
        "Berdasarkan Pasal 13 ayat (5) Peraturan Pemerintah Nomor 86 Tahun 2013, ketidakpatuhan ini kami "
        "laporkan kepada "
        "instansi yang bertanggung jawab di bidang ketenagakerjaan, yang selanjutnya melakukan pemeriksaan.",
        "Under Article 13(5) of Government Regulation 86 of 2013 we report this non-compliance to the labour "
        "authority, "
        "which will examine it.",
    )


def _lifted(step: StepRow) -> Iterator[Text]:
    yield Text(
        "Kewajiban dan denda telah Saudara penuhi. Berdasarkan Pasal 10 ayat (7) dan ayat (8) Peraturan "
        "Pemerintah Nomor "
        "86 Tahun 2013, permintaan untuk tidak memberikan pelayanan publik tertentu kami CABUT. Surat ini dapat "
        "ditunjukkan kepada instansi terkait.",
        "You have fulfilled the duty and paid the fine. Under Article 10(7) and (8) of Government Regulation 86 "
        "of 2013 we "
        "WITHDRAW the request to deny you public services. You may show this letter to the authorities.",
    )


def _closed(step: StepRow) -> Iterator[Text]:
    yield Text(
        f"Dengan ini kami beri tahukan bahwa perkara tersebut telah DITUTUP pada tanggal {dates.day(step.on).id}. "
        "Tidak ada "
        "lagi kewajiban yang kami minta dalam perkara ini. Terima kasih atas kerja sama Saudara.",
        f"We inform you that this case was CLOSED on {dates.day(step.on).en}. Nothing more is asked of you in it. "
        "Thank "
        "you for your cooperation.",
    )


BODY = {
    StepKind.FIRST_WARNING: _first, StepKind.SECOND_WARNING: _second, StepKind.FINE: _fine,
    StepKind.SERVICES: _services, StepKind.REFERRED: _referred, StepKind.LIFTED: _lifted, StepKind.CLOSED: _closed,
}  # fmt: skip


def _how(step: StepRow) -> Iterator[Text]:
    if step.facts.get("missing"):
        yield Text("Laporkan upah untuk bulan yang belum dilaporkan melalui portal pemberi kerja.",
                   "File the wage returns of the months listed, in the employer portal.")  # fmt: skip
    if step.facts.get("codes") or step.facts.get("fine_bill"):
        yield Text(
            "Bayar dengan kode bayar (virtual account) di bawah ini melalui bank mana pun; bukti lunas tercatat "
            "sendiri.",
            "Pay by the payment codes below at any bank; the proof is recorded by itself.",
        )
    yield Text(
        "Untuk pertanyaan, keberatan, atau permohonan angsuran, hubungi kantor cabang dengan menyebut nomor perkara.",
        "For questions, objections or payment in instalments, contact the branch and name the case.",
    )


def _until(step: StepRow) -> Text:
    return dates.day(step.until or step.on)


def _low(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
