"""What narrows and orders a search, as a form sent by GET."""

from django import forms

from portal.models import SearchEntry

NEWEST = "moi-nhat"
KINDS = {
    "tin-bai": SearchEntry.Kind.ARTICLE,
    "chi-tieu": SearchEntry.Kind.INDICATOR,
    "hoi-dap": SearchEntry.Kind.ANSWER,
    "gioi-thieu": SearchEntry.Kind.PAGE,
}


class SearchForm(forms.Form):
    """The filters; what is not on offer is left out and said so, the search goes on."""

    loai = forms.ChoiceField(
        label="Loại trang",
        required=False,
        choices=[("", "Tất cả"), *((value, kind.label) for value, kind in KINDS.items())],
    )
    muc = forms.ChoiceField(label="Chuyên mục", required=False)
    nam = forms.ChoiceField(label="Năm", required=False)
    xep = forms.ChoiceField(
        label="Sắp xếp",
        required=False,
        choices=[("", "Phù hợp nhất"), (NEWEST, "Mới nhất")],
    )

    def __init__(self, data, *, categories, years):
        super().__init__(data, auto_id="loc-%s", label_suffix="")
        self._categories = {category.slug: category for category in categories}
        self.fields["muc"].choices = [
            ("", "Tất cả"),
            *((category.slug, category.name) for category in categories),
        ]
        self.fields["nam"].choices = [("", "Tất cả"), *((str(year), year) for year in years)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "field__input"
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

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
