"""Following a message by its code."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from feedback.forms import TrackingForm
from portal import visitors
from portal.caching import personal_page


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def track(request):
    """Show where a submission stands; asked by POST, so that no address holds its code."""
    if request.method != "POST":
        return render(request, "feedback/track.html", {"form": TrackingForm()})
    form = TrackingForm(request.POST, network=visitors.client_network(request))
    status = 200 if form.is_valid() else 429 if form.is_over_limit else 422
    context = {"form": form, "submission": form.submission}
    return render(request, "feedback/track.html", context, status=status)
