"""The lines of HTML with which another site shows a chart of ours."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from indicators.series import Series

HEIGHT = 640  # pixels: room for the chart on a telephone, the table below it closed


def code(series: Series) -> str:
    """Return an iframe as text to be copied, itself escaped wherever it is printed."""
    indicator = series.latest.indicator
    address = settings.BASE_URL + reverse("indicators:embed", args=[indicator.slug])
    frame = format_html(
        '<iframe src="{}?dia-ban={}" title="Biểu đồ {}, {}" '
        'width="100%" height="{}" loading="lazy" frameborder="0"></iframe>',
        address,
        series.territory.code,
        indicator.name,
        series.territory.name,
        HEIGHT,
    )
    return str.__str__(frame)
