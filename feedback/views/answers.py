"""The answers that everybody reads."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.models import Submission
from portal.caching import public_page
from portal.paging import page_or_404

ANSWERS_PER_PAGE = 10


@require_safe
@public_page
def answers(request):
    published = Submission.objects.published().for_reading()
    page = page_or_404(published, ANSWERS_PER_PAGE, request.GET.get("trang"))
    return render(request, "feedback/answers.html", {"page": page})
