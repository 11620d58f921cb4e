"""The article as readers would see it, before they do."""

from news.admin.tools import ToolsAdmin


class PreviewAdmin(ToolsAdmin):
    """An article that can be read on its page before it is published."""
