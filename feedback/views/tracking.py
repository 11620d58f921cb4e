"""Following a message by its code."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from feedback.forms import TrackingForm
from feedback.standing import standing
from portal import visitors
from portal.caching import personal_page

CODE = "ma"  # in the address, for links in letters and those that people keep


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def track(request):
    """Show where a submission stands; asked by POST, so that no address holds its code."""
    if request.method != "POST":
        if CODE in request.GET:
            return _follow_link(request, request.GET[CODE])
        return render(request, "feedback/track.html", {"form": TrackingForm()})
    form = TrackingForm(request.POST, network=visitors.client_network(request))
    return render(request, "feedback/track.html", _context(form), status=_status(form, 422))


def _follow_link(request, code):
    """
    Show where a submission stands to who came with its code in the address.

    The page says nothing of its address to anybody, the portal's own next pages included. A form
    on such a page would be taken for another site's, so there is none.
    """
    form = TrackingForm({"code": code}, network=visitors.client_network(request))
    response = render(
        request, "feedback/track_link.html", _context(form), status=_status(form, 404)
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(form):
    found = form.submission if form.is_valid() else None
    return {"form": form, "found": found and standing(found)}


def _status(form, refused):
    if form.is_valid():
        return 200
    return 429 if form.is_over_limit else refused
