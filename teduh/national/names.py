"""Made-up names, NIKs and phones for the people of a demonstration, so that pages look like pages. Nobody is meant.

A NIK has a real district and the right birth date, so that every reader of NIKs takes it, but a serial from 9000 on,
which a district would reach only with its nine-thousandth birth of one day. Phones begin with 0860, which no operator
has. The population itself (`population`) has none of this.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

JAVANESE = (
    "Slamet Sutrisno Wagiman Sugeng Paijo Suparman Kusno Tukiman Sarwono Widodo Purwanto Bambang Eko Joko Agus Tri "
    "Darmaji Mulyono Sukirman Karsono Ngadimin Suwito Hartono Budi Teguh Wahyu Rohmat Sartono Kasiman Tarsono",
    "Siti Sri Wagiyem Tumini Sumarni Suparti Ngatinem Rusmini Endang Retno Wahyuni Lestari Tri Dwi Kartini Sulastri "
    "Painem Musringah Suminah Rubiyah Titik Wiwik Sugiyarti Partini Daryati Warsini Yuliana Tarsini Rohayati Umi",
    "Santoso Wibowo Raharjo Prasetyo Nugroho Saputra Hidayat Purnomo Susanto Setiawan Riyadi Utomo Kurniawan Handoko "
    "Subagyo Sudarmo Supriyadi Waluyo Hadi Basuki",
    "Rahayu Ningsih Wulandari Handayani Astuti Setyowati Purwanti Susilowati Mulyani Utami Pratiwi Kusumawati Fatimah "
    "Aminah Khotimah Maesaroh Hidayah Widyastuti Indrawati Suryani",
)
SUNDANESE = (
    "Asep Ujang Dadang Cecep Dede Endang Tatang Engkos Iwan Jajang Maman Nana Oman Rudi Usep Yayat Entis Deden",
    "Neneng Euis Iis Cucu Enok Imas Lilis Mimin Nining Popon Rina Tati Wiwin Yeyet Entin Ai Elis Kokom Eti Nyai",
    "Hidayat Suryana Sutisna Permana Gunawan Kurnia Supriatna Rohendi Mulyana Saepudin Ruhiyat Sobari Nugraha Wijaya",
    "Nurhayati Rohaeti Suryani Komariah Juariah Hasanah Sumiati Rostika Nuraeni Maryati Rahmawati Herawati",
)
BATAK = (
    "Parlindungan Tigor Binsar Hotman Jonni Marihot Sahat Togar Poltak Maruli Saut Monang Bonar Ramses Edison Jefri",
    "Tiurma Rotua Lasma Romauli Delima Dameria Tiodora Marsaulina Hotmaida Nurmala Rosmida Erlina Duma Sondang",
    "Siregar Nasution Sinaga Simanjuntak Hutapea Panjaitan Lubis Harahap Situmorang Sihombing Manurung Tampubolon",
    "Siregar Nasution Sinaga Simanjuntak Hutapea Panjaitan Lubis Harahap Situmorang Sihombing Manurung Tampubolon",
)
MALAY = (
    "Ahmad Zulkifli Syafrizal Yusrizal Khairul Hamdan Ridwan Fadli Rusli Iskandar Muhammad Jamaluddin Syamsul Edi "
    "Afrizal Darwis Mukhtar Amiruddin Bustami Tarmizi",
    "Nurhayati Rosmawati Yusnidar Fitriani Erlina Nurjannah Zubaidah Rahmah Syarifah Maimunah Halimah Murni Elvira "
    "Salmah Hasnah Juwita Cut Latifah Ramlah Rohani",
    "Hasibuan Piliang Tanjung Chaniago Koto Abdullah Ibrahim Daulay Yusuf Harun Sulaiman Usman Idris Saleh Effendi",
    "Putri Sari Dewi Abdullah Ibrahim Yusuf Harun Sulaiman Usman Idris Saleh Zahra Hayati Asiah Mariana",
)
BUGIS = (
    "Andi Baso Syamsuddin Muhtar Hasanuddin Abdul Rahman Arifin Burhan Daeng Kamaruddin Lukman Mappa Nurdin",
    "Andi Besse Hasnah Nurlina Rosdiana Hadijah Marwah Sitti Suriani Kartini Norma Hasmawati Ratna Nuraini",
    "Rauf Latif Tahir Paraga Malik Hamzah Lallo Mattalitti Bakri Samad Amin Sanusi Yunus Basri Pasolong",
    "Rauf Latif Tahir Malik Hamzah Bakri Samad Amin Sanusi Yunus Basri Wahid Salam Anwar Halim",
)
BALINESE = (
    "Wayan Made Nyoman Ketut Gede Putu Kadek Komang",
    "Wayan Made Nyoman Ketut Luh Putu Kadek Komang",
    "Sudarma Suardana Widana Artana Sukerta Astawa Mertayasa Budiasa Suwitra Arnawa Wirawan Parwata Suparta Darmawan",
    "Suartini Widiasih Ariani Sukerti Astiti Murniati Budiasih Wiratni Suryani Parwati Darmini Puspawati Sumerti Rai",
)
EASTERN = (
    "Yohanes Petrus Markus Yosef Stefanus Frans Melkianus Agustinus Daniel Paulus Simon Yakobus Lukas Matius",
    "Maria Yuliana Marta Ester Debora Yohana Elisabet Rosalina Fransina Agustina Welmince Adriana Katarina",
    "Wenda Kogoya Latuheru Pattiasina Nong Bria Seran Manafe Kambu Rumbiak Tuhuteru Leba Mote Yikwa Sahetapy Nahak",
    "Wenda Kogoya Latuheru Pattiasina Nong Bria Seran Manafe Kambu Rumbiak Tuhuteru Leba Mote Yikwa Sahetapy Nahak",
)
#: Which names are usual in a province, by the first two digits of its code.
BY_PROVINCE = {
    **dict.fromkeys((11, 13, 14, 15, 16, 17, 18, 19, 21, 61, 62, 63, 64, 65), MALAY),
    12: BATAK, 32: SUNDANESE, 36: SUNDANESE, 51: BALINESE,
    **dict.fromkeys((31, 33, 34, 35), JAVANESE),
    **dict.fromkeys((72, 73, 74, 75, 76, 52), BUGIS),
    **dict.fromkeys((53, 71, 81, 82, 91, 92, 93, 94, 95, 96), EASTERN),
}  # fmt: skip
FIRST_SERIAL = 9000
PHONES = "+62860"


class Identity(NamedTuple):
    """What a made-up person calls himself."""

    name: str
    nik: str
    phone: str


def identity(*, seed: int, id: int, female: bool, birth: dt.date, district: int) -> Identity:
    """The name, NIK and phone of somebody, always the same for the same seed and id."""
    chance = random.Random(f"{seed}/{id}")
    return Identity(
        name=_name(chance, female, district // 10_000),
        nik=nik(district=district, birth=birth, female=female, serial=id),
        phone=f"{PHONES}{id % 10_000_000:07d}",
    )


def _name(chance: random.Random, female: bool, province: int) -> str:
    """One name for one in ten, two for most: with a second given name or a family name, as is usual there."""
    men, women, last_men, last_women = (words.split() for words in BY_PROVINCE[province])
    first, last = (women, last_women) if female else (men, last_men)
    words = [chance.choice(first)]
    if chance.random() < 0.9:
        words.append(chance.choice(last))
    if chance.random() < 0.15:
        words.insert(1, chance.choice(first))
    return " ".join(dict.fromkeys(words))


def nik(*, district: int, birth: dt.date, female: bool, serial: int) -> str:
    """Sixteen digits: district, day (women: plus 40), month, year, and a serial nobody living has."""
    day = birth.day + 40 * female
    return f"{district:06d}{day:02d}{birth.month:02d}{birth.year % 100:02d}{FIRST_SERIAL + serial % 1000:04d}"
