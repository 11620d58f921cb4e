from django.contrib import admin
from django.utils.html import format_html

from news.models import Photo
from portal.admin_search import FoldedSearch


@admin.register(Photo)
class PhotoAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["thumbnail", "alt_text", "caption", "credit"]
    list_display_links = ["thumbnail", "alt_text"]
    search_fields = ["alt_text__folded", "caption__folded", "credit__folded"]
    fields = ["image", "alt_text", "is_decorative", "caption", "credit"]

    def has_change_permission(self, request, obj=None):
        """Leave a photo that readers see to those who may publish."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or request.user.has_perm("news.publish_article") or not obj.is_in_approved()
        )

    @admin.display(description="ảnh")
    def thumbnail(self, photo):
        return format_html('<img src="{}" alt="" width="96">', photo.image.url)
