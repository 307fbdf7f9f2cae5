"""What placements' codes are called, in both languages."""

from __future__ import annotations

from teduh.core.text import Text

SCHEMES = {
    "agency": Text("melalui P3MI", "through an agency (P3MI)"),
    "government": Text("melalui pemerintah (G to G)", "through the government (G to G)"),
    "own": Text("berangkat sendiri", "on one's own"),
}
STATES = {
    "registered": Text("Terdaftar, belum berangkat", "Registered, not yet departed"),
    "departed": Text("Sudah berangkat", "Departed"),
    "working": Text("Bekerja", "Working"),
    "ended": Text("Perjanjian berakhir", "Agreement ended"),
    "returning": Text("Dalam perjalanan pulang", "On the way home"),
    "home": Text("Sudah di rumah", "Home"),
    "failed": Text("Gagal berangkat", "Failed to depart"),
    "missing": Text("Tidak diketahui keberadaannya", "Missing"),
    "died": Text("Meninggal dunia", "Died"),
    "cancelled": Text("Dibatalkan", "Cancelled"),
}
EVENTS = {
    "registered": Text("Terdaftar", "Registered"),
    "departed": Text("Berangkat dari Indonesia", "Left Indonesia"),
    "working": Text("Mulai bekerja", "Began to work"),
    "extended": Text("Perjanjian diperpanjang", "Agreement extended"),
    "moved": Text("Pindah pemberi kerja", "Moved to another employer"),
    "leave": Text("Cuti di Indonesia", "On leave in Indonesia"),
    "back": Text("Kembali dari cuti", "Back from leave"),
    "ended": Text("Perjanjian berakhir", "Agreement ended"),
    "dismissed": Text("Diberhentikan sebelum waktunya", "Dismissed early"),
    "returning": Text("Tiba di Indonesia", "Arrived in Indonesia"),
    "home": Text("Tiba di rumah", "Arrived home"),
    "failed": Text("Gagal berangkat", "Failed to depart"),
    "missing": Text("Tidak diketahui keberadaannya", "Missing"),
    "found": Text("Ditemukan", "Found"),
    "died": Text("Meninggal dunia", "Died"),
    "corrected": Text("Data diperbaiki", "Corrected"),
}
AGREEMENTS = {
    "first": Text("Perjanjian pertama", "First agreement"),
    "extension": Text("Perpanjangan", "Extension"),
    "move": Text("Pemberi kerja lain", "Another employer"),
}
CAUSES = {
    "dismissed": Text("Diberhentikan sepihak", "Dismissed"),
    "agreed": Text("Kesepakatan bersama", "By agreement"),
    "resigned": Text("Mengundurkan diri", "Resigned"),
    "ill": Text("Sakit atau kecelakaan", "Illness or accident"),
    "employer": Text("Pemberi kerja tutup, pindah, atau meninggal", "The employer closed, moved or died"),
    "law": Text("Deportasi atau perkara hukum", "Deportation or a legal case"),
    "moved": Text("Pindah pemberi kerja", "Moved to another employer"),
    "other": Text("Sebab lain", "Another cause"),
}
PAPERS = {
    "passport": Text("Paspor", "Passport"),
    "agreement": Text("Perjanjian kerja", "Work agreement"),
    "placement": Text("Perjanjian penempatan", "Placement agreement"),
    "visa": Text("Visa kerja", "Work visa"),
    "permission": Text("Izin keluarga diketahui desa", "Family's permission, seen by the village"),
    "competence": Text("Sertifikat kompetensi", "Certificate of competence"),
    "health": Text("Surat keterangan sehat", "Health certificate"),
    "marriage": Text("Keterangan status perkawinan", "Statement of marital status"),
    "family_card": Text("Kartu keluarga", "Family card"),
    "mission": Text("Surat keterangan Perwakilan RI", "Statement of an Indonesian mission"),
}
TELLERS = {
    "worker": Text("pekerja sendiri", "the worker"),
    "family": Text("keluarga", "family"),
    "agency": Text("P3MI", "agency"),
    "mission": Text("Perwakilan RI", "mission"),
    "officer": Text("petugas", "officer"),
    "system": Text("sistem", "system"),
}
