import re

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.flatpages.admin import FlatPageAdmin
from django.contrib.flatpages.forms import FlatpageForm
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.db import models
from django_tasks_db.models import DBTaskResult

from portal import groups
from portal.admin_search import FoldedSearch
from portal.keeping import KeptFormAdmin
from portal.models import Abbreviation, Notice, StandingPage, WebsiteLink
from portal.richtext import EditorAdmin, RichTextWidget, clean_html
from portal.text import clean_line

# Browsers resolve «..» before they ask, and other signs are written in several ways.
STANDING_PAGE = re.compile(r"/gioi-thieu/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*")

# Framework tables that staff have no business with, and the one we show in our own way.
admin.site.unregister([FlatPage, Site, DBTaskResult, User, Group])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Users, whose rights come from groups; only a superuser makes or touches a superuser."""

    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Thông tin cá nhân", {"fields": ["last_name", "first_name", "email"]}),
        ("Quyền", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("Các mốc thời gian", {"fields": ["last_login", "date_joined"]}),
    ]

    readonly_fields = ["last_login", "date_joined"]  # what happened is not typed

    def get_readonly_fields(self, request, obj=None):
        reserved = [] if request.user.is_superuser else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *reserved]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def save_model(self, request, obj, form, change):
        # Whoever is added here is to sign in here; only then are the groups chosen.
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)


def _may_touch(request, user) -> bool:
    return request.user.is_superuser or user is None or not user.is_superuser


class PermissionsField(forms.ModelMultipleChoiceField):
    """The rights of a group in words: «Sửa bài viết»."""

    ACTIONS = {"view": "Xem", "add": "Thêm", "change": "Sửa", "delete": "Xóa"}

    def label_from_instance(self, permission):
        model = permission.content_type
        action = self.ACTIONS.get(permission.codename.removesuffix(f"_{model.model}"))
        return f"{action} {model.name}" if action else permission.name


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin):
    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"form_class": PermissionsField, "queryset": groups.grantable()}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(WebsiteLink)
class WebsiteLinkAdmin(admin.ModelAdmin):
    list_display = ["title", "url", "position"]
    search_fields = ["title", "url"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Abbreviation)
class AbbreviationAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["short", "long"]
    search_fields = ["short__folded", "long__folded"]


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    list_display = ["text", "starts_at", "ends_at", "state_now"]
    date_hierarchy = "starts_at"

    @admin.display(description="tình trạng")
    def state_now(self, notice):
        return notice.state()


class StandingPageForm(FlatpageForm):
    class Meta:
        model = StandingPage
        fields = ["url", "title", "content"]
        labels = {"title": "Tiêu đề", "content": "Nội dung"}
        widgets = {"content": RichTextWidget}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # FlatpageForm declares this field itself, so Meta does not reach it.
        self.fields["url"].label = "Địa chỉ"
        self.fields["url"].help_text = "Dạng /gioi-thieu/ten-trang/, kết thúc bằng dấu gạch chéo."

    def clean_url(self):
        url = super().clean_url()
        if "url" in self.changed_data and not STANDING_PAGE.fullmatch(url):
            raise ValidationError(
                "Phải có dạng /gioi-thieu/ten-trang/: giữa các dấu gạch chéo chỉ có chữ "
                "thường không dấu, chữ số và dấu gạch nối."
            )
        return url

    def clean_title(self):
        title = clean_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_content(self):
        return clean_html(self.cleaned_data["content"])

    def clean(self):
        self.cleaned_data["sites"] = Site.objects.all()
        return super().clean()


@admin.register(StandingPage)
class StandingPageAdmin(KeptFormAdmin, EditorAdmin, FlatPageAdmin):
    form = StandingPageForm
    fieldsets = None
    fields = ["url", "title", "content"]
    list_display = ["title", "url"]
    list_filter = []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.sites.set(Site.objects.all())
