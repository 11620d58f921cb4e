"""Staff see how far the sound of an article is, and what to do about it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from news.models import Article, Narration
from news.tasks import narrate
from portal.groups import EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from portal.speech import encode_mp3, silence
from tests.builders import make_article
from tests.news.test_admin import told
from tests.news.test_versions import staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")


@pytest.fixture
def article():
    return make_article(title="Tin đã đăng")


@pytest.fixture
def chief(client):
    client.force_login(staff(PUBLISHERS))
    return client


def page_of(article):
    return reverse("admin:news_article_narration", args=[article.pk])


def queued():
    return DBTaskResult.objects.filter(task_path="news.tasks.narrate")


def test_each_state_has_its_words(chief, article, asked):
    form = reverse("admin:news_article_change", args=[article.pk])
    assert "Chưa có." in chief.get(page_of(article)).text
    narrate.enqueue(article.pk)
    for page in (page_of(article), LIST, form):
        assert "Đang chờ tạo" in chief.get(page).text
    queued().update(status=TaskResultStatus.RUNNING)
    for page in (page_of(article), LIST):
        assert "Đang tạo" in chief.get(page).text
    queued().delete()
    narrate.call(article.pk)
    made = Narration.objects.get()
    player = f'<audio controls preload="metadata" src="{made.file.url}">'
    assert player in chief.get(page_of(article)).text
    assert f'<a href="{made.file.url}">Nghe</a> (0:0' in chief.get(form).text
    assert made.file.url in chief.get(LIST).text
    Narration.objects.update(key="", error="giọng đọc không trả lời")
    page = chief.get(page_of(article)).text
    assert "Lỗi: giọng đọc không trả lời." in page
    assert "<audio" not in page
    assert page_of(article) in chief.get(LIST).text


def test_an_article_of_pictures_says_why_it_is_silent(chief, asked):
    article = make_article(lead="", body="")
    narrate.call(article.pk)
    assert "bài không có chữ nào để đọc" in chief.get(page_of(article)).text


def test_a_failure_can_be_tried_again(chief, article):
    Narration.objects.create(article=article, key="x", error="hỏng")
    answer = chief.post(page_of(article), {"viec": "tao-lai"}, follow=True)
    assert "sẽ được tạo lại" in answer.text
    assert queued().get().args_kwargs == {"args": [article.pk], "kwargs": {"again": True}}


def test_many_are_made_again_behind_what_is_new(chief, article):
    failed = make_article()
    Narration.objects.create(article=failed, key="x", error="hỏng")
    said = told(chief, "narrate_again", article, failed)
    assert said == ["Đã yêu cầu tạo lại bản đọc: 2 bài."]
    asked_for = {task.args_kwargs["args"][0]: task for task in queued()}
    assert set(asked_for) == {article.pk, failed.pk}
    for task in asked_for.values():
        assert task.args_kwargs["kwargs"] == {"again": True}
        assert task.priority < 0
    assert {entry.change_message for entry in LogEntry.objects.all()} == {
        "Yêu cầu tạo lại bản đọc."
    }


def test_what_has_a_recording_or_is_not_approved_is_not_made_again(chief, article):
    Narration.objects.create(article=article, is_recording=True)
    draft = make_article(title="Còn nháp", state=Article.State.DRAFT)
    of_recording, of_draft = told(chief, "narrate_again", article, draft)
    assert "“Tin đã đăng”: Bài đang dùng bản ghi âm; hãy xóa bản ghi âm trước." in of_recording
    assert "“Còn nháp”: Bản đọc chỉ được tạo khi bài đã duyệt." in of_draft
    page = chief.post(page_of(draft), {"viec": "tao-lai"}, follow=True).text
    assert "Bản đọc chỉ được tạo khi bài đã duyệt." in page
    assert not queued().exists()


def test_many_are_made_again_only_by_who_may_change_them(client, article):
    client.force_login(staff(EDITORS))
    (said,) = told(client, "narrate_again", article)
    assert "Tài khoản này không có quyền làm việc này." in said
    client.force_login(staff(FEEDBACK_OFFICERS))
    assert "narrate_again" not in client.get(LIST).text
    told(client, "narrate_again", article)
    assert not queued().exists()


def test_a_recording_is_taken_and_given_back(chief, article, asked):
    sound = SimpleUploadedFile("a.mp3", encode_mp3(silence(2, 22_050)))
    page = chief.post(page_of(article), {"file": sound}, follow=True).text
    assert "Người đọc sẽ nghe bản ghi âm này." in page
    assert "bản ghi âm)" in page
    assert "Bản ghi âm" in chief.get(LIST).text
    assert Article.objects.get().current_narration().is_recording
    page = chief.post(page_of(article), {"viec": "xoa"}, follow=True).text
    assert "bài dùng lại giọng đọc máy" in page
    assert not Narration.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Hãy chọn một tệp MP3 hoặc WAV."),
        ({"file": SimpleUploadedFile("a.mp3", b"")}, "Tệp rỗng."),
        ({"file": SimpleUploadedFile("a.mp3", b"x" * 99)}, "Không dùng được tệp này"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(chief, article, asked, sent, said):
    answer = chief.post(page_of(article), sent)
    assert answer.status_code == 200
    assert said in answer.text
    assert not Narration.objects.exists()


def test_who_may_not_edit_the_article_only_listens(client, article):
    client.force_login(staff(EDITORS))
    page = client.get(page_of(article)).text
    assert "Tạo lại" not in page
    assert 'type="file"' not in page
    for asked in ("tao-lai", "xoa", ""):
        assert client.post(page_of(article), {"viec": asked}).status_code == 403
    assert not queued().exists()


def test_others_do_not_see_the_page(client, article):
    assert client.get(page_of(article)).status_code == 302
