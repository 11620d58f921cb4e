"""The pages on which articles and photos are worked at, by axe."""

import pytest

from tests.browser.admin_access import faults_of
from tests.browser.page_types import NEWS_ADMIN


@pytest.mark.parametrize("page_type", NEWS_ADMIN, ids=lambda page_type: page_type.name)
def test_a_page_of_the_newsroom_passes_axe(browser, portal, signed_in, take_picture, page_type):
    faults = faults_of(browser, portal, take_picture, page_type, storage_state=signed_in)
    assert not faults, "\n".join(map(str, faults))
