"""What `sanctions` says to people: duties, steps, services that may be denied, crimes; with their articles."""

from __future__ import annotations

from typing import NamedTuple

from teduh.law.messages import Message, Note


class Violation(NamedTuple):
    """A duty whose breach is sanctioned: `duty` chooses the ladder of steps; `sanctions` are those the text names."""

    code: str
    who: str
    duty: str
    what: Message
    articles: tuple[str, ...]
    sanctions: tuple[str, ...]


class Service(NamedTuple):
    """A public service that may be denied on the agency's request."""

    who: str
    what: Message
    articles: tuple[str, ...]


class Crime(NamedTuple):
    """What the law calls a crime: information only, for prosecutors and courts; nothing here follows from it."""

    what: Message
    most: Message
    articles: tuple[str, ...]


ALL_THREE = ("warning", "fine", "services")
VIOLATIONS = (
    Violation("not_registered", "employer", "registration",
              Message("Tidak mendaftarkan diri dan pekerjanya menurut program yang wajib diikuti.",
                      "Did not register himself and his workers in the programmes he must take part in."),
              ("PP 86/2013 Pasal 3(1)a", "UU 24/2011 Pasal 15(1)"), ALL_THREE),
    Violation("wrong_data", "employer", "data",
              Message("Data diri, pekerja, atau keluarganya tidak lengkap atau tidak benar.",
                      "Data of himself, the workers or their families incomplete or wrong."),
              ("PP 86/2013 Pasal 3(1)b", "PP 86/2013 Pasal 3(2)a", "UU 24/2011 Pasal 15(2)"), ALL_THREE),
    Violation("wrong_wage", "employer", "data",
              Message("Upah yang dilaporkan tidak sesuai dengan upah yang diterima pekerja.",
                      "Wages reported are not the wages that workers receive."),
              ("PP 86/2013 Pasal 3(2)b", "PP 44/2015 Pasal 32(2)", "PP 46/2015 Pasal 24"), ALL_THREE),
    Violation("partial_programmes", "employer", "data",
              Message("Pekerja diikutkan hanya pada sebagian program yang wajib.",
                      "Workers enrolled in only some of the programmes that are mandatory."),
              ("PP 86/2013 Pasal 3(2)c", "PP 44/2015 Pasal 32(4)"), ALL_THREE),
    Violation("change_not_told", "employer", "data",
              Message("Perubahan data tidak dilaporkan dalam 7 hari kerja.",
                      "A change of data not reported within 7 working days."),
              ("PP 86/2013 Pasal 3(4)", "PP 44/2015 Pasal 9(3)"), ALL_THREE),
    Violation("jht_not_paid", "employer", "contributions",
              Message("Iuran JHT tidak disetor atau terlambat disetor.", "JHT contributions not paid, or paid late."),
              ("PP 46/2015 Pasal 33(1)", "PP 46/2015 Pasal 19(2)"), ALL_THREE),
    Violation("accident_not_reported", "employer", "data",
              Message("Kecelakaan kerja tidak dilaporkan dalam 2 x 24 jam.",
                      "A work accident not reported within 2 x 24 hours."),
              ("PP 44/2015 Pasal 59(1)", "PP 44/2015 Pasal 43(1)"), ALL_THREE),
    Violation("dismissed_in_treatment", "employer", "data",
              Message("Pekerja yang masih dirawat karena kecelakaan kerja di-PHK.",
                      "A worker still treated for a work accident was dismissed."),
              ("PP 44/2015 Pasal 59(1)", "PP 44/2015 Pasal 52(1)"), ALL_THREE),
    Violation("project_not_registered", "employer", "registration",
              Message("Pekerja proyek konstruksi tidak didaftarkan.", "Workers of a project not registered."),
              ("PP 44/2015 Pasal 59(1)", "PP 44/2015 Pasal 53"), ALL_THREE),
    Violation("jkp_not_enrolled", "employer", "jkp",
              Message("Pekerja tidak diikutkan dalam JKP.", "Workers not enrolled in JKP."),
              ("PP 37/2021 Pasal 46(1)", "PP 37/2021 Pasal 2(1)"), ("warning", "services")),
    Violation("person_not_registered", "person", "registration",
              Message("Tidak mendaftarkan diri dan anggota keluarganya.", "Did not register himself and his family."),
              ("PP 86/2013 Pasal 4(1)a", "UU 24/2011 Pasal 16(1)"), ("services",)),
    Violation("person_wrong_data", "person", "data",
              Message("Data diri dan anggota keluarganya tidak lengkap atau tidak benar.",
                      "Data of himself and his family incomplete or wrong."),
              ("PP 86/2013 Pasal 4(1)b", "UU 24/2011 Pasal 16(2)"), ("warning", "services")),
)  # fmt: skip

SERVICES = (
    Service("employer", Message("Perizinan terkait usaha", "Business licences"), ("PP 86/2013 Pasal 9(1)a",)),
    Service("employer", Message("Izin mengikuti tender proyek", "Licence to tender"), ("PP 86/2013 Pasal 9(1)b",)),
    Service("employer", Message("Izin mempekerjakan tenaga kerja asing", "Permit to employ foreigners"),
            ("PP 86/2013 Pasal 9(1)c",)),
    Service("employer", Message("Izin perusahaan penyedia jasa pekerja", "Licence to supply labour"),
            ("PP 86/2013 Pasal 9(1)d",)),
    Service("employer", Message("Izin Mendirikan Bangunan (IMB)", "Building permit"), ("PP 86/2013 Pasal 9(1)e",)),
    Service("person", Message("Izin Mendirikan Bangunan (IMB)", "Building permit"), ("PP 86/2013 Pasal 9(2)a",)),
    Service("person", Message("Surat Izin Mengemudi (SIM)", "Driving licence"), ("PP 86/2013 Pasal 9(2)b",)),
    Service("person", Message("Sertifikat tanah", "Land certificate"), ("PP 86/2013 Pasal 9(2)c",)),
    Service("person", Message("Paspor", "Passport"), ("PP 86/2013 Pasal 9(2)d",)),
    Service("person", Message("Surat Tanda Nomor Kendaraan (STNK)", "Vehicle registration"),
            ("PP 86/2013 Pasal 9(2)e",)),
)  # fmt: skip

CRIMES = (
    Crime(
        Message(
            "Tidak memungut dan menyetor iuran pekerja, atau tidak membayar dan menyetor iuran bagiannya sendiri.",
            "Not collecting and passing on the workers' part, or not paying and passing on the employer's own part.",
        ),
        Message(
            "Penjara paling lama 8 tahun atau denda paling banyak Rp1.000.000.000.",
            "Prison of up to 8 years or a fine of up to Rp1,000,000,000.",
        ),
        ("UU 24/2011 Pasal 19(1)", "UU 24/2011 Pasal 19(2)", "UU 24/2011 Pasal 55"),
    ),
)

WORKING_DAYS = Note(
    "warning_ten_days",
    "Pasal 6(1) menyebut 10 hari kerja, Pasal 10 menyebut 10 hari; dipakai yang lebih longgar, 10 hari kerja.",
    "Pasal 6(1) says 10 working days, Pasal 10 says 10 days; the more generous is used, 10 working days.",
    ("PP 86/2013 Pasal 6(1)", "PP 86/2013 Pasal 10(1)"),
    "gazette",
)
PART_MONTH = Note(
    "fine_part_month",
    "Naskah tidak mengatur bagian bulan; di sini bulan yang sudah dimulai dihitung satu bulan.",
    "The text is silent on a part of a month; here a month that has begun counts as one.",
    ("PP 86/2013 Pasal 10(4)",),
    "unconfirmed",
)
FINE_DUE = Note(
    "fine_due",
    "Denda disetor bersama iuran bulan berikutnya dan tahap denda paling lama 30 hari; dipakai yang lebih akhir.",
    "The fine is paid with the next month's contribution, and its stage lasts 30 days at most; the later is used.",
    ("PP 86/2013 Pasal 7(1)", "PP 86/2013 Pasal 10(5)"),
    "unconfirmed",
)
IMB = Note(
    "building_permit_replaced",
    "IMB kemudian diganti Persetujuan Bangunan Gedung; naskah penggantinya tidak dibaca.",
    "The building permit was later replaced by a building approval; the text that did so was not read.",
    ("PP 86/2013 Pasal 9",),
    "unconfirmed",
)

ARTICLES: dict[tuple[str, str], tuple[str, ...]] = {
    ("employer", "warning_1"): ("PP 86/2013 Pasal 6(1)", "PP 86/2013 Pasal 10(1)"),
    ("employer", "warning_2"): ("PP 86/2013 Pasal 6(1)", "PP 86/2013 Pasal 10(2)"),
    ("employer", "fine"): ("PP 86/2013 Pasal 7(1)", "PP 86/2013 Pasal 10(3)", "PP 86/2013 Pasal 10(4)"),
    ("person", "warning_1"): ("PP 86/2013 Pasal 12(1)",),
    ("person", "warning_2"): ("PP 86/2013 Pasal 12(2)",),
}
SERVICES_STEP: dict[str, tuple[tuple[str, ...], tuple[Note, ...]]] = {
    "employer": (("PP 86/2013 Pasal 10(6)", "PP 86/2013 Pasal 8(1)", "PP 86/2013 Pasal 9(1)"), (FINE_DUE, IMB)),
    "person": (("PP 86/2013 Pasal 11(1)", "PP 86/2013 Pasal 12(3)", "PP 86/2013 Pasal 9(2)"), (IMB,)),
}
REFERRED = ("PP 86/2013 Pasal 13(5)",)
CLOSED = ("PP 86/2013 Pasal 10(2)", "PP 86/2013 Pasal 10(8)")
LIFTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("employer", "registration"): ("PP 86/2013 Pasal 10(7)a", "PP 86/2013 Pasal 10(8)"),
    ("employer", "data"): ("PP 86/2013 Pasal 10(7)b", "PP 86/2013 Pasal 10(8)"),
    ("employer", "contributions"): ("PP 86/2013 Pasal 10(7)", "PP 86/2013 Pasal 10(8)"),
    ("employer", "jkp"): ("PP 37/2021 Pasal 46(1)",),
    ("person", "registration"): ("PP 86/2013 Pasal 11(2)",),
    ("person", "data"): ("PP 86/2013 Pasal 12(4)", "PP 86/2013 Pasal 12(5)"),
}
NOTES: dict[str, tuple[Note, ...]] = {
    "warning_1": (WORKING_DAYS,),
    "warning_2": (WORKING_DAYS,),
    "fine": (PART_MONTH, FINE_DUE),
}
_WARNING_1 = Message(
    "Teguran tertulis pertama, memberi waktu paling lama 10 hari kerja.",
    "First written warning, which gives 10 working days at most.",
)
_WARNING_2 = Message(
    "Teguran tertulis kedua, bila waktu teguran pertama habis dan kewajiban belum dipenuhi.",
    "Second written warning, if the first one's time is over and the duty is not fulfilled.",
)
_CLOSED = Message("Perkara ditutup: kewajiban dipenuhi.", "The matter is closed: the duty is fulfilled.")
_LIFTED = Message(
    "Sanksi dicabut: layanan publik diberikan lagi atas bukti kewajiban (dan denda) dipenuhi.",
    "The sanction is lifted: services are given again on proof that duty (and fine) are fulfilled.",
)
WHAT: dict[tuple[str, str], Message] = {
    ("employer", "warning_1"): _WARNING_1,
    ("employer", "warning_2"): _WARNING_2,
    ("employer", "fine"): Message(
        "Denda 0,1% setiap bulan dari iuran yang seharusnya dibayar, sejak teguran kedua berakhir.",
        "Fine of 0.1 % a month of the contributions that should have been paid, from the end of the second warning.",
    ),
    ("employer", "services"): Message(
        "Meminta pemerintah tidak memberi layanan publik tertentu, bila denda tidak disetor lunas.",
        "Ask the government to deny certain public services, if the fine is not paid in full.",
    ),
    ("employer", "referred"): Message(
        "Melaporkan ketidakpatuhan kepada pengawas ketenagakerjaan, yang lalu memeriksa.",
        "Report the non-compliance to the labour inspectors, who then examine.",
    ),
    ("employer", "closed"): _CLOSED,
    ("employer", "lifted"): _LIFTED,
    ("person", "warning_1"): _WARNING_1,
    ("person", "warning_2"): _WARNING_2,
    ("person", "services"): Message(
        "Meminta pemerintah tidak memberi layanan publik tertentu sampai kewajiban dipenuhi.",
        "Ask the government to deny certain public services until the duty is fulfilled.",
    ),
    ("person", "closed"): _CLOSED,
    ("person", "lifted"): _LIFTED,
}
