from django.urls import path, register_converter

from news import listening_views, previews, views


class Year:
    regex = "[12][0-9]{3}"
    to_python = int
    to_url = str


class Month:
    regex = "0[1-9]|1[0-2]"
    to_python = int

    def to_url(self, month):
        return f"{month:02}"


register_converter(Year, "archive-year")
register_converter(Month, "archive-month")

app_name = "news"

# A word that stands here in an article's place belongs in news.models.articles.FIXED_ADDRESSES.
urlpatterns = [
    path("xem-truoc/<str:token>/", previews.shared_preview, name="preview"),
    path("xem-truoc/<str:token>/<path:name>", previews.shared_file, name="preview-file"),
    path("dinh-chinh/", views.corrections, name="corrections"),
    path("nghe/", listening_views.listen, name="listen"),
    path("nghe/<slug:slug>.json", listening_views.sentences, name="sentences"),
    path("tin-tuc/", views.article_list, name="article-list"),
    path("tin-tuc/chuyen-muc/<slug:slug>/", views.category, name="category"),
    path("tin-tuc/chu-de/<slug:slug>/", views.tag, name="tag"),
    path("tin-tuc/luu-tru/", views.archive, name="archive"),
    path("tin-tuc/luu-tru/<archive-year:year>/", views.archive_year, name="archive-year"),
    path(
        "tin-tuc/luu-tru/<archive-year:year>/<archive-month:month>/",
        views.archive_month,
        name="archive-month",
    ),
    path("tin-tuc/doc-nhieu/", views.most_read, {"days": 7}, name="most-read"),
    path("tin-tuc/doc-nhieu/30-ngay/", views.most_read, {"days": 30}, name="most-read-month"),
    path("tin-tuc/<slug:slug>/", views.article, name="article"),
]
