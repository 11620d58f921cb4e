"""The department's list of how to say words, and the page to hear them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from news.models import Narration, Pronunciation
from news.spoken import Readings, sentences, spoken
from news.tasks import narrate, narrate_again
from portal.groups import EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from portal.speech import SpeechError, espeak
from tests.builders import make_article
from tests.news.test_versions import staff

LISTENING = reverse("admin:news_pronunciation_listening")


def test_the_list_goes_before_the_rules():
    readings = Readings({"FDI": "ép đi ai", "GRDP": "GDP tỉnh"})
    assert spoken("vốn FDI, GRDP", readings) == "vốn ép đi ai, giê đê pê tỉnh"
    assert sentences("FDI.", readings)[0].spoken == "ép đi ai."


def test_small_letters_stand_for_any_case_and_capitals_for_themselves():
    readings = Readings({"metro": "mê trô", "Sao": "sao hỏa"})
    assert spoken("Metro METRO metro, Sao sao", readings) == "mê trô mê trô mê trô, sao hỏa sao"


def test_only_whole_words_count_and_the_longest_first():
    readings = Readings({"ab": "một", "ab cd": "hai", "(x)": "ba"})
    assert spoken("ab cd ab abc", readings) == "hai một abc"


def test_an_entry_may_hold_anything_without_harm():
    readings = Readings({"a(b": "x\\1", "": "trống", "[": "]", "c++": "xê cộng cộng"})
    assert spoken("a(b", readings) == "x một"
    assert spoken("AB wİfi tiếp", Readings({"AB": "😀", "wifi": "oai phai"})) == "wİfi tiếp"
    assert spoken("học c++ nhé", readings) == "học xê cộng cộng nhé"


@pytest.mark.parametrize(
    ("word", "reading", "field"), [("…", "ba chấm", "word"), ("AB", "…", "reading")]
)
def test_an_entry_that_says_nothing_is_refused(word, reading, field):
    with pytest.raises(ValidationError) as refusal:
        Pronunciation(word=word, reading=reading).clean()
    assert set(refusal.value.message_dict) == {field}


@pytest.mark.django_db
def test_an_article_is_read_with_the_list():
    article = make_article(title="Tin vắn", lead="Vinatex tăng.")
    narrate.call(article.pk)
    first = [clip[0] for clip in Narration.objects.get().clips]
    Pronunciation.objects.create(word="Vinatex", reading="vi na tếch xờ")
    narrate.call(article.pk, again=True)
    again = [clip[0] for clip in Narration.objects.get().clips]
    changed = [key != former for key, former in zip(again, first, strict=True)]
    assert changed[:2] == [False, True]


@pytest.mark.django_db
def test_a_changed_entry_has_the_articles_with_its_word_read_again(
    django_capture_on_commit_callbacks,
):
    holding = make_article(lead="Vốn FDI tăng.")
    make_article(title="Tin khác", lead="Không có gì.")
    with django_capture_on_commit_callbacks(execute=True):
        entry = Pronunciation.objects.create(word="FDI", reading="ép đi ai")
        entry.delete()
    queued = DBTaskResult.objects.filter(task_path="news.tasks.narrate_again")
    assert [task.args_kwargs["args"] for task in queued] == [["FDI"], ["FDI"]]
    DBTaskResult.objects.all().delete()
    narrate_again.call("FDI")
    again = DBTaskResult.objects.get(task_path="news.tasks.narrate")
    assert again.args_kwargs == {"args": [holding.pk], "kwargs": {"again": True}}


@pytest.mark.django_db
def test_a_renamed_entry_concerns_both_words_and_many_are_deleted_like_one(
    client, django_capture_on_commit_callbacks
):
    entry = Pronunciation.objects.create(word="FDI", reading="ép đi ai")
    with django_capture_on_commit_callbacks(execute=True):
        entry.word = "ODA"
        entry.save()
    asked = DBTaskResult.objects.filter(task_path="news.tasks.narrate_again")
    assert sorted(task.args_kwargs["args"][0] for task in asked) == ["FDI", "ODA"]
    client.force_login(staff(PUBLISHERS))
    sent = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:news_pronunciation_changelist"), sent)
    assert (Pronunciation.objects.count(), asked.all().count()) == (0, 3)


@pytest.fixture
def editor(client, db):
    client.force_login(staff(EDITORS))
    return client


def test_staff_hear_a_sentence_as_readers_would(editor):
    Pronunciation.objects.create(word="xyz", reading="ích y dét")
    page = editor.post(LISTENING, {"cau": "UBND xã, xyz 4,44%"})
    assert "ủy ban nhân dân xã, ích y dét bốn phẩy bốn mươi bốn phần trăm" in page.text
    sound = editor.get(page.context["address"])
    assert sound["Content-Type"] == "audio/wav"
    assert b"".join(sound)[:4] == b"RIFF"


def test_the_list_leads_to_the_sound_of_each_word(editor):
    Pronunciation.objects.create(word="R&D", reading="e rờ và đê")
    rows = editor.get(reverse("admin:news_pronunciation_changelist"), {"q": "e ro"})
    assert f"{LISTENING}?cau=R%26D" in rows.text
    assert "e rờ và đê" in editor.get(LISTENING, {"cau": "R&D"}).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Hãy nhập"), ("😀", "không có chữ nào để đọc"), ("a " * 151, "hãy rút ngắn câu")],
)
def test_what_cannot_be_heard_is_refused_in_words_and_kept(editor, typed, said):
    page = editor.post(LISTENING, {"cau": typed})
    assert said in page.text
    assert "audio" not in page.text
    assert typed.strip() in page.text


def test_only_addresses_offered_by_the_page_give_sound(editor):
    assert editor.get(f"{LISTENING}gia-mao.wav").status_code == 404


def test_an_engine_that_fails_is_told(editor, monkeypatch):
    def fail(*args, **kwargs):
        raise SpeechError("thư viện hỏng")

    address = editor.post(LISTENING, {"cau": "xin chào"}).context["address"]
    monkeypatch.setattr(espeak, "synthesize", fail)
    answer = editor.get(address)
    assert (answer.status_code, answer.text) == (503, "Hiện chưa đọc được: thư viện hỏng.")


def test_others_than_those_with_the_right_hear_nothing(client, db):
    assert client.get(LISTENING).status_code == 302
    client.force_login(staff(FEEDBACK_OFFICERS))
    assert client.get(LISTENING).status_code == 403
    assert client.get(f"{LISTENING}x.wav").status_code == 403


def test_a_sentence_from_another_site_is_not_taken(db, django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff(PUBLISHERS))
    assert strict.post(LISTENING, {"cau": "xin chào"}).status_code == 403
