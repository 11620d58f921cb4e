"""Boxes for numbers typed as Vietnamese offices write them, and for months of the year."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from indicators import notation, stated
from indicators.models import Figure, Territory
from indicators.titles import articles_for
from news.models import Article
from portal.admin_widgets import OneOf

MONTHS = [(12, "Cả năm"), *((months, f"{months} tháng đầu năm") for months in range(11, 1, -1))]
MONTHS.append((1, "Tháng 01"))

_PRECISE = 3  # decimals; «35,360» of such an indicator is no thousands


class NumberField(forms.DecimalField):
    """
    A decimal typed as 35.360,5: points group thousands, a comma begins the fraction.

    Django alone reads «35.360» as 35,36. What ``stated.number`` cannot read for certain is
    refused rather than guessed at.
    """

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str) and (value := value.strip()):
            try:
                value = stated.number(value)
            except ValueError as refusal:
                raise ValidationError(str(refusal), code="invalid") from refusal
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else notation.typed(value)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}


class MonthsField(forms.TypedMultipleChoiceField):
    """Some months of the year, chosen by ticking; a list of numbers from 1 to 12."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        choices = [(month, f"Tháng {month:02}") for month in range(1, 13)]
        super().__init__(choices=choices, coerce=int, empty_value=[], **kwargs)


def year_field():
    words = "Năm phải từ 1976 đến 2100."
    return forms.IntegerField(
        label="Năm",
        min_value=1976,
        max_value=2100,
        error_messages={
            "required": "Hãy nhập năm.",
            "invalid": "Hãy nhập năm bằng bốn chữ số.",
            "min_value": words,
            "max_value": words,
        },
        widget=forms.NumberInput(attrs={"class": "year-box"}),
    )


def months_field():
    return forms.TypedChoiceField(
        label="Kỳ",
        choices=MONTHS,
        coerce=int,
        empty_value=12,
        required=False,
        error_messages={"invalid_choice": "Hãy chọn một kỳ trong danh sách."},
    )


def stage_field():
    return forms.ChoiceField(
        label="Loại số liệu",
        choices=Figure.Stage.choices,
        required=False,
        error_messages={"invalid_choice": "Hãy chọn một loại số liệu trong danh sách."},
    )


class _StatedCell(forms.CharField):
    """A cell of the entry grid: text, read by one of the functions of ``indicators.stated``."""

    def __init__(self, read, **kwargs):
        self.read = read
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget):
        return {"autocomplete": "off", "data-cell": ""}

    def clean(self, value):
        try:
            return self.read(super().clean(value))
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from refusal


class RowForm(forms.Form):
    """One indicator's row of the entry grid, every cell typed as people write it."""

    target = _StatedCell(stated.read, label="Kế hoạch")
    result = _StatedCell(stated.read, label="Thực hiện")
    over_plan = _StatedCell(stated.over_plan, label="TH/KH (%), theo nguồn")
    growth = _StatedCell(stated.change, label="Tăng, giảm (%), theo nguồn")
    stage = stage_field()

    def __init__(self, *args, indicator, **kwargs):
        super().__init__(*args, prefix=str(indicator.pk), auto_id="o-%s", **kwargs)
        self.indicator = indicator
        number = partial(stated.number, is_precise=indicator.decimals >= _PRECISE)
        for name in ("target", "result"):
            self.fields[name].read = partial(stated.read, unit=indicator.unit, number=number)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {indicator}"

    def clean(self):
        for name in ("target", "result"):
            told = self.cleaned_data.get(name, stated.NOTHING)
            if refusal := stated.misplaced_share(self.indicator, told):
                self.add_error(name, refusal)
        if self.cleaned_data.get("result", stated.NOTHING).upper is not None:
            self.add_error("result", "Kết quả là một con số, không phải một khoảng.")
        return self.cleaned_data


class PeriodForm(forms.Form):
    """Which year, or how many months of it, in which territory."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dia-ban"] = forms.ModelChoiceField(
            Territory.objects.all(),
            label="Địa bàn",
            to_field_name="code",
            empty_label="Chọn địa bàn",
            error_messages={
                "required": "Hãy chọn địa bàn.",
                "invalid_choice": "Hãy chọn một địa bàn trong danh sách.",
            },
        )
        self.fields["nam"] = year_field()
        self.fields["thang"] = months_field()


class SourceForm(forms.Form):
    """Where the numbers of one sitting come from, said once for all of them."""

    article = forms.ModelChoiceField(
        Article.objects.none(),
        label="Bài viết nguồn",
        required=False,
        widget=OneOf(Figure._meta.get_field("article"), admin.site),
        error_messages={"invalid_choice": "Hãy chọn một bài viết trong danh sách."},
    )
    source = forms.CharField(
        label="Nguồn khác",
        required=False,
        max_length=250,
        help_text="Ví dụ: Báo cáo số 12/BC-SCT ngày 05/01/2024.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"max_length": "Nguồn khác dài quá 250 ký tự."},
    )
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"max_length": "Ghi chú dài quá 300 ký tự."},
    )
    stage = stage_field()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = articles_for(user)


class ImportForm(SourceForm):
    """What a file does not say itself: where and when, and where its numbers come from."""

    territory = forms.ModelChoiceField(
        Territory.objects.all(),
        label="Địa bàn",
        empty_label="Chọn địa bàn",
        error_messages={
            "required": "Hãy chọn địa bàn.",
            "invalid_choice": "Hãy chọn một địa bàn trong danh sách.",
        },
    )
    year = year_field()
    months = months_field()

    field_order = ["territory", "year", "months", "stage", "article", "source", "note"]

    def __init__(self, *args, says_where, says_when, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].required = not says_where
        self.fields["year"].required = not says_when


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp bảng số liệu",
        help_text="Tệp .xlsx hoặc .csv, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "vTextField"}),
        error_messages={
            "required": "Hãy chọn một tệp .xlsx hoặc .csv.",
            "invalid": "Hãy chọn một tệp .xlsx hoặc .csv.",
            "empty": "Tệp rỗng, không có gì để đọc.",
            "max_length": "Tên tệp quá dài. Hãy đổi tên ngắn hơn.",
        },
    )
