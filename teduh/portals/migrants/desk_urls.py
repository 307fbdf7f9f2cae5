"""Addresses of the pages of agencies and missions, of the departure gate, of officers for migrants, and the picture."""

from django.urls import path, re_path, register_converter

from teduh.portals.migrants import (
    desk,
    desk_account,
    desk_bills,
    desk_differences,
    desk_door,
    desk_lists,
    desk_matters,
    desk_new,
    desk_people,
    desk_person,
    gate,
    officer,
    picture,
)

register_converter(desk_door.RowInAddress, "row")
register_converter(desk_person.DeedInAddress, "deed")

ONE = "penempatan/orang/<row:placement>"
LIST = "penempatan/daftar/<row:list_>"

of_desk = [
    path("penempatan/", desk.home, name="desk"),
    path("penempatan/lembaga/", desk.choose, name="desk_choose"),
    path("penempatan/orang/", desk_people.people, name="desk_people"),
    path("penempatan/orang/bersama/", desk_people.together, name="desk_together"),
    path("penempatan/orang/baru/", desk_new.new, name="desk_new"),
    path(f"{ONE}/", desk_person.person, name="desk_person"),
    path(f"{ONE}/akun/", desk_account.slip, name="desk_account"),
    path(f"{ONE}/<deed:what>/", desk_person.deed, name="desk_deed"),
    path("penempatan/tagihan/", desk_bills.bills, name="desk_bills"),
    re_path(r"^penempatan/tagihan/(?P<number>[A-Z0-9-]{1,20})/$", desk_bills.bill, name="desk_bill"),
    path("penempatan/urusan/", desk_matters.listed, name="desk_matters"),
    re_path(r"^penempatan/urusan/(?P<number>[A-Z0-9]{1,20})/$", desk_matters.one, name="desk_matter"),
]
of_lists = [
    path("penempatan/daftar/", desk_lists.all_lists, name="desk_lists"),
    re_path(r"^penempatan/daftar/lembar-(?P<purpose>enter|compare)\.xlsx$", desk_lists.template, name="desk_template"),
    path(f"{LIST}/", desk_lists.one, name="desk_list"),
    path(f"{LIST}/perbaikan.xlsx", desk_lists.mended, name="desk_list_sheet"),
    path("penempatan/selisih/", desk_differences.differences, name="desk_differences"),
    re_path(r"^penempatan/data-kami\.(?P<kind>csv|xlsx)$", desk_differences.export, name="desk_export"),
]
of_others = [
    path("gerbang/", gate.gate, name="gate"),
    path("petugas/migran/", officer.find, name="officer_migrants"),
    path("petugas/migran/lembaga/", officer.organisations, name="officer_organisations"),
    path("petugas/migran/lembaga/<row:organisation>/", officer.organisation, name="officer_organisation"),
    path("petugas/migran/kurs/", officer.exchange_rates, name="officer_rates"),
    path("migran/gambaran/", picture.picture, name="migrant_picture"),
]
urlpatterns = [*of_desk, *of_lists, *of_others]
