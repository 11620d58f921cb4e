"""Rating: the polls, one browser's ballot, the results."""

from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from feedback import ballots, limits
from feedback.forms import BallotForm
from feedback.models import Poll, Vote
from feedback.views.answering import wants_json
from portal import visitors
from portal.caching import personal_page, public_page

EXPIRED_BALLOT = (
    "Đánh giá chưa được ghi nhận vì trang đã mở quá lâu. Xin bấm “Gửi đánh giá” lần nữa."
)
UNSENT_BALLOT = "Phiếu chưa được gửi: xin bấm “Gửi đánh giá” để xác nhận."
UNKNOWN_POLL = "Không có câu hỏi này hoặc câu hỏi đã được gỡ."
CLOSED_POLL = "Câu hỏi này đã ngừng nhận đánh giá nên phiếu vừa gửi không được ghi nhận."
TOO_MANY_BALLOTS = (
    "Trong một giờ qua đã có nhiều phiếu mới gửi từ mạng mà ông/bà đang dùng. "
    "Xin gửi đánh giá sau một giờ."
)


@personal_page
def poll_after_expiry(request):
    """Show the polls once more after a ballot failed the CSRF check; status 403."""
    return _show_polls(request, message=EXPIRED_BALLOT, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def poll(request):
    if request.method != "POST":
        return _show_polls(request, message=UNSENT_BALLOT if "chon" in request.GET else "")
    poll = Poll.objects.opened().with_slug(request.POST.get("poll", ""))
    if poll is None:
        return _show_polls(request, message=UNKNOWN_POLL, status=404)
    if not poll.is_open():
        return _show_polls(request, message=CLOSED_POLL, status=409)
    form = BallotForm(poll, request.POST)
    if not form.is_valid():
        return _show_polls(request, message=form.message, status=422)
    return _cast(request, poll, form.cleaned_data["option"])


@require_safe
@public_page
def poll_results(request):
    polls = Poll.objects.opened()
    slug = request.GET.get("cau-hoi")
    poll = polls.with_slug(slug) if slug else polls.shown_first()
    if slug and poll is None:
        raise Http404
    return render(
        request,
        "feedback/poll_results.html",
        {"poll": poll, "results": poll and poll.results(), "polls": polls},
    )


def _cast(request, poll, option):
    ballot = ballots.of_browser(request)
    with transaction.atomic():
        if ballot is None:
            ballot = ballots.of_form(request)
            if not limits.take(limits.NEW_BALLOTS, visitors.client_network(request)):
                return _show_polls(request, message=TOO_MANY_BALLOTS, status=429)
        poll.cast(option, ballot)
    if wants_json(request):
        context = {"poll": poll, "results": poll.results()}
        html = render_to_string("feedback/_vote_recorded.html", context, request)
        response = JsonResponse({"ok": True, "html": html})
    else:
        response = redirect(reverse("feedback:poll") + f"?da-ghi={poll.slug}")
    ballots.remember(response, ballot)
    return response


def _show_polls(request, *, message="", status=200):
    """Show the open polls with what this browser chose; a message goes to the poll it is for."""
    if wants_json(request):
        return JsonResponse({"ok": False, "message": message}, status=status)
    ballot = ballots.of_browser(request)
    choices = Vote.objects.choices_of(ballot) if ballot else {}
    recorded = Poll.objects.opened().with_slug(request.GET.get("da-ghi", ""))
    if recorded and recorded.pk not in choices:
        recorded = None
    polls = list(Poll.objects.open().with_options())
    asked = request.POST.get("option") or request.GET.get("chon") or ""
    asked_in = request.POST.get("poll")
    context = {
        "polls": polls,
        "chosen": _preselected(polls, choices, asked),
        "message": message,
        "message_poll": next((poll for poll in polls if poll.slug == asked_in), None),
        "recorded": recorded,
        "results": recorded and recorded.results(),
        "ballot": "" if ballot else ballots.new_token(),
    }
    return render(request, "feedback/poll.html", context, status=status)


def _preselected(polls, choices, asked):
    """Return the ids of the options to mark: what is asked for, else what was chosen before."""
    by_poll = dict(choices)
    for poll in polls:
        for option in poll.options.all():
            if str(option.pk) == asked:
                by_poll[poll.pk] = option.pk
    return set(by_poll.values())
