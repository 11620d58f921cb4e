"""Texts written elsewhere: a Word file as a new draft, pictures that came with pasted text."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import path, reverse

from news import pasted, rights, word
from news.models import Category
from portal.chosen_files import ask_again

HELP = (
    "Tệp .docx, tối đa 25 MB. Đoạn kiểu Title hoặc Heading 1 đầu tiên là tiêu đề, đoạn kế tiếp là "
    "sapo; không có kiểu ấy thì lấy đoạn đầu sau quốc hiệu, tên cơ quan và số văn bản. Đề mục, "
    "danh sách, bảng, chú thích và ảnh được giữ. Bài nhập vào luôn là bản nháp."
)


class WordForm(forms.Form):
    file = forms.FileField(
        label="Tệp Word",
        help_text=HELP,
        widget=forms.FileInput(attrs={"accept": ".docx", "class": "vTextField"}),
        error_messages={
            "required": "Hãy chọn một tệp Word (.docx).",
            "empty": "Tệp rỗng. Hãy chọn tệp khác.",
        },
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label="Chuyên mục",
        error_messages={
            "required": "Hãy chọn chuyên mục của bài.",
            "invalid_choice": "Hãy chọn một chuyên mục trong danh sách.",
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = rights.categories(user)


class PastedPictures(forms.BaseModelForm):
    """Takes the pictures that were pasted as data into the library before the text is cleaned."""

    user = None  # who fills in the form; set by WorkflowAdmin.get_form

    def clean_body(self):
        taken = pasted.take_in(self.cleaned_data["body"] or "", owner=self.user)
        self.pasted_notes = [f"Không nhận một ảnh dán vào bài: {why}" for why in taken.refused]
        if taken.stored:
            self.pasted_notes.append(
                f"Đã đưa {taken.stored} ảnh dán vào thư viện ảnh; hãy mô tả từng ảnh trong bài."
            )
        return taken.html


class WordAdmin(admin.ModelAdmin):
    """An article that can begin as a Word file or be pasted from one."""

    change_list_template = "admin/news/article/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_word)
        return [path("nhap-tu-word/", view, name="news_article_import_word"), *super().get_urls()]

    def import_word(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WordForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                article, notes = word.save_draft(
                    form.cleaned_data["file"],
                    category=form.cleaned_data["category"],
                    by=request.user,
                )
            except ValidationError as refusal:
                form.add_error("file", forms.ValidationError(refusal.messages))
            else:
                return self._imported(request, article, notes)
        if form.is_bound:
            ask_again(form)
        context = {
            **self.admin_site.each_context(request),
            "title": "Nhập từ Word",
            "opts": self.opts,
            "form": form,
        }
        return render(request, "admin/news/article/import_word.html", context)

    def _imported(self, request, article, notes):
        self.log_addition(request, article, "Nhập từ Word.")
        said = f"Đã tạo bản nháp “{article}” từ tệp Word. Hãy đọc lại trước khi gửi duyệt."
        self.message_user(request, said)
        for note in notes:
            self.message_user(request, note, messages.WARNING)
        return redirect(reverse("admin:news_article_change", args=[article.pk]))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "body" not in form.base_fields:
            return form
        return type(form.__name__, (PastedPictures, form), {})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for note in getattr(form, "pasted_notes", []):
            self.message_user(request, note, messages.WARNING)
