"""The pages staff work with, by axe: what we added to Django's admin must be clean."""

import pytest

from tests.browser.conftest import sign_in
from tests.browser.page_types import ADMIN, ENTRANCE
from tests.browser.test_pages import HEIGHT, PICTURES, THEMES, WIDTHS
from tests.tools import axe

# What Django's own templates and scripts do: rule and part of the selector -> why it stays.
NOT_OURS = {
    ("label-title-only", "#searchbar"): "the label of a search field is a picture",
}


@pytest.fixture(scope="module")
def signed_in(browser, portal):
    """The cookies of somebody who signed in."""
    context = browser.new_context(base_url=portal.url)
    sign_in(context.new_page(), portal)
    yield context.storage_state()
    context.close()


def faults_of(browser, portal, page_type, **options):
    context = browser.new_context(base_url=portal.url, locale="vi-VN", **options)
    page = context.new_page()
    page.goto(page_type.path)
    page_type.act(page)
    faults = []
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            picture = PICTURES / f"{page_type.name}-{width}-{theme}.jpg"
            page.screenshot(path=picture, type="jpeg", quality=80, full_page=True)
            faults += [(width, theme, fault) for fault in axe.violations(page)]
    context.close()
    return [
        fault
        for fault in faults
        if not any(fault[2].rule == rule and part in fault[2].target for rule, part in NOT_OURS)
    ]


@pytest.mark.parametrize("page_type", ENTRANCE, ids=lambda page_type: page_type.name)
def test_the_entrance_passes_axe(browser, portal, page_type):
    faults = faults_of(browser, portal, page_type)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("page_type", ADMIN, ids=lambda page_type: page_type.name)
def test_a_page_of_the_admin_passes_axe(browser, portal, signed_in, page_type):
    faults = faults_of(browser, portal, page_type, storage_state=signed_in)
    assert not faults, "\n".join(map(str, faults))
