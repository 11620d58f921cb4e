"""Two people at one article, articles deleted meanwhile, sessions that end: nothing is lost."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from news import keeping
from news.models import Article, EditingSession
from portal.groups import EDITORS, PUBLISHERS
from portal.keeping import SAVED_COOKIE
from tests.builders import make_article, make_category, make_photo
from tests.news.test_rights import in_charge_of
from tests.news.test_versions import attach, staff

pytestmark = pytest.mark.django_db

DRAFT = Article.State.DRAFT


def change(article):
    return reverse("admin:news_article_change", args=[article.pk])


def page_of(response):
    return html.document_fromstring(response.content.decode())


def posted(page):
    """Return what a browser would send of the article's form as it stands on a page."""
    form = next(form for form in page.forms if form.get("id") == "article_form")
    fields = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            # As a browser does it: the line end after <textarea> is not part of the text.
            fields.setdefault(name, []).append(value.removeprefix("\n"))
    return fields | {"_save": "1"}


def open_form(client, article):
    return posted(page_of(client.get(change(article))))


def said(response):
    return " ".join(page_of(response).text_content().split())


@pytest.fixture
def lan():
    return staff(EDITORS, last_name="Trần Thị", first_name="Lan")


@pytest.fixture
def hai():
    return staff(EDITORS, last_name="Lê", first_name="Hải")


@pytest.fixture
def draft():
    return make_article(state=DRAFT, title="Một", lead="Mở đầu.")


def two_clients(*users):
    clients = [Client() for _ in users]
    for client, user in zip(clients, users, strict=True):
        client.force_login(user)
    return clients


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


# -- saves that would overwrite --------------------------------------------------------


def test_a_save_over_another_is_refused_and_shows_both(draft, lan, hai):
    first, second = two_clients(lan, hai)
    of_lan, of_hai = open_form(first, draft), open_form(second, draft)
    first.post(change(draft), of_lan | {"title": ["Tên của Lan"], "is_featured": ["on"]})
    answer = second.post(change(draft), of_hai | {"title": ["Tên của Hải"], "lead": ["Sapo mới."]})
    assert answer.status_code == 200
    assert Article.objects.get().title == "Tên của Lan"
    page = page_of(answer)
    shown = said(answer)
    assert ", Trần Thị Lan" in shown
    assert "Lưu đè lên bản của Trần Thị Lan" in shown
    assert page.xpath("//del")[0].text_content() == "[bỏ: Lan]"
    assert page.xpath("//ins")[0].text_content() == "[thêm: Hải]"
    labels = page.xpath("//*[@class='conflict']//table/@aria-label")
    assert labels == ["Tiêu đề", "Sapo", "Tin nổi bật"]
    kept = posted(page)
    assert (kept["title"], kept["lead"]) == (["Tên của Hải"], ["Sapo mới."])


def parts_shown(response):
    """Return the names of the parts a conflict compares, under what it says of them."""
    found, heading = {}, ""
    for element in page_of(response).xpath("//*[@class='conflict']/*"):
        if element.tag == "p":
            heading = element.text_content().strip()
        elif element.tag == "h3":
            found.setdefault(heading, []).append(element.text_content())
    return found


BOTH = "Nơi khác và trang này cùng sửa; hãy chọn câu chữ để giữ:"
ONLY_HERE = "Chỉ trang này sửa:"
ONLY_THERE = "Chỉ nơi khác sửa; trang này đã lấy theo, không cần gõ lại:"


def test_a_conflict_says_who_changed_which_part_and_what_nobody_typed_here_follows(draft, lan, hai):
    draft.body = "<h2>Mục</h2><p>Một</p><p>Hai</p>"
    draft.save()
    first, second = two_clients(lan, hai)
    of_lan, of_hai = open_form(first, draft), open_form(second, draft)
    of_hai["body"] = ["<h2>Mục</h2>\r\n\r\n<p>Một</p>\r\n\r\n<p>Hai</p>\r\n"]  # by the editor
    topic = make_category(name="Công nghiệp")
    first.post(
        change(draft),
        of_lan
        | {"title": ["Tên của Lan"], "place": ["Thái Nguyên"], "category": [str(topic.pk)]}
        | {"expires_at_0": ["02/01/2030"], "expires_at_1": ["07:30"], "is_featured": ["on"]}
        | {"body": ["<p>Một, Lan viết lại</p>"]},
    )
    answer = second.post(
        change(draft), of_hai | {"title": ["Tên của Hải"], "lead": ["Sapo của Hải."]}
    )
    assert parts_shown(answer) == {
        BOTH: ["Tiêu đề"],
        ONLY_HERE: ["Sapo"],
        ONLY_THERE: [
            "Nội dung", "Địa bàn", "Chuyên mục", "Thời điểm hết hạn", "Tin nổi bật",
        ],
    }  # fmt: skip
    merged = posted(page_of(answer)) | {"_overwrite": ["3"]}
    assert second.post(change(draft), merged).status_code == 302
    article = Article.objects.get()
    assert (article.title, article.lead) == ("Tên của Hải", "Sapo của Hải.")
    assert (article.place, article.category, article.is_featured) == ("Thái Nguyên", topic, True)
    assert article.body == "<p>Một, Lan viết lại</p>"
    assert article.expires_at


def test_a_third_save_is_met_by_what_was_typed_not_by_what_was_taken_over(draft, lan, hai):
    first, second = two_clients(lan, hai)
    of_hai = open_form(second, draft) | {"lead": ["Sapo của Hải."]}
    first.post(change(draft), open_form(first, draft) | {"title": ["Lần một"]})
    refused = posted(page_of(second.post(change(draft), of_hai)))
    first.post(change(draft), open_form(first, draft) | {"title": ["Lần hai"]})
    answer = second.post(change(draft), refused | {"_overwrite": ["2"]})
    assert parts_shown(answer) == {ONLY_HERE: ["Sapo"], ONLY_THERE: ["Tiêu đề"]}
    assert posted(page_of(answer))["title"] == ["Lần hai"]


def test_a_time_of_publication_that_a_refused_step_would_give_is_not_typed(draft, lan):
    draft.published_at = None
    draft.save()
    first, second = two_clients(lan, staff(PUBLISHERS))
    form = open_form(second, draft) | {"lead": ["Sapo của người duyệt."], "_step": ["approve"]}
    first.post(change(draft), open_form(first, draft) | {"title": ["Tên của Lan"]})
    answer = second.post(change(draft), form)
    assert parts_shown(answer) == {ONLY_HERE: ["Sapo"], ONLY_THERE: ["Tiêu đề"]}
    assert "published_at_0" not in posted(page_of(answer))
    assert "đã qua" not in said(answer)


def test_photos_and_documents_nobody_touched_here_stay_as_somebody_else_left_them(draft, lan, hai):
    photo = make_photo()
    for caption in ("Ảnh một", "Ảnh hai", "Ảnh ba"):
        draft.photos.create(photo=photo, caption=caption)
    attach(draft)
    draft.parts_saved()
    first, second = two_clients(lan, hai)
    of_lan, of_hai = open_form(first, draft), open_form(second, draft)
    of_lan |= {"photos-0-DELETE": ["on"], "photos-1-caption": ["Lan chú thích"]}
    first.post(change(draft), of_lan | {"attachments-0-title": ["Mẫu số 1"]})
    answer = second.post(change(draft), of_hai | {"photos-2-caption": ["Hải chú thích"]})
    assert parts_shown(answer) == {BOTH: ["Ảnh kèm bài"], ONLY_THERE: ["Tệp đính kèm"]}
    merged = posted(page_of(answer)) | {"_overwrite": ["2"]}
    assert second.post(change(draft), merged).status_code == 302
    captions = sorted(row.caption for row in draft.photos.all())
    assert captions == ["Hải chú thích", "Lan chú thích"]
    assert draft.attachments.get().title == "Mẫu số 1"


def test_to_overwrite_is_a_choice_and_what_is_overwritten_stays_in_history(draft, lan, hai):
    first, second = two_clients(lan, hai)
    of_lan, of_hai = open_form(first, draft), open_form(second, draft)
    first.post(change(draft), of_lan | {"title": ["Tên của Lan"]})
    refused = posted(page_of(second.post(change(draft), of_hai | {"title": ["Tên của Hải"]})))
    assert "_overwrite" not in refused
    assert second.post(change(draft), refused).status_code == 200
    assert second.post(change(draft), refused | {"_overwrite": ["1"]}).status_code == 200
    assert second.post(change(draft), refused | {"_overwrite": ["2"]}).status_code == 302
    titles = [(version.content["title"], version.note) for version in draft.versions.all()]
    assert titles == [("Tên của Hải", "Lưu đè lên phiên bản 2"), ("Tên của Lan", ""), ("Một", "")]


def test_a_choice_to_overwrite_does_not_go_over_a_third_save(draft, lan, hai):
    first, second = two_clients(lan, hai)
    of_hai = open_form(second, draft)
    for title in ("Lần một", "Lần hai"):
        first.post(change(draft), open_form(first, draft) | {"title": [title]})
    assert second.post(change(draft), of_hai | {"_overwrite": ["2"]}).status_code == 200
    assert Article.objects.get().title == "Lần hai"


@pytest.mark.parametrize("day", ["31/02/2026", "hôm nay", "31/12/9999", "01/01/0001"])
def test_a_moment_nobody_can_mean_does_not_keep_both_texts_from_being_shown(draft, lan, hai, day):
    first, second = two_clients(lan, hai)
    of_lan, of_hai = open_form(first, draft), open_form(second, draft)
    first.post(change(draft), of_lan | {"title": ["Tên của Lan"]})
    moments = {f"{name}_at_0": [day] for name in ("published", "expires")}
    moments |= {f"{name}_at_1": ["00:00"] for name in ("published", "expires")}
    answer = second.post(change(draft), of_hai | {"title": ["Tên của Hải"]} | moments)
    page = page_of(answer)
    assert page.xpath("//*[@class='conflict']//table/@aria-label") == ["Tiêu đề"]
    assert posted(page)["published_at_0"] == [day]


@pytest.mark.parametrize("forged", ["", "99", "9" * 400, "9" * 5000])
def test_a_forged_revision_is_not_the_stored_one(client, draft, lan, forged):
    client.force_login(lan)
    form = open_form(client, draft)
    answer = client.post(change(draft), form | {"_revision": [forged], "title": ["Hai"]})
    assert "chưa lưu" in said(answer)
    assert Article.objects.get().title == "Một"


def test_numbers_that_no_row_can_have_are_passed_over(client, draft, lan):
    client.force_login(lan)
    form = open_form(client, draft)
    forged = form | {"photos-INITIAL_FORMS": ["9" * 5000], "_revision": ["99"]}
    assert "chưa lưu" in said(client.post(change(draft), forged))
    assert client.post(change(draft), form | {"_overwrite": ["9" * 5000]}).status_code == 302
    assert draft.versions.first().note == ""


def test_a_save_over_a_step_or_an_action_on_the_list_is_refused_too(draft, lan):
    publisher = staff(PUBLISHERS)
    first, second = two_clients(publisher, publisher)
    form = open_form(first, draft)
    second.post(
        reverse("admin:news_article_changelist"),
        {"action": "approve", "_selected_action": [draft.pk]},
    )
    draft.refresh_from_db()
    assert draft.state == Article.State.APPROVED
    answer = first.post(change(draft), form)
    assert "chưa lưu" in said(answer)
    assert "(Duyệt đăng)" in said(answer)


def test_what_was_typed_is_given_back_to_whoever_may_no_longer_change_the_article(draft, lan):
    (client,) = two_clients(lan)
    form = open_form(client, draft)
    draft.state = Article.State.APPROVED
    draft.save()
    answer = client.post(change(draft), form | {"title": ["Gõ dở"], "body": ["<p>Chữ</p>"]})
    assert answer.status_code == 403
    assert page_of(answer).xpath("//textarea/text()") == ["Gõ dở", "Mở đầu.", "<p>Chữ</p>"]
    (stranger,) = two_clients(staff())
    assert "Gõ dở" not in stranger.post(change(draft), {"title": "Gõ dở"}).content.decode()


def test_what_was_typed_is_given_back_also_when_the_article_left_ones_categories(draft):
    own = make_category(name="Công nghiệp")
    draft.category = own
    draft.save()
    limited = in_charge_of(own)
    (client,) = two_clients(limited)
    form = open_form(client, draft)
    draft.category = make_category(name="Thương mại")
    draft.save()
    answer = client.post(change(draft), form | {"title": ["Gõ dở"]})
    assert "chuyên mục “Thương mại”" in said(answer)
    assert "Gõ dở" in page_of(answer).xpath("//textarea/text()")


def test_a_step_that_was_allowed_when_the_page_was_opened_is_refused_in_words(draft):
    publisher = staff(PUBLISHERS)
    (client,) = two_clients(publisher)
    form = open_form(client, draft) | {"title": ["Gõ dở"], "_step": ["approve"]}
    publisher.groups.set(staff(EDITORS).groups.all())
    answer = client.post(change(draft), form)
    assert "Tài khoản này không có quyền duyệt đăng bài này nên chưa lưu gì." in said(answer)
    assert posted(page_of(answer))["title"] == ["Gõ dở"]
    assert Article.objects.get().title == "Một"


def test_rows_that_somebody_deleted_are_saved_as_new_ones(draft, lan, hai):
    photo = make_photo()
    for caption in ("Ảnh một", "Ảnh hai"):
        draft.photos.create(photo=photo, caption=caption)
    attach(draft)
    first, second = two_clients(lan, hai)
    of_hai = open_form(second, draft)
    of_lan = open_form(first, draft)
    first.post(change(draft), of_lan | {"photos-0-DELETE": ["on"], "attachments-0-DELETE": ["on"]})
    assert draft.photos.count() == 1
    answer = second.post(change(draft), of_hai | {"photos-0-caption": ["Ảnh đầu"]})
    assert "Tệp đính kèm “Biểu mẫu” đã bị xóa từ nơi khác" in said(answer)
    assert "Ảnh đầu" in " ".join(page_of(answer).xpath("//*[@class='conflict']//ins//text()"))
    (chosen,) = page_of(answer).xpath("//input[@name='_overwrite']/@value")
    again = posted(page_of(answer)) | {"_overwrite": [chosen]}
    assert second.post(change(draft), again).status_code == 302
    assert sorted(row.caption for row in draft.photos.all()) == ["Ảnh hai", "Ảnh đầu"]


def test_what_was_typed_into_a_deleted_article_becomes_a_new_one(client, draft, lan):
    client.force_login(lan)
    topic = make_category(name="Công nghiệp")
    form = open_form(client, draft) | {"title": ["Gõ dở"], "category": [str(topic.pk)]}
    form |= {"published_at_0": ["02/01/2027"], "published_at_1": ["07:30"]}
    gone = change(draft)
    draft.delete()
    answer = client.post(gone, form)
    assert "Bài này đã bị xóa trong lúc đang sửa." in said(answer)
    assert not Article.objects.exists()
    page = page_of(answer)
    (address,) = page.xpath("//form[@id='article_form']/@action")
    assert client.post(address, posted(page)).status_code == 302
    article = Article.objects.get()
    assert (article.title, article.category, article.lead) == ("Gõ dở", topic, "Mở đầu.")
    assert timezone.localtime(article.published_at).strftime("%d/%m/%Y %H:%M") == "02/01/2027 07:30"


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_instant_one_is_refused(draft, lan, hai):
    clients = two_clients(lan, hai)
    forms = [open_form(client, draft) for client in clients]
    together, statuses = threading.Barrier(2), []

    def save(client, form):
        together.wait()
        statuses.append(client.post(change(draft), form).status_code)
        connection.close()

    threads = [
        threading.Thread(target=save, args=[client, form | {"title": [f"Tên {number}"]}])
        for number, (client, form) in enumerate(zip(clients, forms, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 302]
    assert draft.versions.count() == 2


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
