from django.urls import path

from news import views

app_name = "news"

urlpatterns = [
    path("tin-tuc/", views.article_list, name="article-list"),
    path("tin-tuc/chuyen-muc/<slug:slug>/", views.category, name="category"),
    path("tin-tuc/<slug:slug>/", views.article, name="article"),
]
