"""What should be put right before an article is published."""

from django.contrib import admin


class ChecklistAdmin(admin.ModelAdmin):
    """An article whose form says what is still missing."""
