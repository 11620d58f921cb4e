"""The page on which staff take over what an article's text states of figures."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from indicators import proposals, stated, wording
from indicators.forms import MONTHS, NumberField, stage_field, year_field
from indicators.models import Figure, Indicator, Territory
from indicators.plausibility import oddities
from news import rights
from news.models import Article
from portal.admin_widgets import OneOf
from portal.caching import personal_page

KINDS = [("result", "Thực hiện"), ("target", "Kế hoạch")]


class ProposalForm(forms.Form):
    """A proposal as staff correct it; without a number or a comparison there is nothing to keep."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label="Chỉ tiêu",
        widget=OneOf(Figure._meta.get_field("indicator"), admin.site),
        error_messages={
            "required": "Hãy chọn chỉ tiêu.",
            "invalid_choice": "Hãy chọn một chỉ tiêu trong danh sách.",
        },
    )
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
    months = forms.TypedChoiceField(
        label="Kỳ",
        choices=[("", "Chọn kỳ"), *MONTHS],
        coerce=int,
        error_messages={
            "required": "Hãy chọn kỳ của số liệu.",
            "invalid_choice": "Hãy chọn một kỳ trong danh sách.",
        },
    )
    kind = forms.ChoiceField(
        label="Thực hiện hay kế hoạch",
        choices=[("", "Chọn thực hiện hay kế hoạch"), *KINDS],
        error_messages={
            "required": "Hãy chọn thực hiện hay kế hoạch.",
            "invalid_choice": "Hãy chọn thực hiện hay kế hoạch.",
        },
    )
    qualifier = forms.ChoiceField(
        label="Từ đi trước số",
        choices=Figure.Qualifier.choices,
        required=False,
        error_messages={"invalid_choice": "Hãy chọn một từ trong danh sách."},
    )
    value = NumberField(label="Giá trị", required=False, max_digits=18, decimal_places=4)
    upper = NumberField(
        label="Đến (nếu là khoảng)", required=False, max_digits=18, decimal_places=4
    )
    growth = NumberField(
        label="Tăng so với năm trước (%)", required=False, max_digits=8, decimal_places=2
    )
    over_plan = NumberField(
        label="Vượt kế hoạch (%)", required=False, max_digits=8, decimal_places=2
    )
    outcome = forms.ChoiceField(
        label="Kết luận theo nguồn",
        choices=Figure.Outcome.choices,
        required=False,
        error_messages={"invalid_choice": "Hãy chọn một kết luận trong danh sách."},
    )
    stage = stage_field()
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=300,
        error_messages={"max_length": "Ghi chú dài tối đa 300 ký tự."},
    )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        told = ("value", "growth") if data["kind"] == "target" else ("value", "growth", "over_plan")
        if all(data[name] is None for name in told) and not data["outcome"]:
            raise ValidationError("Hãy nhập giá trị, mức tăng hoặc kết quả so với kế hoạch.")
        if data["kind"] == "result" and data["upper"] is not None:
            self.add_error("upper", "Chỉ kế hoạch mới là một khoảng; thực hiện là một số.")
        value = stated.Stated(data["value"])
        if misplaced := stated.misplaced_share(data["indicator"], value):
            self.add_error("value", misplaced)
        return data


class ReadingsAdmin(admin.ModelAdmin):
    """Figures that can be read from an article."""

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(self.read_article))
        return [
            path("doc-bai/<int:pk>/", view, name="indicators_figure_read"),
            *super().get_urls(),
        ]

    def read_article(self, request, pk):
        """Show what an article states; take over, turn down or propose again one of it."""
        article = self._get_article_or_404(request, pk)
        found = proposals.proposals(article)
        refused = None
        if request.method == "POST":
            chosen = next((p for p in found if p.fingerprint == request.POST.get("proposal")), None)
            if chosen is None:
                self.message_user(request, _TEXT_CHANGED, "warning")
                return redirect(request.path)
            refused = self._decide(request, article, chosen)
            if refused is None:
                return redirect(f"{request.path}#{_next_open(found, chosen)}")
        return render(
            request,
            "admin/indicators/figure/read_article.html",
            {
                **self.admin_site.each_context(request),
                "title": "Đọc số liệu trong bài",
                "opts": self.opts,
                "article": article,
                "cards": [_card(proposal, refused) for proposal in found if _is_asked(proposal)],
                "accepted": [proposal for proposal in found if proposal.quotation],
                "discarded": [proposal for proposal in found if proposal.is_discarded],
                "unstorable": [proposal for proposal in found if not proposal.is_storable],
                "media": self.media + ProposalForm().media,
            },
        )

    def _get_article_or_404(self, request, pk):
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=pk)
        if not rights.may_read(request.user, article):
            raise Http404
        return article

    def _decide(self, request, article, proposal):
        """Do what was asked; return the form when it is refused, else None."""
        if "discard" in request.POST:
            proposals.discard(proposal, article, by=request.user)
            self.message_user(request, "Đã bỏ đề xuất.")
            return None
        if "reconsider" in request.POST:
            proposals.reconsider(proposal, article)
            self.message_user(request, "Đã đề xuất lại.")
            return None
        form = _form(proposal, request.POST)
        if not form.is_valid():
            return form
        try:
            figure = proposals.accept(proposal, article, form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return form
        log = self.log_change if proposal.stored else self.log_addition
        log(request, figure, f"Ghi từ bài viết “{article}”.")
        self.message_user(request, f"Đã ghi: {wording.status(figure)}")
        for oddity in oddities(figure, proposal.stored):
            self.message_user(request, oddity, messages.WARNING)
        return None


_TEXT_CHANGED = "Câu này không còn trong bài: bài đã được sửa. Dưới đây là các đề xuất hiện có."


def _is_asked(proposal):
    return proposal.is_open and proposal.is_storable


def _card(proposal, refused):
    is_refused = refused is not None and refused.proposal == proposal
    return proposal, refused if is_refused else _form(proposal)


def _form(proposal, data=None):
    mark = proposal.fingerprint
    form = ProposalForm(data, initial=proposal.initial, auto_id=f"id_{mark}_%s")
    form.proposal = proposal
    return form


def _next_open(found, decided):
    """Return the anchor of what comes after a decision, or of the top when it was the last."""
    later = found[found.index(decided) + 1 :]
    return next((proposal.fingerprint for proposal in later if _is_asked(proposal)), "content")
