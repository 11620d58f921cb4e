"""Codes that articles name: once there are figures under one, it no longer changes."""

from django.contrib import admin

WHY = (
    "Đã có số liệu nên không đổi được mã: các bài viết chèn số liệu, tệp đã tải về "
    "và địa chỉ bên ngoài gọi số liệu theo mã này."
)


class FixedCodeAdmin(admin.ModelAdmin):
    """What has figures, whose code is read-only as soon as it has any."""

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "code"] if _has_figures(obj) else fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        if _has_figures(obj):
            kwargs["help_texts"] = {"code": WHY}
        return super().get_form(request, obj, change, **kwargs)


def _has_figures(obj):
    return obj is not None and obj.figures.exists()
