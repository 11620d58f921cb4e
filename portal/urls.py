from django.contrib import admin
from django.urls import include, path, re_path

from news import downloads, uploads
from news.feeds import ArticleAtom, ArticleFeed, CategoryAtom, CategoryFeed
from news.podcast import Podcast
from portal import components, keeping, media, readership_views, search_views, sitemaps, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("news.urls")),
    path("", include("indicators.urls")),
    path("", include("feedback.urls")),
    path("tim-kiem/", search_views.search, name="search"),
    path("tim-kiem/goi-y/", search_views.suggest, name="search-suggestions"),
    path("gioi-thieu/", views.standing_page, {"path": ""}, name="about"),
    path("gioi-thieu/<path:path>/", views.standing_page, name="standing-page"),
    path("rss/", ArticleFeed(), name="feed"),
    # A word that stands here in a category's place belongs in news.models.categories.FIXED_FEEDS.
    path("rss/nghe/", Podcast(), name="podcast"),
    path("rss/<slug:slug>/", CategoryFeed(), name="category-feed"),
    path("atom/", ArticleAtom(), name="atom"),
    path("atom/<slug:slug>/", CategoryAtom(), name="category-atom"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("so-do/", views.site_map, name="site-map"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.health, name="health"),
    path("luot-xem/", views.count_view, name="count-view"),
    re_path(r"^media/(?P<name>.+\.(?:mp3|pdf|docx|xlsx|pptx))$", downloads.article_file),
    path("media/<path:name>", media.picture, name="media"),
    path("quan-tri/tep/", uploads.picture_list, name="picture-list"),
    path("quan-tri/tep/tai-len/", uploads.upload_picture, name="upload-picture"),
    path("quan-tri/phien/", keeping.session, name="session"),
    path("quan-tri/phien/xong/", keeping.signed_in, name="signed-in"),
    path("quan-tri/luot-xem/", readership_views.of_site, name="readership"),
    path(
        "quan-tri/luot-xem/chuyen-muc/<int:pk>/",
        readership_views.of_category,
        name="category-readership",
    ),
    path("quan-tri/luot-xem/bai/<int:pk>/", readership_views.of_article, name="article-readership"),
    path("quan-tri/thanh-phan/", components.components, name="components"),
    path("quan-tri/", admin.site.urls),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"
