"""Sending a message: the form, the acknowledgement."""

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from feedback import attachments, codes, deadlines, judging, spoken
from feedback.forms import SubmissionForm
from feedback.models import Submission
from feedback.views.answering import wants_json
from feedback.views.challenges import no_sound, parts_of, sent_sound
from portal import speech
from portal.caching import personal_page

RECEIVED_COOKIE = "received"
RECEIVED_SHOWN_FOR = 15 * 60  # seconds
TRY_AGAIN_AFTER = 30  # seconds

NEXT_STEP = (
    "Chỉ còn một bước: điền nốt các mục còn thiếu ở cuối biểu mẫu rồi bấm “Gửi góp ý”. "
    "Những gì ông/bà đã viết vẫn còn nguyên."
)
EXPIRED_FORM = (
    "Biểu mẫu đã mở quá lâu hoặc trình duyệt không gửi kèm cookie, nên góp ý chưa được gửi. "
    "Những gì ông/bà đã viết vẫn còn nguyên; xin xem lại rồi gửi lần nữa."
)
AWAY = (
    "Cổng tạm thời chưa nhận được góp ý do sự cố. Những gì ông/bà đã viết vẫn còn nguyên trên "
    "trang này; xin chờ ít phút rồi bấm “Gửi góp ý” lần nữa."
)


@personal_page
def form_after_expiry(request):
    """Show a form that failed the CSRF check once more, with everything typed; status 403."""
    notice = EXPIRED_FORM if request.POST.get("challenge") else NEXT_STEP
    return _show_form(request, SubmissionForm.refilled(request.POST), notice=notice, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def send(request):
    sender = judging.sender(request)
    if request.method != "POST":
        article = {"article": request.GET.get("bai", "")}
        return _show_form(request, SubmissionForm(initial=article, sender=sender))
    if sender.is_same_origin is False:
        return form_after_expiry(request)
    if "another_code" in request.POST:
        return _show_form(request, SubmissionForm.refilled(request.POST, is_code_wanted=True))
    try:
        form, submission = _take_in(request, sender)
    except (OperationalError, InterfaceError):
        return _show_away(request)
    if submission is None:
        return _show_form(request, form, status=429 if form.is_over_limit else 422)
    return _acknowledge(request, submission)


@require_safe
@personal_page
def received(request):
    """Show the tracking code to the browser that sent; the cookie keeps it out of addresses."""
    code = _code_of_cookie(request)
    submission = Submission.objects.with_code(code).first() if code else None
    if submission is None:
        return redirect("feedback:track")
    return render(request, "feedback/received.html", _received(submission))


@require_safe
@personal_page
def received_sound(request):
    """Read the tracking code aloud to the browser that sent."""
    code = _code_of_cookie(request)
    if not code:
        raise Http404
    try:
        return sent_sound(request, spoken.sound(code))
    except speech.SpeechError:
        return no_sound("Hiện chưa đọc được mã. Xin xem mã trên trang.")


def _take_in(request, sender):
    """Return the form and, when it stands, the submission; acknowledged once it is committed."""
    with attachments.kept_if_committed() as kept, transaction.atomic():
        form = SubmissionForm(request.POST, request.FILES, sender=sender, kept=kept)
        submission = form.save() if form.is_valid() else None
        kept.is_complete = True
    return form, submission


def _show_form(request, form, *, notice="", status=200):
    if not wants_json(request):  # a script keeps the files that were chosen
        form.note_lost_files(request.FILES)
    context = {"form": form, "notice": notice, "challenge": parts_of(form.token)}
    if wants_json(request):
        html = render_to_string("feedback/_submission_form.html", context, request)
        return JsonResponse({"ok": False, "html": html}, status=status)
    return render(request, "feedback/send.html", context, status=status)


def _show_away(request):
    """Show the form with everything typed, and the same token: sent again it is one message."""
    form = SubmissionForm.refilled(request.POST, is_token_kept=True)
    response = _show_form(request, form, notice=AWAY, status=503)
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def _acknowledge(request, submission):
    address = reverse("feedback:received")
    if wants_json(request):
        html = render_to_string("feedback/_received.html", _received(submission), request)
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


def _received(submission):
    return {
        "code": submission.grouped_code,
        "spelled": codes.spelled(submission.code),
        "due": deadlines.deadline(submission.received_at),
        "email": submission.email if settings.MAIL_IS_SENT else "",
    }


def _code_of_cookie(request):
    return request.get_signed_cookie(
        RECEIVED_COOKIE, default="", salt="feedback.received", max_age=RECEIVED_SHOWN_FOR
    )
