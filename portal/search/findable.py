"""What a model does to be found: say what it holds; saving and deleting do the rest."""

from django.db import transaction

from portal.search import entries


class Findable:
    """
    A model whose public pages are in search.

    ``loaddata`` and SQL save nothing through here: `manage.py reindex` reads what they wrote. What
    is deleted, withdrawn or moved in time follows by triggers, whoever does it.
    """

    search_kind: str

    def search_document(self) -> entries.Document | None:
        """Return what may be found, now or from a moment on, or None for what is not public."""
        raise NotImplementedError

    def refresh_search_entry(self):
        """Let search find this as it is now; called also when its parts were saved after it."""
        document = self.search_document()
        if document:
            entries.keep([document])
        else:
            entries.forget(self.search_kind, self.pk)

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.refresh_search_entry()
