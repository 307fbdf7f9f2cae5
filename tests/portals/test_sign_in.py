"""Signing in: any shape of the number, lock-out, the second factor, a password that is safe by default."""

from __future__ import annotations

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from teduh.portals import second_factor
from tests.portals.house import PASSWORD, account

SIGN_IN, CODE = "/masuk/", "/masuk/kode/"


def attempt(client: Client, name: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


@pytest.mark.parametrize("typed", ["+6281234567001", "0812 3456 7001", "62812-3456-7001", "0812.3456.7001"])
def test_a_member_signs_in_with_his_number_in_any_shape(db: None, client: Client, typed: str) -> None:
    account("member", "+6281234567001")
    assert attempt(client, typed)["Location"] == "/saya/"


@pytest.mark.parametrize(
    ("role", "home"),
    [("agent", "/agen/"), ("officer", "/petugas/"), ("auditor", "/buku/"), ("operator", "/bank/")],
)
def test_each_role_comes_to_its_own_first_page(db: None, client: Client, role: str, home: str) -> None:
    account(role, "pak.budi")
    assert attempt(client, "pak.budi")["Location"] == home


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(db: None, client: Client) -> None:
    account("agent", "pak.budi")
    for _ in range(4):
        assert attempt(client, "pak.budi", "salah").status_code == 200
    assert attempt(client, "pak.budi", "salah").status_code == 429
    locked = attempt(client, "pak.budi")
    assert locked.status_code == 429
    assert "Terkunci selama 15 menit" in locked.content.decode()
    assert client.get("/agen/").status_code == 302


def test_shapes_of_one_number_share_one_lock(db: None, client: Client) -> None:
    account("member", "+6281234567001")
    shapes = ["0812 3456 7001", "+6281234567001", "62812-3456-7001", "081234567001", "0812.3456.7001"]
    assert [attempt(client, shape, "salah").status_code for shape in shapes][-1] == 429


def test_a_foreign_address_is_never_gone_to_after_signing_in(db: None, client: Client) -> None:
    account("agent", "pak.budi")
    assert attempt(client, "pak.budi", next="https://jahat.example/")["Location"] == "/agen/"
    client.post("/keluar/")
    assert attempt(client, "pak.budi", next="/berkas/")["Location"] == "/berkas/"


def code_of(device: TOTPDevice, drift: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, drift)
    return f"{totp.token():06d}"


def no_waiting() -> None:
    """As if the seconds that follow a wrong code were over."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)


def test_the_second_factor_is_set_up_asked_for_and_backed_by_recovery_codes(db: None, client: Client) -> None:
    user = account("officer", "bu.ratna")
    attempt(client, "bu.ratna")
    assert "belum memakai pengaman kedua" in client.get("/petugas/").content.decode()
    assert "<svg" in client.get("/akun/pengaman/").content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert client.post("/akun/pengaman/", {"code": "000000"}).status_code == 200
    no_waiting()
    done = client.post("/akun/pengaman/", {"code": code_of(device)})
    recovery = list(done.context["codes"])
    assert len(recovery) == second_factor.CODES
    assert "belum memakai pengaman kedua" not in client.get("/petugas/").content.decode()

    client.post("/keluar/")
    assert attempt(client, "bu.ratna")["Location"] == CODE
    assert client.get("/petugas/").status_code == 302, "the password alone opens nothing"
    assert client.post(CODE, {"code": "123"}).status_code == 200
    no_waiting()
    assert client.post(CODE, {"code": recovery[0].upper()})["Location"] == "/petugas/"
    client.post("/keluar/")
    attempt(client, "bu.ratna")
    assert client.post(CODE, {"code": recovery[0]}).status_code == 200, "a recovery code works once"


def test_the_second_factor_is_taken_away_only_with_the_password(db: None, client: Client) -> None:
    user = account("officer", "bu.ratna")
    TOTPDevice.objects.create(user=user, name="aplikasi", confirmed=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/akun/pengaman/lepas/", {"password": "salah"}).status_code == 403
    assert second_factor.device(user) is not None
    client.post("/akun/pengaman/lepas/", {"password": PASSWORD})
    assert second_factor.device(user) is None


@pytest.mark.parametrize("weak", ["pendek", "1234567890", "password123", "bu.ratna.1"])
def test_weak_passwords_are_refused(db: None, client: Client, weak: str) -> None:
    user = account("officer", "bu.ratna.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/akun/sandi/", {"old": PASSWORD, "new": weak})
    assert answer.status_code == 200 and answer.context["form"].errors["new"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_password_is_changed_and_other_sessions_end(db: None, client: Client) -> None:
    account("agent", "pak.budi")
    elsewhere = Client()
    attempt(elsewhere, "pak.budi")
    attempt(client, "pak.budi")
    client.post("/akun/sandi/", {"old": PASSWORD, "new": "sawah-hijau-sore-hari"})
    assert client.get("/agen/").status_code == 200
    assert elsewhere.get("/agen/").status_code == 302


def test_signing_out_takes_a_post(db: None, client: Client) -> None:
    account("agent", "pak.budi")
    attempt(client, "pak.budi")
    client.get("/keluar/")
    assert client.get("/agen/").status_code == 200
    client.post("/keluar/")
    assert client.get("/agen/").status_code == 302


def test_a_form_without_its_token_is_refused_in_both_languages(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = attempt(strict, "pak.budi")
    assert answer.status_code == 403
    assert "What next" in answer.content.decode() and "Selanjutnya" in answer.content.decode()
