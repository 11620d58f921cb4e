"""A scoreboard put in order by its headings."""

from playwright.sync_api import expect


def test_a_heading_sorts_by_number_and_gives_the_groups_back(open_page):
    page = open_page("/chi-tieu/nam/2023/")
    heading = page.locator("th[data-sort]", has_text="TH 2023").first
    groups = page.locator(".cards__group")
    names = page.locator(".cards__name a")
    before, parts = names.all_inner_texts(), groups.count()
    button = heading.get_by_role("button")
    button.click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(names.first).to_have_text("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ")  # 56.180
    expect(page.get_by_role("status").first).to_have_text(
        "Đang xếp theo TH 2023, từ cao xuống thấp."
    )
    expect(groups).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(names.first).to_have_text("Chỉ số sản xuất công nghiệp (IIP)")  # 26,08
    share = page.locator("th[data-sort]", has_text="TH/KH").first
    share.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") is None
    expect(names.nth(1)).to_have_text("Giá trị sản xuất công nghiệp")  # what has no plan is last
    page.get_by_role("button", name="Trở lại thứ tự theo nhóm").first.click()
    expect(groups).to_have_count(parts)
    assert names.all_inner_texts() == before
