from django.urls import path, register_converter

from indicators import exports, views

app_name = "indicators"


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(YearConverter, "year")

AS_CSV = {"as_file": exports.csv_response}
AS_XLSX = {"as_file": exports.xlsx_response}
AS_JSON = {"as_file": exports.json_response}

urlpatterns = [
    path("chi-tieu/", views.scoreboard, name="scoreboard"),
    path("chi-tieu/nam/<year:year>/", views.scoreboard_year, name="scoreboard-year"),
    path("chi-tieu/nam/<year:year>.csv", views.scoreboard_file, AS_CSV, name="scoreboard-csv"),
    path("chi-tieu/nam/<year:year>.xlsx", views.scoreboard_file, AS_XLSX, name="scoreboard-xlsx"),
    path("chi-tieu/nam/<year:year>.json", views.scoreboard_file, AS_JSON, name="scoreboard-json"),
    path("chi-tieu/<slug:slug>/", views.indicator_detail, name="indicator-detail"),
    path("chi-tieu/<slug:slug>.csv", views.indicator_file, AS_CSV, name="indicator-csv"),
    path("chi-tieu/<slug:slug>.json", views.indicator_file, AS_JSON, name="indicator-json"),
]
