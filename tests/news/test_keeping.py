"""Who has an article open, sessions that end, drafts: what is typed is kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news import keeping
from news.models import EditingSession
from portal.keeping import SAVED_COOKIE
from tests.builders import make_article
from tests.news.editing import change, open_form, page_of, posted, said, two_clients
from tests.news.test_versions import staff

pytestmark = pytest.mark.django_db


# -- who has it open -------------------------------------------------------------------


def test_whoever_opens_an_article_is_told_who_has_it_open(client, draft, lan, hai):
    first, second = two_clients(lan, hai)
    assert "Đang có người khác" not in said(first.get(change(draft)))
    assert "mở bài này để sửa: Trần Thị Lan (từ " in said(second.get(change(draft)))


def test_a_page_that_is_open_hears_of_newcomers_and_of_saves(draft, lan, hai):
    first, second = two_clients(lan, hai)
    form = open_form(first, draft)
    address = reverse("admin:news_article_editing", args=[draft.pk])
    other = open_form(second, draft)
    heard = first.post(address, {"_revision": form["_revision"]}).json()
    assert "Lê Hải" in heard["others"]
    assert heard["saved"] == ""
    assert second.post(change(draft), other).status_code == 302
    heard = first.post(address, {"_revision": form["_revision"]}).json()
    assert "Bài vừa được lưu (Lê Hải, " in heard["saved"]
    assert second.post(address, {"ket-thuc": "1"}).json() == {}
    assert first.post(address, {"_revision": form["_revision"]}).json()["others"] == ""


def test_a_page_that_is_open_hears_of_a_change_that_left_no_version(client, draft, lan):
    draft.versions.all().delete()  # as loaded from a fixture
    client.force_login(lan)
    address = reverse("admin:news_article_editing", args=[draft.pk])
    clock = f"{timezone.localtime(draft.updated_at):%H:%M}"
    heard = client.post(address, {"_revision": "7"}).json()["saved"]
    assert heard.startswith(f"Bài vừa được lưu ({clock}), ")


def test_a_page_closed_without_a_word_is_gone_within_a_minute_and_a_half(draft, lan, hai):
    keeping.stay(draft, lan)
    assert keeping.others_say(draft, hai)
    EditingSession.objects.update(seen_at=timezone.now() - timedelta(seconds=90))
    assert not keeping.others_say(draft, hai)
    keeping.stay(draft, hai)
    assert EditingSession.objects.get().user == hai


def test_only_whoever_may_change_an_article_is_counted_as_editing(client, lan):
    published = make_article()
    address = reverse("admin:news_article_editing", args=[published.pk])
    assert client.post(address).status_code == 302
    client.force_login(lan)
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    client.get(change(published))
    assert not EditingSession.objects.exists()
    assert client.post(reverse("admin:news_article_editing", args=[0])).status_code == 404


# -- sessions and drafts ---------------------------------------------------------------


def test_a_form_learns_whether_its_session_lives(client, lan):
    address = reverse("session")
    answer = client.get(address)
    assert answer.json() == {"user": None}
    assert "no-store" in answer.headers["Cache-Control"]
    client.force_login(staff(is_staff=False))
    assert client.get(address).json() == {"user": None}
    client.force_login(lan)
    session = client.get(address).json()
    assert (session["user"], session["name"]) == (lan.pk, "Trần Thị Lan")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.cookies.load({"csrftoken": client.get(address).cookies["csrftoken"].value})
    changelist = reverse("admin:news_article_changelist")
    assert strict.post(changelist, {"csrfmiddlewaretoken": session["token"]}).status_code != 403


def test_signing_in_leads_back_to_the_form_also_after_a_mistake(client, draft, lan):
    lan.set_password("mat-khau-du-dai")
    lan.save()
    entrance = client.get(change(draft)).headers["Location"]
    wrong = page_of(client.post(entrance, {"username": lan.username, "password": "sai"}))
    (address,) = wrong.xpath("//form[@id='login-form']/@action")
    right = {"username": lan.username, "password": "mat-khau-du-dai"}
    assert client.post(address, right).headers["Location"] == change(draft)
    assert "việc lưu tự tiếp tục" in said(client.get(reverse("signed-in")))


def test_files_that_came_with_a_refused_form_are_named_to_be_chosen_again(client, draft, lan):
    client.force_login(lan)
    form = open_form(client, draft) | {"attachments-TOTAL_FORMS": ["2"]}
    form |= {f"attachments-{row}-title": ["Giấy mời"] for row in (0, 1)}
    form |= {f"attachments-{row}-position": ["0"] for row in (0, 1)}
    form |= {
        "attachments-0-file": SimpleUploadedFile("gia.exe", b"MZ"),
        "attachments-1-file": SimpleUploadedFile("giấy mời.pdf", b"%PDF-1.7"),
    }
    rows = page_of(client.post(change(draft), form)).xpath("//*[@id='attachments-group']")[0]
    mistakes = rows.xpath(".//ul[contains(@class,'errorlist')]/li/text()")
    assert mistakes == [
        "Chỉ nhận tệp PDF, DOCX, XLSX hoặc PPTX.",
        "Hãy chọn lại tệp “giấy mời.pdf”: khi trang báo lỗi, trình duyệt không giữ tệp đã chọn.",
    ]


def test_a_draft_is_forgotten_only_once_it_is_saved(client, draft, lan):
    client.force_login(lan)
    form = open_form(client, draft) | {"_draft": ["0123456789abcdef"]}
    refused = client.post(change(draft), form | {"title": [""]})
    assert SAVED_COOKIE not in refused.cookies
    assert posted(page_of(refused))["_draft"] == ["0123456789abcdef"]
    assert page_of(refused).xpath("//@data-returned")
    cookie = client.post(change(draft), form).cookies[SAVED_COOKIE]
    assert (cookie.value, cookie["path"]) == ("0123456789abcdef", "/quan-tri/")
    form = open_form(client, draft) | {"_draft": ['"><script>']}
    assert SAVED_COOKIE not in client.post(change(draft), form).cookies


@pytest.mark.parametrize("form", ["portal_standingpage", "news_article"])
def test_a_long_form_keeps_what_is_typed_and_is_served_anew_each_time(admin_client, form):
    page = page_of(admin_client.get(reverse(f"admin:{form}_add")))
    assert page.xpath("//form[.//@data-keeping]/@autocomplete") == ["off"]
    (script,) = page.xpath("//script[contains(@src, 'keep-draft')]")
    assert (script.get("type"), script.get("data-cookie-path")) == ("module", "/quan-tri/")
