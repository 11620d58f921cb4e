"""The long form of an article is saved from wherever one is, and says where it is refused."""

from playwright.sync_api import expect


def test_a_refused_save_leads_to_each_mistake_and_a_word_that_is_no_topic_swallows_no_click(
    signed_in, open_page
):
    page = open_page("/quan-tri/news/article/add/", storage_state=signed_in)
    page.get_by_label("Tiêu đề").fill("Chợ phiên cuối tuần")
    topics = page.locator("#id_tags + .select2 .select2-search__field")
    topics.click()
    page.keyboard.type("không có chủ đề này")
    expect(page.get_by_role("alert")).to_contain_text("Không có “không có chủ đề này”")
    # A real press: the list closes between the button's going down and its coming up.
    page.locator("[name=_continue]").click(delay=50)
    expect(page.locator(".errornote")).to_be_focused()
    mistake = page.get_by_role("link", name="Chuyên mục: Vui lòng điền mục này.")
    mistake.click()
    category = page.get_by_role("combobox", name="Chuyên mục")
    expect(category).to_be_focused()
    expect(category).to_be_in_viewport()
    category.press("Enter")
    page.get_by_role("option", name="Thương mại").first.click()
    topics.click()
    page.keyboard.type("không có chủ đề này")
    page.get_by_label("Địa bàn").click()
    expect(page.get_by_text("Chưa thêm “không có chủ đề này”")).to_be_visible()
    page.frame_locator("#cke_id_body iframe").locator("body").press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("Chợ phiên cuối tuần")
    expect(page.get_by_role("textbox", name="Thời điểm hết hạn, giờ")).to_be_visible()
