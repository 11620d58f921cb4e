"""The article's list and form; what each part of the form does stands in its own module."""

from django.conf import settings
from django.contrib import admin
from django.db.models import FileField
from django.utils.html import format_html

from news import rights
from news.admin.bulk import BulkAdmin
from news.admin.checklists import ChecklistAdmin
from news.admin.deleting import DeletingAdmin
from news.admin.keeping import KeepingAdmin
from news.admin.lists import ArticleListAdmin
from news.admin.narrations import NarrationAdmin
from news.admin.previews import PreviewAdmin
from news.admin.versions import VersionsAdmin
from news.admin.widgets import NamedFile, OnePhoto, shown_photo
from news.admin.word import WordAdmin
from news.admin.workflow import WorkflowAdmin
from news.models import (
    Article,
    ArticlePhoto,
    Attachment,
    Correction,
)
from news.versions import MOMENTS
from portal import richtext
from portal.admin_widgets import OneOf, SeveralOf
from portal.chosen_files import ChosenFilesAdmin
from portal.richtext import EditorAdmin


class ArticlePhotoInline(admin.TabularInline):
    model = ArticlePhoto
    extra = 0
    autocomplete_fields = ["photo"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("photo")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["widget"] = OnePhoto(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AttachmentInline(admin.TabularInline):
    model = Attachment
    extra = 0
    readonly_fields = ["file_to_read"]
    formfield_overrides = {FileField: {"widget": NamedFile}}

    def get_fields(self, request, obj=None):
        may_edit = obj is None or rights.may_edit(request.user, obj)
        return ["title", "file" if may_edit else "file_to_read", "position"]

    @admin.display(description="tệp")
    def file_to_read(self, attachment):
        return format_html('<a href="{}">{}</a>', attachment.file.url, attachment.file_in_words)


class CorrectionInline(admin.StackedInline):
    model = Correction
    extra = 0
    classes = ["collapse"]


# The order matters: what stands first wraps what follows. WorkflowAdmin sets the user of the form
# that all the others have built; each has saved its part before parts_saved keeps the whole.
@admin.register(Article)
class ArticleAdmin(
    WorkflowAdmin,
    VersionsAdmin,
    KeepingAdmin,
    PreviewAdmin,
    NarrationAdmin,
    ChecklistAdmin,
    DeletingAdmin,
    BulkAdmin,
    WordAdmin,
    ChosenFilesAdmin,
    ArticleListAdmin,
    EditorAdmin,
):
    change_form_template = "admin/news/article/change_form.html"
    autocomplete_fields = ["category", "cover", "related", "tags"]
    readonly_fields = [
        "state_on_page",
        "narration_state",
        "body_to_read",
        "cover_to_read",
        "address",
    ]
    inlines = [ArticlePhotoInline, AttachmentInline, CorrectionInline]
    fieldsets = [
        (None, {"fields": ["title", "lead", "body"]}),
        (
            "Phân loại và nguồn",
            {"fields": ["category", "tags", "place", "byline", "issuing_unit", "source"]},
        ),
        ("Đăng bài", {"fields": ["state_on_page", "published_at", "expires_at", "is_featured"]}),
        ("Ảnh đại diện và bản đọc", {"fields": ["cover", "narration_state"]}),
        ("Khác", {"fields": ["related", "slug", "address"], "classes": ["collapse"]}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        box = OnePhoto if db_field.name == "cover" else OneOf
        kwargs["widget"] = box(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = SeveralOf(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Begin with what an address says, but for moments: their boxes take no text."""
        initial = super().get_changeform_initial_data(request)
        for name in MOMENTS:
            if isinstance(initial.get(name), str):
                del initial[name]
        return initial

    def get_view_on_site_url(self, obj=None):
        """Return the address readers know: whoever copies it may send it to anybody."""
        if obj is None:
            return None
        # As it is stored: the form may have come back with another address typed into it.
        stored = Article.objects.published().filter(pk=obj.pk).only("slug").first()
        return stored and stored.get_absolute_url()

    def get_fieldsets(self, request, obj=None):
        """Show who may only read text and picture as readers see them, not markup and name."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        to_read = {"body": "body_to_read", "cover": "cover_to_read"}
        return [
            (
                name,
                {**options, "fields": [to_read.get(field, field) for field in options["fields"]]},
            )
            for name, options in self.fieldsets
        ]

    @admin.display(description="nội dung")
    def body_to_read(self, article):
        return format_html('<div class="as-read">{}</div>', richtext.show(article.body))

    @admin.display(description="ảnh đại diện")
    def cover_to_read(self, article):
        return shown_photo(article.cover_id, article.cover) if article.cover_id else "—"

    @admin.display(description="địa chỉ")
    def address(self, article):
        stored = Article.objects.filter(pk=article.pk).only("slug").first()
        return settings.BASE_URL + stored.get_absolute_url() if stored else "Có khi bài được lưu."

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "slug" in form.changed_data:
            self.message_user(request, f"Địa chỉ của bài: {self.address(obj)}")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.parts_saved()
