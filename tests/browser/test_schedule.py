"""When an article will appear is said while its time is typed, in the server's words."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from news import schedule


def test_a_moment_is_said_in_words_while_it_is_typed(signed_in, open_page):
    page = open_page("/quan-tri/news/article/add/", storage_state=signed_in)
    said = page.locator("[data-schedule=published_at]")
    expect(said).to_have_text("Khi được duyệt, bài hiện ngay.")
    soon = timezone.localtime() + timedelta(days=3, hours=1)
    soon = soon.replace(second=0, microsecond=0)
    for moment in (soon, soon - timedelta(days=30), soon.replace(year=9999, month=12, day=31)):
        page.locator("#id_published_at_0").fill(f"{moment:%d/%m/%Y}")
        page.locator("#id_published_at_1").fill(f"{moment:%H:%M}")
        expect(said).to_have_text(schedule.said("published_at", moment, approved=False))
    page.locator("#id_published_at_0").fill("05/0")
    expect(said).to_have_text("")
