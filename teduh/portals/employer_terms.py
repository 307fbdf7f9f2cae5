"""Words of the employers' tables as people say them, in both languages, and the tone in which each is shown."""

from __future__ import annotations

from teduh.core.text import Text
from teduh.law.leaving_words import CAUSES

WORDS: dict[str, dict[str, Text]] = {
    "legal_form": {
        "PT": Text("Perseroan terbatas (PT)", "Limited company (PT)"),
        "CV": Text("Persekutuan komanditer (CV)", "Limited partnership (CV)"),
        "FIRMA": Text("Firma", "Partnership (firma)"),
        "KOPERASI": Text("Koperasi", "Cooperative"),
        "YAYASAN": Text("Yayasan atau perkumpulan", "Foundation or association"),
        "UD": Text("Usaha perorangan (UD, toko, bengkel)", "Sole proprietor (UD, shop, workshop)"),
        "NEGARA": Text("Penyelenggara negara", "State body"),
        "RT": Text("Rumah tangga", "Household"),
        "LAIN": Text("Lainnya", "Other"),
    },
    "size": {
        "micro": Text("Usaha mikro", "Micro business"),
        "small": Text("Usaha kecil", "Small business"),
        "medium": Text("Usaha menengah", "Medium business"),
        "large": Text("Usaha besar", "Large business"),
        "construction": Text("Jasa konstruksi", "Construction"),
    },
    "staff_role": {
        "owner": Text("Pengelola", "Manager"),
        "filer": Text("Penyusun dan pelapor", "Prepares and files"),
        "preparer": Text("Penyusun", "Prepares"),
        "viewer": Text("Pembaca", "Reads"),
        "officer": Text("Petugas", "Officer"),
        "inspector": Text("Pengawas", "Inspector"),
    },
    "risk": {
        "declared": Text("Dinyatakan, menunggu petugas", "Declared, waiting for an officer"),
        "confirmed": Text("Dikonfirmasi petugas", "Confirmed by an officer"),
    },
    "risk_class": {
        "1": Text("Kelas 1 · sangat rendah", "Class 1 · very low"),
        "2": Text("Kelas 2 · rendah", "Class 2 · low"),
        "3": Text("Kelas 3 · sedang", "Class 3 · medium"),
        "4": Text("Kelas 4 · tinggi", "Class 4 · high"),
        "5": Text("Kelas 5 · sangat tinggi", "Class 5 · very high"),
    },
    "contract": {
        "permanent": Text("Tetap (PKWTT)", "Permanent (PKWTT)"),
        "fixed": Text("Kontrak (PKWT)", "Fixed term (PKWT)"),
        "daily": Text("Harian lepas", "Casual, by the day"),
        "other": Text("Lainnya", "Other"),
    },
    "wage_type": {
        "monthly": Text("Bulanan", "Monthly"),
        "daily": Text("Harian", "Daily"),
        "piece": Text("Borongan", "By the piece"),
        "weather": Text("Borongan tergantung cuaca", "By the piece, weather-bound"),
    },
    "cause": {code: Text(said.id, said.en) for code, said in CAUSES.items()},
    "teller": {
        "employer": Text("Pemberi kerja", "Employer"),
        "worker": Text("Pekerja sendiri", "The worker"),
        "officer": Text("Petugas", "Officer"),
    },
    "leaving": {
        "waiting": Text("Menunggu tanggapan", "Waiting for an answer"),
        "accepted": Text("Diterima", "Accepted"),
        "disputed": Text("Dibantah, diputus petugas", "Disputed, an officer decides"),
        "replaced": Text("Dibetulkan petugas", "Corrected by an officer"),
        "refused": Text("Ditolak petugas", "Refused by an officer"),
    },
    "return": {
        "none": Text("Belum dilaporkan", "Not filed yet"),
        "late": Text("Terlambat dilaporkan", "Late, not filed yet"),
        "checked": Text("Diperiksa, belum dilaporkan", "Checked, not filed yet"),
        "filed": Text("Sudah dilaporkan", "Filed"),
        "discarded": Text("Dibuang", "Discarded"),
        "nil": Text("Nihil", "Nil"),
    },
    "return_kind": {
        "original": Text("Laporan", "Return"),
        "amendment": Text("Pembetulan", "Correction"),
        "nil": Text("Nihil", "Nil"),
    },
    "source": {
        "file": Text("Berkas", "File"),
        "page": Text("Diketik di halaman", "Typed in the page"),
        "api": Text("Lewat API", "Through the API"),
    },
    "severity": {
        "stop": Text("Harus diperbaiki", "Must be mended"),
        "warn": Text("Periksa", "Look at"),
        "note": Text("Catatan", "Remarks"),
    },
    "bill_kind": {
        "wages": Text("Iuran pekerja penerima upah", "Contributions of wage earners"),
        "instalment": Text("Cicilan tunggakan", "Instalment of arrears"),
        "penalty": Text("Denda", "Penalty"),
        "project": Text("Jasa konstruksi", "Construction"),
    },
    "plan": {
        "proposed": Text("Diusulkan", "Proposed"),
        "agreed": Text("Disepakati", "Agreed"),
        "kept": Text("Lunas", "Paid off"),
        "broken": Text("Tidak ditepati", "Not kept"),
        "rejected": Text("Ditolak", "Rejected"),
    },
    "firm_state": {
        "good": Text("Beres", "In order"),
        "due": Text("Perlu dilaporkan", "Return due"),
        "late": Text("Laporan terlambat", "Return late"),
        "pay": Text("Ada tagihan", "Bill to pay"),
        "arrears": Text("Menunggak", "In arrears"),
        "ended": Text("Tidak aktif", "No longer active"),
    },
    "share": {
        "employer": Text("Pemberi kerja", "Employer"),
        "worker": Text("Pekerja", "Worker"),
        "moved": Text("Rekomposisi, tidak ditagih", "Moved, not billed"),
        "state": Text("Dibayar negara", "Paid by the State"),
    },
}

TONE: dict[str, str] = {
    "confirmed": "good", "declared": "careful", "filed": "good", "nil": "good", "late": "bad", "due": "careful",
    "pay": "careful", "arrears": "bad", "good": "good", "disputed": "bad", "accepted": "good", "stop": "bad",
    "warn": "careful", "agreed": "good", "kept": "good", "broken": "bad",
}  # fmt: skip
