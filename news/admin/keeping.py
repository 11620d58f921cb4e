"""No lost work: who else is editing, saves that would overwrite, expired sessions."""

from django.contrib import admin


class KeepingAdmin(admin.ModelAdmin):
    """An article that nobody overwrites unseen."""
