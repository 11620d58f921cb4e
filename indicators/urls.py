from django.urls import path, register_converter

from indicators import embed_views, file_views, views
from indicators.exports import answers

app_name = "indicators"


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(YearConverter, "year")

AS_SVG = {"as_picture": file_views.as_svg_file}
AS_PNG = {"as_picture": file_views.as_png_file}

# One address per format: «chi-tieu/nam/2023» with «.csv», «.xlsx», …
FORMATS = {
    "csv": answers.csv_response,
    "xlsx": answers.xlsx_response,
    "json": answers.json_response,
    "csv-metadata.json": answers.metadata_response,
}


def files(route, view, name):
    """Return the paths of a table in every format: «scoreboard-csv», «scoreboard-xlsx», …"""
    return [
        path(
            f"{route}.{ending}",
            view,
            {"as_file": as_file},
            name=f"{name}-{ending.removesuffix('.json')}",
        )
        for ending, as_file in FORMATS.items()
    ]


urlpatterns = [
    path("chi-tieu/", views.scoreboard, name="scoreboard"),
    *files("chi-tieu/tat-ca", file_views.everything_file, "everything"),
    path("chi-tieu/luoc-do.json", file_views.schema, name="schema"),
    path("chi-tieu/nhung-<slug:name>.css", embed_views.theme, name="embed-theme"),
    path("chi-tieu/nam/<year:year>/", views.scoreboard_year, name="scoreboard-year"),
    *files("chi-tieu/nam/<year:year>", file_views.scoreboard_file, "scoreboard"),
    path("chi-tieu/so-sanh/", views.side_by_side, name="side-by-side"),
    path("chi-tieu/<slug:slug>/", views.indicator_detail, name="indicator-detail"),
    *files("chi-tieu/<slug:slug>", file_views.indicator_file, "indicator"),
    path("chi-tieu/<slug:slug>/nhung/", embed_views.embed, name="embed"),
    path("chi-tieu/<slug:slug>/bieu-do.svg", file_views.picture, AS_SVG, name="picture-svg"),
    path("chi-tieu/<slug:slug>/bieu-do.png", file_views.picture, AS_PNG, name="picture-png"),
]
