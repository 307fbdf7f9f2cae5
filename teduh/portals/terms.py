"""Words of the tables as people say them, in both languages, and the tone in which each is shown."""

from __future__ import annotations

from teduh.core.text import Text
from teduh.portals import employer_terms

WORDS: dict[str, dict[str, Text]] = {
    "role": {
        "member": Text("Peserta", "Member"),
        "agent": Text("Agen", "Agent"),
        "employer": Text("Pemberi kerja", "Employer"),
        "inspector": Text("Pengawas", "Inspector"),
        "family": Text("Keluarga", "Family"),
        "agency": Text("P3MI", "Placement agency"),
        "mission": Text("Perwakilan RI", "Indonesian mission"),
        "officer": Text("Petugas", "Officer"),
        "auditor": Text("Auditor", "Auditor"),
        "operator": Text("Operator", "Operator"),
        "system": Text("Sistem", "System"),
    },
    "programme": {
        "JKK": Text("Kecelakaan kerja (JKK)", "Work injury (JKK)"),
        "JKM": Text("Kematian (JKM)", "Death (JKM)"),
        "JHT": Text("Tabungan hari tua (JHT)", "Old-age savings (JHT)"),
        "JP": Text("Pensiun (JP)", "Pension (JP)"),
        "JKP": Text("Kehilangan pekerjaan (JKP)", "Job loss (JKP)"),
        "JKK+JKM": Text("Kecelakaan kerja dan kematian (JKK+JKM)", "Work injury and death (JKK+JKM)"),
        "KOL": Text("Penampungan", "Collection"),
    },
    "nation": {
        "running": Text("Sedang berjalan", "Running"),
        "stopped": Text("Dihentikan", "Stopped"),
        "killed": Text("Terputus", "Cut off"),
        "failed": Text("Gagal", "Failed"),
        "finished": Text("Selesai", "Finished"),
    },
    "cover": {
        "protected": Text("Terlindungi", "Protected"),
        "grace": Text("Masa tenggang", "In grace"),
        "returning": Text("Waktu untuk pulang", "Time to return"),
        "employer_owes": Text("Pemberi kerja menunggak", "Employer is behind"),
        "employer_pays_first": Text("Hak tetap ada", "Still entitled"),
        "ended": Text("Sudah berakhir", "Ended"),
        "lapsed": Text("Perlindungan terhenti", "Protection lapsed"),
        "never": Text("Belum terlindungi", "Not yet protected"),
    },
    "bill": {
        "open": Text("Menunggu pembayaran", "Waiting for payment"),
        "part": Text("Dibayar sebagian", "Paid in part"),
        "paid": Text("Lunas", "Paid"),
        "expired": Text("Kedaluwarsa", "Expired"),
        "cancelled": Text("Dibatalkan", "Withdrawn"),
    },
    "receipt": {
        "allocated": Text("Dibukukan", "Booked"),
        "suspense": Text("Menunggu kejelasan", "Waiting to be cleared"),
        "repeated": Text("Sudah diterima sebelumnya", "Already received"),
        "reversed": Text("Dibatalkan bank", "Reversed by the bank"),
    },
    "reason": {
        "unknown_code": Text("Kode bayar tidak dikenal", "Unknown payment code"),
        "expired": Text("Kode bayar kedaluwarsa", "Payment code expired"),
        "already_paid": Text("Tagihan sudah lunas", "Bill already paid"),
        "too_much": Text("Lebih bayar", "Too much paid"),
        "too_little": Text("Kurang bayar", "Too little paid"),
        "cancelled": Text("Tagihan dibatalkan", "Bill withdrawn"),
    },
    "refund": {
        "proposed": Text("Diusulkan", "Proposed"),
        "approved": Text("Disetujui, menunggu transfer", "Approved, to be transferred"),
        "paid": Text("Sudah ditransfer", "Transferred"),
        "rejected": Text("Ditolak", "Rejected"),
    },
    "identity": {
        "waiting": Text("Menunggu verifikasi Dukcapil", "Waiting for the civil registry"),
        "verified": Text("Sesuai Dukcapil", "Agrees with the civil registry"),
        "mismatch": Text("Tidak sesuai Dukcapil", "Differs from the civil registry"),
        "not_found": Text("NIK tidak ditemukan", "NIK not found"),
        "by_hand": Text("Diperiksa petugas", "Checked by an officer"),
    },
    "duplicate": {
        "suspected": Text("Diduga satu orang", "Perhaps one person"),
        "proposed": Text("Diusulkan digabung", "Merge proposed"),
        "merged": Text("Digabung", "Merged"),
        "distinct": Text("Dua orang berbeda", "Two different people"),
    },
    "row": {
        "ready": Text("Siap", "Ready"),
        "warned": Text("Siap, dengan catatan", "Ready, with a remark"),
        "known": Text("Sudah terdaftar", "Already enrolled"),
        "repeated": Text("Ganda dalam berkas", "Twice in the file"),
        "mend": Text("Perlu diperbaiki", "To be mended"),
        "blank": Text("Kosong", "Blank"),
        "enrolled": Text("Terdaftar", "Enrolled"),
    },
    "file": {
        "checked": Text("Sudah diperiksa, belum didaftarkan", "Checked, not enrolled yet"),
        "committed": Text("Sudah didaftarkan", "Enrolled"),
    },
    "outcome": {
        "eligible": Text("Memenuhi syarat", "Eligible"),
        "conditional": Text("Memenuhi syarat, dengan catatan", "Eligible, with remarks"),
        "refused": Text("Tidak memenuhi syarat", "Not eligible"),
    },
    "relation": {
        "spouse": Text("Istri/suami", "Wife or husband"),
        "child": Text("Anak", "Child"),
        "parent": Text("Orang tua", "Parent"),
        "grandparent": Text("Kakek/nenek", "Grandparent"),
        "grandchild": Text("Cucu", "Grandchild"),
        "sibling": Text("Saudara kandung", "Brother or sister"),
        "parent_in_law": Text("Mertua", "Parent-in-law"),
        "will": Text("Ditunjuk dalam wasiat", "Named in a will"),
    },
    "evidence": {
        "statement": Text("Pernyataan sendiri", "Own statement"),
        "photo": Text("Foto tempat kerja", "Photo of the workplace"),
        "letter": Text("Surat keterangan usaha atau desa", "Letter of the village or business"),
        "card": Text("Kartu tani, nelayan (KUSUKA) atau anggota", "Farmer's, fisher's or member's card"),
        "platform": Text("Akun aplikasi (ojek, kurir, lapak)", "Platform account (ride, courier, shop)"),
        "witness": Text("Keterangan saksi", "A witness"),
    },
    "sector": {
        "farming": Text("Pertanian", "Farming"),
        "fishing": Text("Perikanan", "Fishing"),
        "transport": Text("Transportasi", "Transport"),
        "trade": Text("Perdagangan", "Trade"),
        "crafts": Text("Kerajinan & industri rumah", "Crafts and home industry"),
        "construction": Text("Bangunan", "Building"),
        "domestic": Text("Pekerja rumah tangga", "Domestic work"),
        "services": Text("Jasa", "Services"),
        "freelance": Text("Pekerja lepas & kreatif", "Freelance and creative"),
        "other": Text("Lainnya", "Other"),
    },
    "funding": {
        "members": Text("Iuran anggota", "Members' own money"),
        "apbn": Text("APBN", "State budget"),
        "apbd": Text("APBD", "Regional budget"),
        "village": Text("Dana desa", "Village fund"),
        "private": Text("CSR/swasta", "Private sponsor"),
    },
    "group": {
        "cooperative": Text("Koperasi", "Cooperative"),
        "association": Text("Kelompok/asosiasi", "Group or association"),
        "sponsor": Text("Sponsor", "Sponsor"),
    },
    "listed": {
        "added": Text("Masuk", "Added"),
        "already": Text("Sudah di dalam", "In already"),
        "not_yours": Text("Bukan binaan Anda", "Not yours"),
        "not_found": Text("Tidak ditemukan", "Not found"),
        "unread": Text("Bukan nomor peserta atau NIK", "No member number or NIK"),
    },
    "look": {
        "read": Text("Membuka data", "Opened the record"),
        "found": Text("Menemukan lewat pencarian", "Found by a search"),
        "listed": Text("Melihat dalam daftar", "Seen in a list"),
        "exported": Text("Mengekspor data", "Exported the record"),
    },
    "payer": {
        "participant": Text("peserta", "member"),
        "employer": Text("pemberi kerja", "employer"),
        "worker": Text("pekerja", "worker"),
        "state": Text("negara", "the State"),
        "moved": Text("rekomposisi, tidak ditagih", "moved, not billed"),
    },
    "status": {
        "gazette": Text("dari teks resmi", "from the gazette"),
        "official": Text("dari pernyataan resmi", "from an official statement"),
        "secondary": Text("dari sumber kedua", "from a secondary source"),
        "unconfirmed": Text("belum dikonfirmasi", "unconfirmed"),
    },
    "need": {
        "grace": Text("Dalam masa tenggang", "In grace"),
        "first_bill": Text("Belum membayar iuran pertama", "First contribution not paid"),
        "expiring": Text("Segera habis", "Ends soon"),
        "lapsed": Text("Perlindungan terhenti", "Protection lapsed"),
        "ended": Text("Pekerjaan berakhir, belum lanjut mandiri", "Job ended, not yet self-employed"),
        "none": Text("Terlindungi", "Protected"),
    },
    "delivery": {
        "inbox": Text("Kotak pesan", "Inbox"),
        "push": Text("Perangkat", "Device"),
        "sms": Text("SMS", "SMS"),
    },
    "delivery_state": {
        "queued": Text("menunggu", "waiting"),
        "sent": Text("terkirim", "sent"),
        "failed": Text("gagal, akan diulang", "failed, will be tried again"),
        "given_up": Text("tidak diulang lagi", "given up"),
    },
    "sex": {"F": Text("Perempuan", "Female"), "M": Text("Laki-laki", "Male")},
    "person": {
        "member_number": Text("Nomor peserta", "Member number"),
        "name": Text("Nama", "Name"),
        "nik": Text("NIK", "NIK"),
        "birth_year": Text("Tahun lahir", "Year of birth"),
        "sex": Text("Jenis kelamin", "Sex"),
        "phone": Text("Nomor HP", "Mobile"),
        "place": Text("Tempat tinggal", "Home"),
        "identity": Text("Identitas", "Identity"),
        "joined_on": Text("Terdaftar", "Joined"),
    },
    "channel": {
        "self": Text("Mandiri", "By oneself"),
        "agent": Text("Lewat agen", "Through an agent"),
        "officer": Text("Lewat petugas", "Through an officer"),
        "file": Text("Lewat berkas", "In a file"),
        "api": Text("Lewat sistem lain", "Through another system"),
    },
    **employer_terms.WORDS,
}

TONE: dict[str, str] = {
    **employer_terms.TONE,
    "protected": "good", "paid": "good", "allocated": "good", "verified": "good", "by_hand": "good", "ready": "good",
    "eligible": "good", "enrolled": "good", "committed": "good", "gazette": "good", "official": "good",
    "grace": "careful", "part": "careful", "open": "careful", "suspense": "careful", "waiting": "careful",
    "warned": "careful", "conditional": "careful", "proposed": "careful", "suspected": "careful", "checked": "careful",
    "secondary": "careful", "expiring": "careful", "approved": "careful",
    "employer_owes": "careful", "returning": "careful", "employer_pays_first": "careful", "ended": "bad",
    "lapsed": "bad", "never": "bad", "expired": "bad", "mismatch": "bad", "not_found": "bad", "mend": "bad",
    "sent": "good", "queued": "careful", "failed": "careful", "given_up": "bad",
    "finished": "good", "running": "careful", "stopped": "careful", "killed": "bad",
    "added": "good", "not_yours": "bad", "unread": "bad",
    "refused": "bad", "reversed": "bad", "rejected": "bad", "unconfirmed": "bad", "first_bill": "bad", "none": "good",
}  # fmt: skip


def say(kind: str, word: str) -> Text:
    """The word as people say it; an unknown word is shown as it stands."""
    return WORDS.get(kind, {}).get(word) or Text(word, word)


def choices(kind: str) -> list[tuple[str, Text]]:
    """Every word of a kind, for a form."""
    return list(WORDS[kind].items())
