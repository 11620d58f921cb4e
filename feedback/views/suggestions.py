"""Answers like the question being typed."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.suggestions import suggestions
from portal import text
from portal.caching import public_page


@require_safe
@public_page
def suggest(request):
    """Answer with published answers like a title: the same for everybody."""
    typed = text.clean_line(request.GET.get("q", ""))
    found = suggestions(typed, timezone.now())
    return JsonResponse({"answers": [suggestion._asdict() for suggestion in found]})
