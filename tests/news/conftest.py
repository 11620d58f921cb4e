"""Two editors and a draft."""

import pytest

from news.models import Article
from portal.groups import EDITORS
from tests.builders import make_article
from tests.news.test_versions import staff


@pytest.fixture
def lan():
    return staff(EDITORS, last_name="Trần Thị", first_name="Lan")


@pytest.fixture
def hai():
    return staff(EDITORS, last_name="Lê", first_name="Hải")


@pytest.fixture
def draft():
    return make_article(state=Article.State.DRAFT, title="Một", lead="Mở đầu.")
