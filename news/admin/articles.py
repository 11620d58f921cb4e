"""The article's list and form; what each part of the form does stands in its own module."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import capfirst

from news.admin.bulk import BulkAdmin
from news.admin.checklists import ChecklistAdmin
from news.admin.keeping import KeepingAdmin
from news.admin.lists import ArticleListAdmin
from news.admin.previews import PreviewAdmin
from news.admin.versions import VersionsAdmin
from news.admin.widgets import SeveralOf
from news.admin.word import WordAdmin
from news.admin.workflow import WorkflowAdmin
from news.models import (
    Article,
    ArticlePhoto,
    Attachment,
    Correction,
    EditingSession,
    Version,
)
from portal import richtext
from portal.richtext import EditorAdmin
from portal.templatetags.portal import duration

State = Article.State


class ArticlePhotoInline(admin.TabularInline):
    model = ArticlePhoto
    extra = 0
    autocomplete_fields = ["photo"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("photo")


class AttachmentInline(admin.TabularInline):
    model = Attachment
    extra = 0
    fields = ["title", "file", "position"]


class CorrectionInline(admin.StackedInline):
    model = Correction
    extra = 0
    classes = ["collapse"]


@admin.register(Article)
class ArticleAdmin(
    WorkflowAdmin,
    VersionsAdmin,
    KeepingAdmin,
    PreviewAdmin,
    ChecklistAdmin,
    BulkAdmin,
    WordAdmin,
    ArticleListAdmin,
    EditorAdmin,
):
    change_form_template = "admin/news/article/change_form.html"
    autocomplete_fields = ["category", "cover", "related", "tags"]
    readonly_fields = ["state_on_page", "narration_state", "body_to_read"]
    inlines = [ArticlePhotoInline, AttachmentInline, CorrectionInline]
    fieldsets = [
        (None, {"fields": ["title", "lead", "body"]}),
        (
            "Phân loại và nguồn",
            {"fields": ["category", "tags", "place", "byline", "issuing_unit", "source"]},
        ),
        ("Đăng bài", {"fields": ["state_on_page", "published_at", "expires_at", "is_featured"]}),
        ("Hình ảnh và âm thanh", {"fields": ["cover", "narration_state"]}),
        ("Khác", {"fields": ["related", "slug"], "classes": ["collapse"]}),
    ]

    @admin.display(description="bản đọc")
    def narration_state(self, article):
        narration = getattr(article, "narration", None)
        if narration and narration.error:
            return f"Lỗi: {narration.error}"
        if article.pk and (narration := article.current_narration()):
            return format_html(
                '<a href="{}">Nghe ({})</a>', narration.file.url, duration(narration.duration)
            )
        return "Đang chờ tạo" if article.state == State.APPROVED else "Tạo khi bài được duyệt"

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = SeveralOf(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_deleted_objects(self, objs, request):
        """Leave out what has no name to tell an editor: links, versions, who has it open."""
        shown, counts, refused, protected = super().get_deleted_objects(objs, request)
        links = (Article.related.through, Article.tags.through, EditingSession)
        for link in links:
            counts.pop(link._meta.verbose_name_plural, None)
        nameless = tuple(f"{capfirst(row._meta.verbose_name)}: " for row in (*links, Version))
        return _without(nameless, shown), counts, refused, protected

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.is_published() else None

    def get_fieldsets(self, request, obj=None):
        """Show who may only read the text as readers see it, not its markup."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        (name, options), *rest = self.fieldsets
        return [(name, {**options, "fields": ["title", "lead", "body_to_read"]}), *rest]

    @admin.display(description="nội dung")
    def body_to_read(self, article):
        return richtext.show(article.body)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.parts_saved()


def _without(prefixes, nested) -> list:
    """Return a nested list of texts without those that begin with one of ``prefixes``."""
    kept = [
        _without(prefixes, entry) if isinstance(entry, list) else entry
        for entry in nested
        if isinstance(entry, list) or not entry.startswith(prefixes)
    ]
    return [entry for entry in kept if entry]
