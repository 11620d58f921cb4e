"""
What Lighthouse makes of the pages most people see first.

Only what does not depend on the speed of the machine; `make bench` shows the rest.
"""

from urllib.parse import urlsplit

import pytest

from tests.browser.page_types import FIRST_SEEN
from tests.tools import lighthouse


@pytest.fixture(scope="module", params=FIRST_SEEN)
def report(request, portal):
    address = portal.url + FIRST_SEEN[request.param]
    return lighthouse.visit(address, "accessibility", "best-practices", "seo")


def test_the_page_scores_full_marks(report):
    assert report.scores == {"accessibility": 100, "best-practices": 100, "seo": 100}, report.faults


def test_nothing_moves_while_the_page_loads(report):
    assert report.layout_shift <= 0.01


def test_the_page_is_light_besides_its_photos(report):
    assert 5_000 < sum(request.size for request in report.besides_photos()) <= 65_000


def test_the_page_asks_for_few_things_besides_its_photos(report):
    assert 0 < len(report.besides_photos()) <= 10, report.besides_photos()


def test_the_page_asks_its_own_host_alone(report, portal):
    assert {request.host for request in report.requests} == {urlsplit(portal.url).netloc}
