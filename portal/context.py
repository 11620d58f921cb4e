"""What every template may use; nothing here asks the database."""

from django.conf import settings


def department(request):
    return {"department": settings.DEPARTMENT, "base_url": settings.BASE_URL}
