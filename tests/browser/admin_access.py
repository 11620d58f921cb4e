"""What axe finds on a page that staff work with."""

from tests.browser.test_pages import HEIGHT, THEMES
from tests.tools import axe

WIDTHS = (360, 1280)  # between them Django's own layout stays as it is
# What Django's own templates and scripts do: rule and part of the selector -> why it stays.
NOT_OURS = {
    ("label-title-only", "#searchbar"): "the label of a search field is a picture",
}


def faults_of(browser, portal, take_picture, page_type, **options):
    context = browser.new_context(base_url=portal.url, locale="vi-VN", **options)
    page = context.new_page()
    page.goto(page_type.path)
    page_type.act(page)
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            take_picture(page, f"{page_type.name}-{width}-{theme}")
            faults += [(width, theme, fault) for fault in axe.violations(page, rules)]
    context.close()
    return [
        fault
        for fault in faults
        if not any(fault[2].rule == rule and part in fault[2].target for rule, part in NOT_OURS)
    ]
