"""The smallest Django that returns what it was handed: one view, two of Django's own layers."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

from benchmarks.reference import handed_over

PAGES = handed_over()

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of nothing",  # noqa: S106
)


def page(request):
    headers, body = PAGES[request.path]
    return HttpResponse(body, headers=dict(headers))


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
