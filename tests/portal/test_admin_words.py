"""Django's admin in our words: what its own translation lacks or says badly."""

import ast
import gettext
import json
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse

from portal import groups
from tests.builders import make_article, make_staff

WORDS = Path(settings.LOCALE_PATHS[0]) / "vi/LC_MESSAGES"
SCRIPTS = Path(django.__file__).parent / "contrib/admin/static/admin/js"
# An entry's keyword and the quoted strings after it.
FIELD = re.compile(r'^(msg\w+)(?:\[0\])?((?:\s*"(?:[^"\\]|\\.)*")+)', re.M)
CALL = re.compile(r"""\b(gettext|ngettext|pgettext)\(\s*((?:(['"])(?:(?!\3).)*\3[,\s]*)+)""")


def written(name) -> dict:
    """Return the entries of a .po file: what Django says → what we say."""
    entries = {}
    for block in (WORDS / f"{name}.po").read_text().split("\n\n"):
        field = {key: ast.literal_eval(f"({text})") for key, text in FIELD.findall(block)}
        context = f"{field['msgctxt']}\x04" if "msgctxt" in field else ""
        entries[context + field["msgid"]] = field["msgstr"]
    return entries


def compiled(name) -> dict:
    with (WORDS / f"{name}.mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)._catalog
    # The key of an entry with a plural carries the number of the form.
    return {key[0] if isinstance(key, tuple) else key: words for key, words in catalog.items()}


def catalog_of(client) -> dict:
    """Return the words the admin's scripts are given."""
    script = client.get(reverse("admin:jsi18n")).content.decode()
    found = re.search(r"const newcatalog = (\{.*?\n  \});", script, re.S)
    return json.loads(found[1])


def asked_by_scripts() -> set[str]:
    """Return each text of Django's admin scripts that is to be translated."""
    asked = set()
    for script in SCRIPTS.glob("*.js"):
        for function, arguments, _ in CALL.findall(script.read_text()):
            first, *rest = ast.literal_eval(f"[{arguments}]")
            asked.add(f"{first}\x04{rest[0]}" if function == "pgettext" else first)
    return asked


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_compiled_words_are_those_written(name):
    ours = written(name)
    assert len(ours) > 20
    assert {key: words.strip() for key, words in compiled(name).items() if key} == {
        key: words.strip() for key, words in ours.items() if key
    }


def test_the_admins_scripts_find_every_word_in_vietnamese(admin_client):
    catalog, asked = catalog_of(admin_client), asked_by_scripts()
    assert len(asked) > 60
    assert "%(sel)s of %(cnt)s selected" in asked
    assert asked - catalog.keys() == set()
    assert catalog["Available %s"] == "Các %s có thể chọn"


def page_of(client, name, *args, **query):
    html = client.get(reverse(f"admin:{name}", args=args), query).content.decode()
    return html.replace("&quot;", '"')


@pytest.mark.django_db
def test_a_list_speaks_as_an_office_does(admin_client):
    make_article()
    page = page_of(admin_client, "news_article_changelist", o="-4")
    for words in (
        "Danh sách bài viết",
        "Thêm bài viết",
        "Thao tác:",
        ">Thực hiện</button>",
        "Đã chọn 0 trong 1",
        "Theo trạng thái",
        "Đảo thứ tự",
        "Xin chào,",
    ):
        assert words in page, words
    assert "7 ngày qua" in page_of(admin_client, "feedback_submission_changelist")


@pytest.mark.django_db
def test_the_start_page_speaks_as_an_office_does(admin_client):
    page = page_of(admin_client, "index")
    for words in (
        "Tất cả nội dung quản lý",
        "Các loại nội dung trong Tin tức",
        ">Thêm</a>",
        ">Sửa</a>",
        "Chưa có hoạt động nào",
    ):
        assert words in page, words


@pytest.mark.django_db
def test_deleting_is_asked_in_plain_words(admin_client):
    article = make_article(title="Tin cũ")
    page = page_of(admin_client, "news_article_delete", article.pk)
    for words in ("Xóa bài viết “Tin cũ”?", 'value="Xóa"', "Không xóa, quay lại"):
        assert words in page, words
    page = page_of(admin_client, "news_article_history", article.pk)
    assert "Lịch sử bài viết: Tin cũ" in page


@pytest.mark.django_db
def test_what_was_saved_is_told_in_plain_words(admin_client):
    answer = admin_client.post(
        reverse("admin:portal_websitelink_add"),
        {"title": "Cổng", "url": "https://cong.example/", "position": 0},
    )
    (message,) = get_messages(answer.wsgi_request)
    assert re.fullmatch(r"Đã thêm liên kết website “<a href=.*>Cổng</a>”\.", str(message))


@pytest.mark.django_db
def test_the_password_page_asks_briefly(admin_client):
    page = page_of(admin_client, "password_change")
    assert "Nhập mật khẩu cũ, rồi nhập mật khẩu mới hai lần." in page
    assert "Mật khẩu phải có ít nhất 12 ký tự." in page
    assert not re.search(r"\b[Bb]ạn\b", page)


@pytest.mark.django_db
def test_a_users_rights_are_chosen_as_groups_alone(admin_client):
    page = page_of(admin_client, "auth_user_change", make_staff().pk)
    assert "Được vào trang quản trị" in page
    assert "Toàn quyền" in page
    assert "Can add" not in page
    assert 'name="user_permissions"' not in page


@pytest.mark.django_db
def test_the_rights_of_a_group_are_listed_in_words(admin_client):
    groups.ensure_groups()
    group = Group.objects.get(name=groups.PUBLISHERS)
    page = page_of(admin_client, "auth_group_change", group.pk)
    for words in ("Sửa bài viết", "Được duyệt đăng và gỡ bài viết", "Xem việc chạy nền"):
        assert f">{words}</option>" in page, words
    assert not re.search(r">[^<]*\b(?:Can|access|session|user|page)\b[^<]*</option>", page)


@pytest.mark.django_db
def test_saving_a_group_keeps_its_rights(admin_client):
    groups.ensure_groups()
    group = Group.objects.get(name=groups.FEEDBACK_OFFICERS)
    before = set(group.permissions.values_list("pk", flat=True))
    admin_client.post(
        reverse("admin:auth_group_change", args=[group.pk]),
        {"name": group.name, "permissions": sorted(before)},
    )
    assert set(group.permissions.values_list("pk", flat=True)) == before != set()
