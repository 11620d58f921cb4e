"""Units that answer, and the words replies begin with."""

from django import forms
from django.conf import settings
from django.contrib import admin

from feedback import replies
from feedback.models import ReplyTemplate, Unit
from portal.admin_search import FoldedSearch
from portal.people import name_of

NEEDED = " Chỉ ai có quyền xem góp ý (nhóm “Tiếp nhận góp ý”) mới mở được góp ý từ thư."
NO_MAIL = " Cổng chưa khai báo máy chủ gửi thư nên hiện chưa gửi thư nào."


class MembersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        address = user.email or "chưa có địa chỉ thư điện tử"
        return f"{name_of(user)} ({address})"


@admin.register(Unit)
class UnitAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "shown_members", "position"]
    search_fields = ["name__folded"]
    fields = ["name", "members", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("members")

    def has_delete_permission(self, request, obj=None):
        """Refuse to delete what something was given to: it would be nobody's in silence."""
        may = super().has_delete_permission(request, obj)
        return may and obj is not None and not obj.submissions.exists()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        staff = db_field.related_model.objects.filter(is_staff=True, is_active=True)
        kwargs |= {
            "form_class": MembersField,
            "queryset": staff.order_by("last_name", "first_name", "username"),
            "widget": forms.CheckboxSelectMultiple,
        }
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.help_text += NEEDED
        if not settings.MAIL_IS_SENT:
            field.help_text += NO_MAIL
        return field

    @admin.display(description="cán bộ")
    def shown_members(self, unit):
        return ", ".join(name_of(user) for user in unit.members.all()) or "—"


class ReplyTemplateForm(forms.ModelForm):
    def clean_text(self):
        words = self.cleaned_data["text"]
        replies.check(words)
        return words


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(FoldedSearch, admin.ModelAdmin):
    form = ReplyTemplateForm
    list_display = ["name", "purpose", "position"]
    list_filter = ["purpose"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["name__folded", "text__folded"]
    fields = ["name", "purpose", "text", "position"]
