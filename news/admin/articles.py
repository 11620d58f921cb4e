"""The article's list and form; what each part of the form does stands in its own module."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst

from news import versions
from news.admin.checklists import ChecklistAdmin
from news.admin.keeping import KeepingAdmin
from news.admin.previews import PreviewAdmin
from news.admin.versions import VersionsAdmin
from news.admin.workflow import WorkflowAdmin
from news.models import Article, ArticlePhoto, Attachment, Correction
from portal import richtext
from portal.admin_search import FoldedSearch
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
    FoldedSearch,
    EditorAdmin,
):
    change_form_template = "admin/news/article/change_form.html"
    list_display = ["title", "category", "state_on_page", "published_at", "narration_state"]
    list_filter = ["state", "is_featured", "category"]
    list_select_related = ["category", "narration"]
    list_per_page = 50
    date_hierarchy = "published_at"
    search_fields = ["title__folded", "lead__folded"]
    autocomplete_fields = ["category", "cover", "related", "tags"]
    readonly_fields = ["narration_state", "body_to_read"]
    inlines = [ArticlePhotoInline, AttachmentInline, CorrectionInline]
    actions = ["publish", "withdraw"]
    fieldsets = [
        (None, {"fields": ["title", "lead", "body"]}),
        (
            "Phân loại và nguồn",
            {"fields": ["category", "tags", "place", "byline", "issuing_unit", "source"]},
        ),
        ("Đăng bài", {"fields": ["state", "published_at", "expires_at", "is_featured"]}),
        ("Hình ảnh và âm thanh", {"fields": ["cover", "narration_state"]}),
        ("Khác", {"fields": ["related", "slug"], "classes": ["collapse"]}),
    ]

    @admin.display(description="trạng thái", ordering="state")
    def state_on_page(self, article):
        """Say where the article stands for a reader, not only in the workflow."""
        if article.state != State.APPROVED:
            return article.get_state_display()
        if article.is_published():
            return "Đã đăng"
        return "Hẹn giờ" if article.is_scheduled() else "Đã hết hạn"

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

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def get_deleted_objects(self, objs, request):
        """Leave out the links to related articles: they have no name to tell an editor."""
        shown, counts, refused, protected = super().get_deleted_objects(objs, request)
        link = Article.related.through._meta
        counts.pop(link.verbose_name_plural, None)
        return _without(f"{capfirst(link.verbose_name)}: ", shown), counts, refused, protected

    def get_readonly_fields(self, request, obj=None):
        """Keep the address of what readers may have linked to."""
        fixed = ["slug"] if obj and obj.is_published() else []
        return [*self.readonly_fields, *fixed]

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.is_published() else None

    def has_change_permission(self, request, obj=None):
        """Leave what readers see, or no longer see, to those who may publish."""
        allowed = super().has_change_permission(request, obj)
        decided = obj is not None and obj.state in {State.APPROVED, State.WITHDRAWN}
        return allowed and (not decided or _may_publish(request))

    def get_fieldsets(self, request, obj=None):
        """Show who may only read the text as readers see it, not its markup."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        (name, options), *rest = self.fieldsets
        return [(name, {**options, "fields": ["title", "lead", "body_to_read"]}), *rest]

    @admin.display(description="nội dung")
    def body_to_read(self, article):
        return richtext.show(article.body)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state" and not _may_publish(request):
            kwargs["choices"] = [
                (state.value, state.label) for state in (State.DRAFT, State.SUBMITTED)
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_publish_permission(self, request):
        return _may_publish(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        obj.save(by=request.user)
        if obj.is_scheduled():
            self.message_user(request, f"Bài {_appearance(obj)}.")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        versions.record(form.instance)  # with the photos, documents and topics saved just now

    @admin.action(description="Duyệt đăng các bài đã chọn", permissions=["publish"])
    @transaction.atomic
    def publish(self, request, queryset):
        """Approve what the form would let through; name the others with the reason."""
        published = 0
        for article in queryset.exclude(state=State.APPROVED):
            article.state = State.APPROVED
            try:
                article.full_clean()
            except ValidationError as refusal:
                reasons = " ".join(refusal.messages)
                self.message_user(request, f"Chưa đăng “{article}”: {reasons}", messages.WARNING)
                continue
            self._save_moved(request, article)
            published += 1
            if article.is_scheduled():
                self.message_user(request, f"“{article}” {_appearance(article)}.")
        self.message_user(request, f"Đã duyệt đăng {published} bài.")

    @admin.action(description="Gỡ các bài đã chọn", permissions=["publish"])
    @transaction.atomic
    def withdraw(self, request, queryset):
        """Withdraw whatever is chosen: what is wrong with an article is no reason to keep it."""
        articles = list(queryset.exclude(state=State.WITHDRAWN))
        for article in articles:
            article.state = State.WITHDRAWN
            self._save_moved(request, article)
        self.message_user(request, f"Đã gỡ {len(articles)} bài.")

    def _save_moved(self, request, article):
        """Save one article rather than update many, so that what follows from its state follows."""
        article.save(by=request.user)
        self.log_change(request, article, f"Trạng thái: {article.get_state_display()}.")


def _may_publish(request) -> bool:
    return request.user.has_perm("news.publish_article")


def _appearance(article) -> str:
    moment = date_format(timezone.localtime(article.published_at), "DATETIME_FORMAT")
    return f"sẽ xuất hiện lúc {moment}"


def _without(prefix, nested) -> list:
    """Return a nested list of texts without those that begin with ``prefix``."""
    kept = [
        _without(prefix, entry) if isinstance(entry, list) else entry
        for entry in nested
        if isinstance(entry, list) or not entry.startswith(prefix)
    ]
    return [entry for entry in kept if entry]
