"""History of an article: list of versions, comparison, restoring."""

from news.admin.tools import ToolsAdmin


class VersionsAdmin(ToolsAdmin):
    """An article whose former versions can be read, compared and restored."""
