"""The pages of feedback and rating; each form answers a page or, when asked, JSON."""

from django.urls import reverse

from feedback.views.polls import poll_after_expiry
from feedback.views.sending import form_after_expiry as sending_after_expiry


def form_after_expiry(request):
    """Show a form that failed the CSRF check once more, with everything typed; status 403."""
    if request.path == reverse("feedback:poll"):
        return poll_after_expiry(request)
    return sending_after_expiry(request)
