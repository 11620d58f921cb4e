"""The search box as it is typed in."""


def test_suggestions_are_chosen_by_the_keyboard_alone(open_page):
    page = open_page("/")
    box = page.get_by_role("combobox", name="Tìm trên cổng")
    page.get_by_label("Tìm trên cổng").focus()
    box.press_sequentially("cong ng")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert box.input_value() == chosen.inner_text()
    box.press("Escape")
    assert box.input_value() == "cong ng"
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=cong+ng")
