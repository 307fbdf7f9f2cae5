"""Pages of projects, cases and inspectors: sound, open to whom they are for, and silent about workers' reports."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teduh.contributions.models import ProjectDue
from teduh.core import clock
from teduh.employers.models import Case, Project, Staff, Step, StepProposal, WorkerReport
from teduh.journeys.compliance import compliance
from teduh.journeys.projects import projects
from teduh.security.models import Event
from tests import factories, watching
from tests.portals.house import signed_in
from tests.portals.test_html import check

SECRET = "Mandor memotong upah saya"
FORM = {"name": "Jembatan desa", "basis": "contract", "value": "2.000.000.000", "instalments": "3"}


def days() -> dict[str, str]:
    on = clock.today()
    return {"starts": on.strftime("%d-%m-%Y"), "ends": (on + dt.timedelta(days=90)).strftime("%d-%m-%Y")}


@pytest.fixture
def firm() -> int:
    return watching.firm()


@pytest.fixture
def owner(firm) -> Client:
    client = signed_in("employer")
    Staff.objects.create(employer_id=firm, user=client.account, role="owner", from_day=dt.date(2025, 1, 1))
    return client


@pytest.fixture
def inspector() -> Client:
    return signed_in("inspector", name="pengawas")


@pytest.fixture
def project(owner, firm) -> str:
    owner.post(reverse("employer_project_new", args=[firm]), FORM | days() | {"do": "register"})
    return Project.objects.get(employer=firm).number


@pytest.fixture
def case(firm) -> str:
    made = compliance.open_case(
        employer=firm, violation="not_registered", why="Belum melapor", by=watching.inspector(), on=clock.today()
    )
    return made.row.number


@pytest.fixture
def report(firm) -> str:
    WorkerReport.objects.create(number="LP-300001", person_id=factories.person(), employer_id=firm, kind="wrong_wage",
                                text=SECRET, told_on=clock.today())  # fmt: skip
    return "LP-300001"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_sound(regions, owner, inspector, firm, project, case, report, language):
    for client in (owner, inspector):
        client.cookies["bahasa"] = language
    for name, *args in (("employer_projects",), ("employer_project_new",), ("employer_project", project),
                        ("employer_cases",), ("employer_case", case)):  # fmt: skip
        check(owner.get(reverse(name, args=[firm, *args])))
    inspector.post(reverse("inspector_firm", args=[firm]), {"do": "look", "why": "Pemeriksaan rutin"})
    for name, *args in (("inspector",), ("inspector_firm", firm), ("cases",), ("case", case), ("worker_reports",),
                        ("worker_report_one", report)):  # fmt: skip
        check(inspector.get(reverse(name, args=args)))
    check(inspector.post(reverse("worker_report_one", args=[report]), {"why": "Memeriksa upah"}))


def test_a_project_is_reckoned_first_and_registered_then(owner, firm):
    page = reverse("employer_project_new", args=[firm])
    shown = owner.post(page, FORM | days() | {"do": "quote"}).content.decode()
    assert "Rp2.950.000" in shown and "PP 44/2015 Pasal 54" in shown and not Project.objects.exists()
    answer = owner.post(page, FORM | days() | {"do": "register"})
    made = Project.objects.get(employer=firm)
    assert answer["Location"] == reverse("employer_project", args=[firm, made.number])


def test_workers_are_pasted_and_what_is_wrong_is_said(owner, firm, project):
    page = reverse("employer_project", args=[firm, project])
    text = "3578011205850001;Slamet Riyadi;Tukang\n12;Tanpa NIK"
    shown = owner.post(page, {"do": "workers", "w-text": text}).content.decode()
    assert "Slamet R." in shown and "3578011205850001" not in shown and "Baris 2" in shown and "12;Tanpa NIK<" in shown


def test_an_addendum_and_a_cancellation_are_made_on_the_page(owner, firm, project):
    page = reverse("employer_project", args=[firm, project])
    told = {"do": "change", "c-value": "3000000000", "c-ends": days()["ends"], "c-why": "Adendum 1"}
    assert owner.post(page, told).status_code == 302
    assert Project.objects.get(number=project).contract_value == 3_000_000_000
    assert owner.post(page, {"do": "cancel", "why": "Batal"}).status_code == 302
    assert Project.objects.get(number=project).state == "cancelled"


@pytest.mark.parametrize("role", ["", "member", "agent", "auditor", "operator", "employer"])
def test_inspectors_pages_are_closed_to_all_others(firm, case, report, role):
    client = signed_in(role) if role else Client()
    for name, *args in (("inspector",), ("inspector_firm", firm), ("cases",), ("case", case), ("worker_reports",),
                        ("worker_report_one", report), ("inspector_sheet",)):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == (403 if role else 302), name
        assert client.post(reverse(name, args=args), {"why": "x"}).status_code == (403 if role else 302), name


def test_a_strangers_project_or_case_is_not_there(firm, project, case):
    stranger, other = signed_in("employer"), watching.firm()
    Staff.objects.create(employer_id=other, user=stranger.account, role="owner", from_day=dt.date(2025, 1, 1))
    for name, *args in (("employer_project", project), ("employer_case", case)):
        assert stranger.get(reverse(name, args=[firm, *args])).status_code == 404
        assert stranger.get(reverse(name, args=[other, *args])).status_code == 404


def test_steps_are_taken_on_the_page_and_their_letter_can_be_printed(inspector, owner, firm, case):
    page = reverse("case", args=[case])
    assert inspector.post(page, {"kind": "warning_1", "why": "Belum menanggapi"}).status_code == 302
    refused = inspector.post(page, {"kind": "warning_2", "why": "Terlalu cepat"})
    assert refused.status_code == 409 and "Paling cepat" in refused.content.decode()
    step = Case.objects.get(number=case).steps.get()
    for client, name, args in (
        (inspector, "case_letter", [case, step.id]),
        (owner, "employer_letter", [firm, case, step.id]),
    ):
        answer = client.get(reverse(name, args=args))
        check(answer)
        assert "TEGURAN TERTULIS PERTAMA" in answer.content.decode()
    assert owner.get(reverse("employer_letter", args=[firm, case, step.id + 1])).status_code == 404
    shown = owner.get(reverse("employer_case", args=[firm, case])).content.decode()
    assert "Teguran tertulis pertama" in shown and "Belum menanggapi" not in shown


def test_a_report_is_opened_by_post_with_a_purpose_and_leaves_the_employer_ignorant(
    inspector, owner, firm, case, report
):
    page = reverse("worker_report_one", args=[report])
    assert SECRET not in inspector.get(page).content.decode()
    assert inspector.post(page, {"why": " "}).status_code == 422
    shown = inspector.post(page, {"why": "Memeriksa upah"}).content.decode()
    assert SECRET in shown
    inspector.post(page, {"why": "Memeriksa upah", "do": "take"})
    inspector.post(page, {"why": "Memeriksa upah", "do": "link", "case": case})
    answer = inspector.post(page, {"why": "Memeriksa upah", "do": "answer", "text": "Sudah diperiksa."})
    assert answer.status_code == 302 and WorkerReport.objects.get().state == "answered"
    for name, args in (("employer_cases", [firm]), ("employer_case", [firm, case]), ("employer_home", [firm])):
        shown = owner.get(reverse(name, args=args)).content.decode()
        assert report not in shown and SECRET not in shown and "Laporan pekerja" not in shown
    assert Event.objects.filter(action="worker_report.read", why="Memeriksa upah").count() >= 1


def test_the_list_is_taken_as_a_sheet_for_a_purpose_only(inspector, firm):
    page = reverse("inspector_sheet")
    assert inspector.get(page).status_code == 302
    assert inspector.post(page, {"why": ""}).status_code == 422
    answer = inspector.post(page, {"why": "Rapat bulanan"})
    assert answer["Content-Type"].startswith("text/csv") and b"never_filed" in answer.content


def test_an_officer_sees_all_projects_and_registers_for_an_employer(regions, firm, project):
    officer = signed_in("officer")
    check(officer.get(reverse("officer_projects")))
    assert project in officer.get(reverse("officer_projects") + "?q=jembatan").content.decode()


def test_an_officer_registers_with_terms_of_his_own_for_a_purpose(firm):
    officer = signed_in("officer")
    session = officer.session
    session["firm_purpose"] = "Datang ke kantor"
    session.save()
    told = FORM | days() | {"do": "register", "instalments": "4"}
    assert officer.post(reverse("employer_project_new", args=[firm]), told).status_code == 302
    assert Event.objects.filter(action="project.register", why="Datang ke kantor").exists()


def test_a_fine_needs_its_warnings_and_two_inspectors_on_the_page_too(inspector, firm, owner, project, case):
    assert projects.view(number=project, by=watching.staff(firm)).open == 2_950_000
    page = reverse("case", args=[case])
    assert inspector.post(page, {"kind": "fine", "why": "Tidak ditanggapi"}).status_code == 409
    on = clock.today() - dt.timedelta(days=45)
    Step.objects.bulk_create(
        Step(case=Case.objects.get(number=case), kind=kind, on=day, until=day + dt.timedelta(days=14), why="x",
             by=inspector.account)
        for kind, day in (("warning_1", on), ("warning_2", on + dt.timedelta(days=16)))
    )  # fmt: skip
    ProjectDue.objects.update(due_on=on)
    assert inspector.post(page, {"kind": "fine", "why": "Tidak ditanggapi"}).status_code == 302
    wish = StepProposal.objects.get()
    told = {"do": "approve", "proposal": wish.id, "why": ""}
    assert inspector.post(page, told).status_code == 403
    assert signed_in("inspector", name="kedua").post(page, told).status_code == 302
    assert Case.objects.get(number=case).steps.filter(kind="fine").exists()
