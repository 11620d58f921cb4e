"""Two people saving one article, or one that is deleted meanwhile: nothing is lost."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_category, make_photo
from tests.news.editing import change, open_form, page_of, posted, said, two_clients
from tests.news.test_rights import in_charge_of
from tests.news.test_versions import attach, staff

pytestmark = pytest.mark.django_db


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
