"""The pages staff work with, by axe: what we added to Django's admin must be clean."""

import pytest

from tests.browser.admin_access import faults_of
from tests.browser.page_types import ADMIN, ENTRANCE


@pytest.mark.parametrize("page_type", ENTRANCE, ids=lambda page_type: page_type.name)
def test_the_entrance_passes_axe(browser, portal, take_picture, page_type):
    faults = faults_of(browser, portal, take_picture, page_type)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("page_type", ADMIN, ids=lambda page_type: page_type.name)
def test_a_page_of_the_admin_passes_axe(browser, portal, signed_in, take_picture, page_type):
    faults = faults_of(browser, portal, take_picture, page_type, storage_state=signed_in)
    assert not faults, "\n".join(map(str, faults))
