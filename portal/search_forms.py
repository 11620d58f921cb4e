"""What narrows and orders a search, as a form sent by GET."""

from django import forms

from portal.models import SearchEntry
from portal.narrowing import EVERYTHING, NarrowingForm

NEWEST = "moi-nhat"
KINDS = {
    "tin-bai": SearchEntry.Kind.ARTICLE,
    "chi-tieu": SearchEntry.Kind.INDICATOR,
    "hoi-dap": SearchEntry.Kind.ANSWER,
    "gioi-thieu": SearchEntry.Kind.PAGE,
}


class SearchForm(NarrowingForm):
    """The filters of the search page, and its order."""

    loai = forms.ChoiceField(
        label="Loại trang",
        required=False,
        choices=[EVERYTHING, *((value, kind.label) for value, kind in KINDS.items())],
    )
    muc = forms.ChoiceField(label="Chuyên mục", required=False)
    nam = forms.ChoiceField(label="Năm", required=False)
    xep = forms.ChoiceField(
        label="Sắp xếp",
        required=False,
        choices=[("", "Phù hợp nhất"), (NEWEST, "Mới nhất")],
    )

    def __init__(self, data, *, categories, years):
        self._categories = {category.slug: category for category in categories}
        super().__init__(
            data,
            muc=[(category.slug, category.name) for category in categories],
            nam=[(str(year), year) for year in years],
        )

    @property
    def newest_first(self) -> bool:
        return self.cleaned_data.get("xep") == NEWEST

    @property
    def kind(self) -> str:
        return KINDS.get(self.cleaned_data.get("loai"), "")

    @property
    def categories(self) -> list[int]:
        """Return the ids of the category chosen and of its children; none: all."""
        chosen = self._categories.get(self.cleaned_data.get("muc"))
        if chosen is None:
            return []
        children = [each.pk for each in self._categories.values() if each.parent_id == chosen.pk]
        return [chosen.pk, *children]

    @property
    def year(self) -> int | None:
        return int(self.cleaned_data.get("nam") or 0) or None
