"""What is said while the database is away, or has more to do than it can."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from portal.changes import listener

logger = logging.getLogger(__name__)

RETRY_AFTER = "10"  # seconds


class AwayMiddleware:
    """Answers 503 with a plain page to what cannot be shown without the database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        if not listener.is_away:  # which was said once, and need not be for each request
            reason = str(exception).partition("\n")[0]
            logger.warning("%s %s: %s", request.method, request.path, reason)
        headers = {"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"}
        page = render_to_string("503.html", {"is_form": request.method == "POST"})
        response = HttpResponse(page, status=503, headers=headers)
        response._has_been_logged = True  # for Django, which would say it again
        return response
