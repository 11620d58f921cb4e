"""Published answers as search finds them."""

from django.urls import reverse

from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry


class FindableAnswer(Findable):
    """A submission: in search once its answer stands on the public page, never with its name."""

    search_kind = SearchEntry.Kind.ANSWER

    def search_document(self):
        if not (self.is_public and self.state == self.State.ANSWERED):
            return None
        return Document(
            self.search_kind,
            self.pk,
            url=f"{reverse('feedback:answers')}#{self.anchor}",
            title=self.title,
            lead=self.content,
            body=self.answer,
            shown_from=self.answered_at or self.received_at,
        )

    @property
    def anchor(self):
        """Return the id it has on the page of answers."""
        return f"hoi-dap-{self.pk}"
