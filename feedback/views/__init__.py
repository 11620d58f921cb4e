"""The pages of feedback and rating; each form answers a page or, when asked, JSON."""

from feedback.views.opinions import opinion_after_expiry
from feedback.views.polls import poll_after_expiry
from feedback.views.sending import form_after_expiry as sending_after_expiry

# The forms of citizens, by the name of their address, and what is shown after the CSRF check.
AFTER_EXPIRY = {
    "feedback:send": sending_after_expiry,
    "feedback:poll": poll_after_expiry,
    "feedback:opinion": opinion_after_expiry,
}


def form_after_expiry(request):
    """Show a form that failed the CSRF check once more, with everything typed; status 403."""
    match = request.resolver_match
    return AFTER_EXPIRY[match.view_name](request, *match.args, **match.kwargs)
