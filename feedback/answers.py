"""Published answers: what everybody reads of a submission, on its page and in search."""

from django.urls import reverse

from feedback import codes, shield
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry


class FindableAnswer(Findable):
    """
    A submission: in search once its answer stands on the public page.

    Whatever shows one to everybody shows the ``public_`` texts, from which the shield has
    taken what tells of somebody.
    """

    search_kind = SearchEntry.Kind.ANSWER

    def search_document(self):
        if not (self.is_public and self.state == self.State.ANSWERED):
            return None
        return Document(
            self.search_kind,
            self.pk,
            url=self.public_url,
            title=self.public_title,
            lead=self.public_content,
            body=self.public_answer,
            shown_from=self.answered_at or self.received_at,
        )

    @property
    def public_url(self) -> str:
        """Return the address of its own, which answers 404 while it is not published."""
        return reverse("feedback:answer", args=[self.pk])

    @property
    def public_title(self) -> str:
        return self.covered(self.title, self.shown_as_is)

    @property
    def public_content(self) -> str:
        return self.covered(self.content, self.shown_as_is)

    @property
    def public_answer(self) -> str:
        return self.covered(self.answer, self.shown_as_is)

    def covered(self, words: str, shown_as_is) -> str:
        """Return words without what tells of somebody, and without the code that opens the rest."""
        return shield.masked(codes.covered(words, self.code), shown_as_is)

    @property
    def public_name(self) -> str:
        """Return the sender's name where sender and staff agree that it is shown, else blank."""
        return self.name if self.may_show_name and self.shows_name else ""

    @property
    def is_shielded(self) -> bool:
        """Say whether something in its texts is covered."""
        texts = (self.title, self.content, self.answer)
        shown = (self.public_title, self.public_content, self.public_answer)
        return texts != shown
