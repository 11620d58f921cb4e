"""How many ballots each option has, added up by the database whenever a ballot changes."""

from django.db import models
from django.db.models import Sum


class OptionTotalQuerySet(models.QuerySet):
    def per_month_and_option(self):
        """Return ((first day of the month, option id), count) of the ballots that are counted."""
        counted = self.values_list("month", "option").annotate(count=Sum("votes"))
        return (((month, option), count) for month, option, count in counted.exclude(count=0))


class OptionTotal(models.Model):
    """
    What one connection's part adds to an option's ballots of a month; a part may be negative.

    Voters would wait for each other at one row for all (migration 0013).
    """

    # The database deletes the totals with their option: deleting ballots changes them until then.
    option = models.ForeignKey(
        "feedback.Option",
        models.DO_NOTHING,
        related_name="totals",
        db_constraint=False,
        db_index=False,
    )
    month = models.DateField()  # its first day; a ballot belongs to that in which it last moved
    part = models.SmallIntegerField()
    votes = models.IntegerField()  # counted
    awaiting = models.IntegerField()  # suspected, and staff have not decided
    set_aside = models.IntegerField()

    objects = OptionTotalQuerySet.as_manager()

    class Meta:
        verbose_name = "tổng số phiếu"
        verbose_name_plural = "tổng số phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["option", "month", "part"], name="one_total_per_option_month_and_part"
            )
        ]

    def __str__(self):
        return f"{self.option_id} {self.month}: {self.votes}"
