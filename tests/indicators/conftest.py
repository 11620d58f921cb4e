"""Who and what tests of imports and of the entry grid begin with."""

import pytest
from django.contrib.auth.models import User

from tests.indicators.builders import make_indicator, make_territory


@pytest.fixture
def officer(client, db):
    """Somebody signed in with every right; no password is worth its hashing here."""
    client.force_login(User.objects.create_superuser("quan-ly"))
    return client


@pytest.fixture
def place(db):
    return make_territory(code="tra-vinh", name="Trà Vinh", is_home=True)


@pytest.fixture
def output(db):
    return make_indicator(code="GTSX", name="Giá trị sản xuất công nghiệp", synonyms="Giá trị SXCN")


@pytest.fixture
def exports(db):
    return make_indicator(code="KNXK", name="Kim ngạch xuất khẩu", unit="triệu USD")


@pytest.fixture
def retail(db):
    return make_indicator(code="TMBL", name="Tổng mức bán lẻ")
