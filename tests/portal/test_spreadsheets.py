from hypothesis import given
from hypothesis import strategies as st

from portal.spreadsheets import neutralised, restored


@given(text=st.text(alphabet="'=+-@＝ \t\u200bab", max_size=8))
def test_text_comes_back_from_csv_as_it_went_there(text):
    assert restored(neutralised(text)) == text
    assert not neutralised(text).lstrip().startswith(("=", "+", "-", "@", "＝"))
