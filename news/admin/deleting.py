"""Deleting articles: what goes with them, and that readers see some of them now."""

from django.contrib import admin
from django.contrib.admin import actions
from django.utils.text import capfirst

from news.models import Article, EditingSession, Version


class DeletingAdmin(admin.ModelAdmin):
    """An article that nobody deletes without knowing what readers lose."""

    delete_confirmation_template = "admin/news/article/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/news/article/delete_selected_confirmation.html"

    def get_actions(self, request):
        """Put the deletion below in the place of the one Django offers every list."""
        offered = super().get_actions(request)
        own = self.get_action("delete_selected")
        return {name: own if name == "delete_selected" else offered[name] for name in offered}

    def get_deleted_objects(self, objs, request):
        """Leave out what has no name to tell an editor: links, versions, who has it open."""
        shown, counts, refused, protected = super().get_deleted_objects(objs, request)
        links = (Article.related.through, Article.tags.through, EditingSession)
        for link in links:
            counts.pop(link._meta.verbose_name_plural, None)
        nameless = tuple(f"{capfirst(row._meta.verbose_name)}: " for row in (*links, Version))
        return _without(nameless, shown), counts, refused, protected

    def render_delete_form(self, request, context):
        return super().render_delete_form(
            request, context | {"public": _public([context["object"]])}
        )

    @admin.action(description=actions.delete_selected.short_description, permissions=["delete"])
    def delete_selected(self, request, queryset):
        """Ask first, as Django does, and say which of them readers see."""
        response = actions.delete_selected(self, request, queryset)
        if response:
            response.context_data["public"] = _public(queryset)
        return response


def _public(articles) -> list[Article]:
    return [article for article in articles if article.is_published()]


def _without(prefixes, nested) -> list:
    """Return a nested list of texts without those that begin with one of ``prefixes``."""
    kept = [
        _without(prefixes, entry) if isinstance(entry, list) else entry
        for entry in nested
        if isinstance(entry, list) or not entry.startswith(prefixes)
    ]
    return [entry for entry in kept if entry]
