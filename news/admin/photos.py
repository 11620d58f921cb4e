"""The library of photos: found, described, aimed at, and not deleted while shown."""

from django.contrib import admin, messages
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import PermissionDenied
from django.db.models import ImageField
from django.forms import Media
from django.forms.widgets import Script
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from news.admin.photo_batches import BatchAdmin
from news.admin.widgets import NamedFile
from news.library import uses_in_texts, uses_of
from news.models import Photo
from portal.chosen_files import ChosenFilesAdmin

NOT_DESCRIBED = "Chưa mô tả"


class ChoiceFilter(admin.SimpleListFilter):
    """A filter of one choice: whatever it is called or all."""

    def lookups(self, request, model_admin):
        return [("1", self.choice)]

    def queryset(self, request, queryset):
        return self.chosen(request, queryset) if self.value() == "1" else queryset


class DescriptionFilter(ChoiceFilter):
    title = "mô tả"
    parameter_name = "chua-mo-ta"
    choice = NOT_DESCRIBED

    def chosen(self, request, queryset):
        return queryset.undescribed()


class UseFilter(ChoiceFilter):
    title = "nơi dùng"
    parameter_name = "chua-dung"
    choice = "Chưa dùng ở đâu"

    def chosen(self, request, queryset):
        return queryset.unused()


class OwnerFilter(ChoiceFilter):
    title = "người tải lên"
    parameter_name = "cua-toi"
    choice = "Ảnh của tôi"

    def chosen(self, request, queryset):
        return queryset.uploaded_by(request.user)


@admin.register(Photo)
class PhotoAdmin(BatchAdmin, ChosenFilesAdmin):
    change_list_template = "admin/news/photo/change_list.html"
    list_display = ["thumbnail", "description", "caption", "owner", "uploaded_at"]
    list_display_links = ["description"]
    list_filter = [DescriptionFilter, UseFilter, OwnerFilter]
    list_per_page = 40
    list_select_related = ["owner"]
    date_hierarchy = "uploaded_at"
    search_fields = ["alt_text"]  # for the box to be there; see get_search_results
    search_help_text = "Tìm theo mô tả, chú thích, nguồn ảnh, tên tệp gốc; không cần gõ dấu."
    readonly_fields = ["aim", "used_in", "original_name", "owner", "uploaded_at"]
    fieldsets = [
        (None, {"fields": ["image", "alt_text", "is_decorative", "caption", "credit"]}),
        (
            "Tâm ảnh",
            {
                "fields": [("focal_x", "focal_y"), "aim"],
                "description": "Điểm phải luôn nhìn thấy khi ảnh bị cắt bớt trong danh sách tin "
                "và khi chia sẻ liên kết, ví dụ khuôn mặt người phát biểu. Bấm vào điểm đó trên "
                "ảnh, hoặc điền tỷ lệ phần trăm tính từ mép trái và mép trên.",
            },
        ),
        ("Nơi dùng và nguồn gốc", {"fields": ["used_in", "original_name", "owner", "uploaded_at"]}),
    ]

    formfield_overrides = {ImageField: {"widget": NamedFile}}

    @property
    def media(self):
        return super().media + Media(js=[Script("js/focal-point.js", type="module")])

    def get_urls(self):
        view = self.admin_site.admin_view(self.thumbnail_view)
        return [path("<int:pk>/anh-nho/", view, name="news_photo_thumbnail"), *super().get_urls()]

    def thumbnail_view(self, request, pk):
        """Lead to a small size of a photo, wherever it lies by now."""
        photo = get_object_or_404(Photo, pk=pk)
        if not self.has_view_or_change_permission(request, photo):
            raise PermissionDenied
        return redirect(photo.thumbnail_url or photo.image.url)

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_fieldsets(self, request, obj=None):
        """Leave out of a new photo's form what only a stored one has."""
        return self.fieldsets if obj else self.fieldsets[:1]

    def has_change_permission(self, request, obj=None):
        """Leave a photo that readers see to those who may publish."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or Photo.objects.changeable_by(request.user).filter(pk=obj.pk).exists()
        )

    def save_model(self, request, obj, form, change):
        if "image" in form.changed_data:
            obj.original_name = request.FILES["image"].name[:200]
            if not {"focal_x", "focal_y"} & set(form.changed_data):
                obj.focal_x = obj.focal_y = 50
            if change:
                self._warn_of_former(request, form.initial["image"].name)
        if not change:
            obj.owner = request.user
        super().save_model(request, obj, form, change)

    def _warn_of_former(self, request, name):
        """Name the texts that go on showing a picture that was replaced here."""
        titles = [f"“{use.shown_in.title}”" for use in uses_in_texts([name])]
        if titles:
            still = f"Ảnh cũ vẫn nằm trong nội dung của {', '.join(titles)}; hãy chèn lại ảnh ở đó."
            self.message_user(request, still, messages.WARNING)

    def delete_queryset(self, request, queryset):
        for photo in queryset:
            photo.delete()  # with its files

    def get_deleted_objects(self, objs, request):
        """Refuse to leave holes: a photo that is shown anywhere is first taken out there."""
        shown, counts, lacking, _ = super().get_deleted_objects(objs, request)
        return shown, counts, lacking, [_linked(use) for use in uses_of(objs)]

    @admin.display(description="ảnh")
    def thumbnail(self, photo):
        if not photo.thumbnail_url:
            return "Đang tạo ảnh nhỏ"
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="96" height="72" loading="lazy">',
            photo.thumbnail_url,
        )

    @admin.display(description="mô tả", ordering="alt_text")
    def description(self, photo):
        if photo.is_described:
            return photo.shown_alt or "Ảnh trang trí"
        return format_html(
            "<strong>{}</strong> <span>{}</span>", NOT_DESCRIBED, photo.original_name
        )

    @admin.display(description="chọn trên ảnh")
    def aim(self, photo):
        return render_to_string("admin/news/photo/_aim.html", {"photo": photo})

    @admin.display(description="đang dùng ở")
    def used_in(self, photo):
        uses = photo.uses()
        if not uses:
            return "Chưa dùng ở đâu."
        return format_html_join("", "<div>{}</div>", ((_linked(use),) for use in uses))


def _linked(use):
    kind = "portal_standingpage" if isinstance(use.shown_in, FlatPage) else "news_article"
    address = reverse(f"admin:{kind}_change", args=[use.shown_in.pk])
    title = getattr(use.shown_in, "title", "")
    return format_html('<a href="{}">{}</a> ({})', address, title, use.how)
