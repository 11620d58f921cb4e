"""Confirming an e-mail address: programs open links in letters, only people press buttons."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from feedback import confirmation, letters
from portal.caching import personal_page


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def confirm(request, token):
    """Ask for the press of a button, which confirms; afterwards say that it is done."""
    submission = confirmation.submission_of(token)
    if submission and request.method == "POST":
        if confirmation.confirm(submission):
            letters.tell_outcome(submission)
        return redirect(reverse("feedback:confirm", args=[token]))
    status = 200 if submission else 404
    response = render(request, "feedback/confirm.html", {"submission": submission}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
