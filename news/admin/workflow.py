"""The steps of an article from draft to withdrawn, as buttons of its form."""

from django.contrib import admin


class WorkflowAdmin(admin.ModelAdmin):
    """An article whose state is changed by named steps."""
