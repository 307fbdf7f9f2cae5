"""Addresses of invitations, closing a site, ending a contact, and of the officer's corrections of ends."""

from django.urls import path

from teduh.portals import employer_more, officer_ends

FIRM = "usaha/<number:employer>"

urlpatterns = [
    path("usaha/undangan/", employer_more.invited, name="employer_invited"),
    path(f"{FIRM}/data/undangan/", employer_more.invitations, name="employer_invitations"),
    path(f"{FIRM}/data/undangan/<number:invitation>/tarik/", employer_more.withdraw, name="employer_invitation_end"),
    path(f"{FIRM}/data/lokasi/<number:number>/tutup/", employer_more.close, name="employer_site_close"),
    path(f"{FIRM}/data/kontak/<number:contact>/akhiri/", employer_more.end_contact, name="employer_contact_end"),
    path("petugas/pemberi-kerja/akhir-kerja/", officer_ends.search, name="officer_ends"),
    path("petugas/pemberi-kerja/akhir-kerja/<number:employment>/", officer_ends.correct, name="officer_end"),
]
