"""The answers that everybody reads."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback import finding
from feedback.forms import AnswersForm
from feedback.models import Submission
from portal.caching import public_page
from portal.paging import page_or_404

ANSWERS_PER_PAGE = 10


@require_safe
@public_page(reads=("trang", "muc"))
def answers(request):
    form = AnswersForm(request.GET)
    found = finding.answers(form, timezone.now())
    page = page_or_404(found.rows, ANSWERS_PER_PAGE, request.GET.get("trang"))
    return render(request, "feedback/answers.html", {"form": form, "found": found, "page": page})


@require_safe
@public_page
def answer(request, pk):
    published = Submission.objects.published().for_reading()
    return render(
        request, "feedback/answer.html", {"submission": get_object_or_404(published, pk=pk)}
    )
