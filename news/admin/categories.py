from django.contrib import admin, messages

from news import rights
from news.models import Category, Tag
from portal.admin_search import FoldedSearch
from portal.people import name_of


@admin.register(Category)
class CategoryAdmin(FoldedSearch, admin.ModelAdmin):
    """Categories, changed by those who work on all; who works on which, by those who may users."""

    list_display = ["name", "parent", "position", "slug"]
    list_select_related = ["parent"]
    search_fields = ["name__folded"]
    filter_horizontal = ["staff"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not rights.is_limited(request.user)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and not rights.is_limited(request.user)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and not rights.is_limited(request.user)

    def get_deleted_objects(self, objs, request):
        """Refuse to widen rights unasked: whoever only these categories limit is first moved."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        alone = [
            f"{name_of(user)}, người phụ trách: không còn tên ở chuyên mục nào thì được làm mọi "
            "chuyên mục; hãy thêm vào chuyên mục khác hoặc bỏ tên trước"
            for user in rights.limited_only_by(objs)
        ]
        return shown, counts, lacking, [*protected, *alone]

    def save_related(self, request, form, formsets, change):
        """Say who works on all categories from now on."""
        former = list(rights.limited_only_by([form.instance])) if change else []
        super().save_related(request, form, formsets, change)
        staff = form.instance.staff.all()
        for user in former:
            if user not in staff:
                said = "không còn tên ở chuyên mục nào nên từ nay được làm mọi chuyên mục."
                self.message_user(request, f"{name_of(user)} {said}", messages.WARNING)

    def get_exclude(self, request, obj=None):
        """Let nobody widen their own rights who may not change those of others."""
        return [] if request.user.has_perm("auth.change_user") else ["staff"]

    def get_search_results(self, request, queryset, search_term):
        """Offer for an article only the categories this person works on."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "article":
            found = found.filter(pk__in=rights.categories(request.user).values("pk"))
        return found, may_repeat

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "staff":
            field.queryset = field.queryset.filter(is_staff=True, is_active=True)
            field.label_from_instance = name_of
        return field


@admin.register(Tag)
class TagAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name__folded"]
