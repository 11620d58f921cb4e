"""What machines used up: codes that were tried, acts of one network within an hour."""

from django.db import models
from django.utils import timezone


class UsedChallenge(models.Model):
    """A confirmation code that was tried; no code is taken twice (see feedback/challenge.py)."""

    nonce = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "mã kiểm tra đã dùng"
        verbose_name_plural = "mã kiểm tra đã dùng"

    def __str__(self):
        return self.nonce


class NetworkUse(models.Model):
    """How often a network did one thing within an hour; kept a day (see feedback/limits.py)."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash, never an address
    uses = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "lượt dùng theo mạng"
        verbose_name_plural = "lượt dùng theo mạng"

    def __str__(self):
        return f"{self.uses}"
