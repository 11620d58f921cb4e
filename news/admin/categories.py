from django.contrib import admin

from news.models import Category, Tag
from portal.admin_search import FoldedSearch


@admin.register(Category)
class CategoryAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "parent", "position", "slug"]
    list_select_related = ["parent"]
    search_fields = ["name__folded"]


@admin.register(Tag)
class TagAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name__folded"]
