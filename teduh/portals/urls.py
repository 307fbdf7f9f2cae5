"""Addresses of the pages, by the door they belong to. Addresses are in Bahasa, names in English."""

from django.urls import include, path, re_path

from teduh.portals import (
    activation,
    agent,
    auth,
    bank,
    books,
    corrections,
    explain,
    files,
    groups,
    join,
    joining,
    judging,
    member,
    messages,
    money,
    nation,
    officer,
    papers,
    paying,
    public,
    regions,
)

BILL = "(?P<number>[A-Z0-9-]{1,20})"

anybody = [
    path("", public.front, name="front"),
    path("bantuan/", public.help_page, name="help"),
    path("bahasa/", public.language, name="language"),
    path("hitung/", explain.explain, name="explain"),
    path("hitung/nilai/", explain.values, name="law_values"),
    path("wilayah/", regions.fragment, name="regions"),
    path("", include("teduh.portals.verify")),
    path("", include("teduh.portals.watch_urls")),
    path("", include("teduh.portals.employer_urls")),
    path("", include("teduh.portals.migrants.desk_urls")),
    path("", include("teduh.portals.migrants.worker_urls")),
]
account = [
    path("masuk/", auth.sign_in, name="sign_in"),
    path("masuk/kode/", auth.sign_in_code, name="sign_in_code"),
    path("aktivasi/", activation.open_account, name="activate"),
    path("keluar/", auth.sign_out, name="sign_out"),
    path("akun/", auth.account, name="account"),
    path("akun/sandi/", auth.password, name="password"),
    path("akun/pengaman/", auth.set_up, name="second_factor"),
    path("akun/pengaman/lepas/", auth.turn_off, name="second_factor_off"),
]
joining_steps = [
    path("daftar/", join.start, name="join"),
    re_path(rf"^daftar/(?P<name>{'|'.join(joining.STEPS)})/$", join.step, name="join_step"),
]
of_member = [
    path("saya/", member.home, name="member"),
    path("saya/bayar/", member.pay, name="member_pay"),
    path("saya/kartu/", member.show_card, name="member_card"),
    path("saya/kartu.pdf", member.print_card, name="member_card_pdf"),
    path("saya/catatan/", member.statement, name="member_statement"),
    path("saya/data/", corrections.own, name="member_data"),
    path("saya/pembaca/", member.readers, name="member_readers"),
    path("", include("teduh.portals.member_urls")),
    path("pesan/", messages.inbox, name="messages"),
    path("pesan/<int:message>/", messages.message, name="message"),
    path("pesan/cara/", messages.wishes, name="message_wishes"),
    path("pesan/perangkat/", messages.add_device, name="message_device_add"),
    path("pesan/perangkat/<int:device>/", messages.remove_device, name="message_device"),
    path("pesan/kerja.js", messages.worker, name="message_worker"),
    re_path(rf"^tagihan/{BILL}/$", paying.bill, name="bill"),
    re_path(rf"^tagihan/{BILL}/kenapa/$", paying.why, name="bill_why"),
]
of_agent = [
    path("agen/", agent.home, name="agent"),
    path("orang/<int:person>/", agent.person, name="person"),
    path("orang/<int:person>/bayar/", agent.person_pay, name="person_pay"),
    path("orang/<int:person>/aktivasi/", activation.slip, name="person_code"),
    path("orang/<int:person>/data/", corrections.of_person, name="person_data"),
    re_path(r"^orang/(?P<person>\d{1,18})/bukti/(?P<sha256>[0-9a-f]{64})/$", papers.paper, name="paper"),
    path("kelompok/", groups.group_list, name="groups"),
    path("kelompok/baru/", groups.make, name="group_new"),
    path("kelompok/<int:group>/", groups.group, name="group"),
    path("kelompok/<int:group>/tambah/", groups.add, name="group_add"),
    path("kelompok/<int:group>/akhiri/", groups.end, name="group_end"),
    path("berkas/", files.upload, name="upload"),
    path("berkas/<int:file>/", files.file, name="file"),
    path("berkas/<int:file>/daftarkan/", files.commit, name="file_commit"),
    path("berkas/<int:file>/kemajuan/", files.progress, name="file_progress"),
    path("berkas/<int:file>/perbaikan.xlsx", files.sheet, name="file_sheet"),
]
of_officer = [
    path("petugas/", officer.home, name="officer"),
    path("petugas/cari/", officer.search, name="search"),
    path("petugas/tujuan/", officer.forget_purpose, name="forget_purpose"),
    path("petugas/cek/", officer.check, name="check"),
    path("petugas/dana/", money.suspense, name="suspense"),
    path("petugas/dana/<int:suspense>/", money.suspense_one, name="suspense_one"),
    path("petugas/pengembalian/", money.refunds, name="refunds"),
    path("petugas/pengembalian/<int:refund>/", money.refund, name="refund"),
    path("petugas/ganda/", judging.duplicates, name="duplicates"),
    path("petugas/ganda/<int:duplicate>/", judging.duplicate, name="duplicate"),
    path("petugas/identitas/", judging.identities, name="identities"),
    path("petugas/identitas/<int:person>/", judging.identity_of, name="identity"),
    path("petugas/perbaikan/", judging.wishes, name="corrections"),
    path("petugas/perbaikan/<int:correction>/", judging.wish, name="correction"),
]
of_books = [
    path("buku/", books.trial_balance, name="books"),
    path("buku/audit/", books.trail, name="audit"),
    path("bank/", bank.counter, name="bank"),
    path("pesan/keadaan/", messages.state, name="message_state"),
    path("nasional/", nation.listed, name="nation"),
    path("nasional/<str:name>/", nation.one, name="nation_run"),
    path("nasional/<str:name>/berhenti/", nation.stop, name="nation_stop"),
    path("nasional/<str:name>/lanjut/", nation.go_on, name="nation_go_on"),
]
urlpatterns = [*anybody, *account, *joining_steps, *of_member, *of_agent, *of_officer, *of_books]
