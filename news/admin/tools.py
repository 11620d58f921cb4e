"""The links at the top of an article's form."""

from typing import NamedTuple

from django.contrib import admin


class Tool(NamedTuple):
    text: str
    url: str


class ToolsAdmin(admin.ModelAdmin):
    """An article whose form offers ``article_tools``; a subclass adds its own to its parent's."""

    def article_tools(self, request, article) -> list[Tool]:
        return []

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["article_tools"] = self.article_tools(request, obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
