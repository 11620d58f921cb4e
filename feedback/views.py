"""Sending feedback, following it, rating; each form answers a page or, when asked, JSON."""

from io import BytesIO

from django.conf import settings
from django.core.signing import BadSignature
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from feedback import ballots, challenge, codes, limits
from feedback.forms import BallotForm, SubmissionForm, TrackingForm
from feedback.models import Poll, Submission, Vote
from portal import speech, visitors
from portal.caching import personal_page, public_page
from portal.paging import page_or_404
from portal.ranges import ranged_response

ANSWERS_PER_PAGE = 10
RECEIVED_COOKIE = "received"
RECEIVED_SHOWN_FOR = 15 * 60  # seconds

NEXT_STEP = (
    "Chỉ còn một bước: nhập mã kiểm tra ở cuối biểu mẫu rồi bấm “Gửi góp ý”. "
    "Những gì ông/bà đã viết vẫn còn nguyên."
)
EXPIRED_FORM = (
    "Biểu mẫu đã mở quá lâu hoặc trình duyệt không gửi kèm cookie, nên góp ý chưa được gửi. "
    "Những gì ông/bà đã viết vẫn còn nguyên; xin nhập mã kiểm tra mới rồi gửi lại."
)
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
def form_after_expiry(request):
    """Show a form that failed the CSRF check once more, with everything typed; status 403."""
    if request.path == reverse("feedback:poll"):
        return _show_polls(request, message=EXPIRED_BALLOT, status=403)
    notice = EXPIRED_FORM if request.POST.get("challenge") else NEXT_STEP
    return _show_form(request, SubmissionForm.refilled(request.POST), notice=notice, status=403)


# -- sending ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def send(request):
    if request.method != "POST":
        return _show_form(request, SubmissionForm(initial={"article": request.GET.get("bai", "")}))
    if "another_code" in request.POST:
        return _show_form(request, SubmissionForm.refilled(request.POST))
    form = SubmissionForm(request.POST, network=visitors.client_network(request))
    with transaction.atomic():
        submission = form.save() if form.is_valid() else None
    if submission is None:
        return _show_form(request, form, status=429 if form.is_over_limit else 422)
    return _acknowledge(request, submission)


@require_safe
@personal_page
def received(request):
    """Show the tracking code to the browser that sent; the cookie keeps it out of addresses."""
    code = request.get_signed_cookie(
        RECEIVED_COOKIE, default="", salt="feedback.received", max_age=RECEIVED_SHOWN_FOR
    )
    if not code:
        return redirect("feedback:track")
    return render(request, "feedback/received.html", {"code": codes.grouped(code)})


@require_safe
@personal_page
def challenge_parts(request):
    """Answer what a form on a public page needs to be sent: tokens, picture and sound."""
    return JsonResponse({"csrf": get_token(request)} | _challenge_parts(challenge.issue()))


@require_safe
@personal_page
def challenge_image(request, token):
    try:
        return HttpResponse(challenge.image(token), content_type="image/png")
    except BadSignature:
        raise Http404 from None


@require_safe
@personal_page
def challenge_sound(request, token):
    try:
        sound = challenge.sound(token)
    except BadSignature:
        raise Http404 from None
    except speech.SpeechError:
        return HttpResponse(
            "Hiện chưa đọc được mã. Xin dùng mã trong hình.",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    return ranged_response(request, BytesIO(sound), len(sound), content_type="audio/wav")


def _show_form(request, form, *, notice="", status=200):
    context = {"form": form, "notice": notice, "challenge": _challenge_parts(form.token)}
    if _wants_json(request):
        html = render_to_string("feedback/_submission_form.html", context, request)
        return JsonResponse({"ok": False, "html": html}, status=status)
    return render(request, "feedback/send.html", context, status=status)


def _acknowledge(request, submission):
    address = reverse("feedback:received")
    if _wants_json(request):
        html = render_to_string(
            "feedback/_received.html", {"code": submission.grouped_code}, request
        )
        response = JsonResponse({"ok": True, "html": html, "address": address})
    else:
        response = redirect(address)
    response.set_signed_cookie(
        RECEIVED_COOKIE,
        submission.code,
        salt="feedback.received",
        max_age=RECEIVED_SHOWN_FOR,
        path=address,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _challenge_parts(token):
    return {
        "token": token,
        "image": reverse("feedback:challenge-image", args=[token]),
        "sound": reverse("feedback:challenge-sound", args=[token]),
    }


# -- following -------------------------------------------------------------------------


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


@require_safe
@public_page
def answers(request):
    published = Submission.objects.published().for_reading()
    page = page_or_404(published, ANSWERS_PER_PAGE, request.GET.get("trang"))
    return render(request, "feedback/answers.html", {"page": page})


# -- rating ----------------------------------------------------------------------------


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
    if _wants_json(request):
        context = {"poll": poll, "results": poll.results()}
        html = render_to_string("feedback/_vote_recorded.html", context, request)
        response = JsonResponse({"ok": True, "html": html})
    else:
        response = redirect(reverse("feedback:poll") + f"?da-ghi={poll.slug}")
    ballots.remember(response, ballot)
    return response


def _show_polls(request, *, message="", status=200):
    """Show the open polls with what this browser chose; a message goes to the poll it is for."""
    if _wants_json(request):
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


def _wants_json(request):
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
