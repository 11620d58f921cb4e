"""An article is listened to: the sentence read is marked, speed and position are remembered."""

from playwright.sync_api import expect

from tests.browser.conftest import wait_until
from tests.browser.page_types import FIRST_SEEN

MARKED = "[...(CSS.highlights.get('reading') ?? [])].map(String).join()"


def test_the_sentence_being_read_is_marked_and_the_place_remembered(open_page):
    page = open_page(FIRST_SEEN["article"])
    player = page.locator("[data-player]")
    audio = player.locator("audio")
    expect(audio).not_to_have_attribute("controls", "")
    player.get_by_label("Tốc độ").select_option("1.5")
    player.get_by_role("button", name="Nghe", exact=True).click()
    wait_until(page, f"{MARKED} !== ''")
    assert page.evaluate(MARKED) in page.locator("h1").inner_text()

    # A click on a sentence goes there.
    page.locator(".article .prose p").nth(1).click(position={"x": 20, "y": 12})
    wait_until(page, "document.querySelector('audio').currentTime > 10")
    wait_until(page, f"document.querySelector('.prose').textContent.includes({MARKED})")
    player.get_by_role("button", name="Tạm dừng").click()
    player.get_by_role("slider", name="Vị trí nghe").focus()
    before = audio.evaluate("audio => audio.currentTime")
    page.keyboard.press("ArrowRight")
    assert audio.evaluate("audio => audio.currentTime") >= before + 9

    page.reload()
    expect(player.get_by_label("Tốc độ")).to_have_value("1.5")
    player.get_by_role("button", name="Nghe tiếp từ").click()
    wait_until(page, "document.querySelector('audio').currentTime > 10")
    assert audio.evaluate("audio => audio.playbackRate") == 1.5

    page.goto("/nghe/")
    listed = page.locator("[data-track]")
    listed.last.get_by_role("button", name="Nghe").click()
    expect(listed.last).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Bài sau")).to_be_disabled()
    wait_until(page, "document.querySelector('[data-playlist] audio').currentTime > 0")
