"""Every figure of every indicator, territory and period as one table."""

from dataclasses import dataclass

from django.urls import reverse

from indicators.models import Figure


@dataclass(frozen=True)
class Everything:
    figures: list[Figure]

    title = "Tất cả số liệu chỉ tiêu"
    file_stem = "chi-tieu-tat-ca"

    @classmethod
    def known(cls):
        return cls(list(Figure.objects.in_full()))

    def get_absolute_url(self):
        return reverse("indicators:scoreboard")

    @property
    def updated_at(self):
        return max((figure.updated_at for figure in self.figures), default=None)
