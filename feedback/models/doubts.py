"""What ballots and opinions share: when too many come from one place, some wait to be looked at."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

VOTER_KEPT = timedelta(days=2)


class Doubted(models.Model):
    """Said by one browser; counted at once, or only when staff have accepted it."""

    # The random number in the browser's signed cookie.
    ballot = models.UUIDField(editable=False)
    # Of a suspect alone: hash of network or browser under a key that changes every day, never
    # an address; taken out after VOTER_KEPT, so that nothing links the days.
    voter = models.BinaryField(max_length=16, null=True, editable=False)
    is_suspect = models.BooleanField("nghi do máy gửi", default=False)
    is_set_aside = models.BooleanField("không tính", default=False)

    class Meta:
        abstract = True


class DoubtedQuerySet(models.QuerySet):
    """Of a model that names its fields: ``about`` what, which ``choice``, at which ``moment``."""

    def counted(self):
        return self.filter(is_suspect=False)

    def awaiting(self):
        """Return what staff have to decide on."""
        return self.filter(is_suspect=True, is_set_aside=False)

    def set_aside(self):
        return self.filter(is_set_aside=True)

    def of_ballot(self, ballot):
        return self.filter(ballot=ballot)

    def forget_voters(self, at=None) -> int:
        """Take out the hashes that are older than VOTER_KEPT; say how many."""
        over = {f"{self.model.moment}__lt": (at or timezone.now()) - VOTER_KEPT}
        return self.filter(voter__isnull=False, **over).update(voter=None)


def set_aside_is_suspect(name: str) -> models.CheckConstraint:
    """Return the constraint that nothing is set aside which would be counted."""
    return models.CheckConstraint(condition=Q(is_set_aside=False) | Q(is_suspect=True), name=name)
