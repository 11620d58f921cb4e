"""Sending a message: the form, its confirmation code, the acknowledgement."""

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

from feedback import challenge, codes
from feedback.forms import SubmissionForm
from feedback.views.answering import wants_json
from portal import speech, visitors
from portal.caching import personal_page
from portal.ranges import ranged_response

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


@personal_page
def form_after_expiry(request):
    """Show a form that failed the CSRF check once more, with everything typed; status 403."""
    notice = EXPIRED_FORM if request.POST.get("challenge") else NEXT_STEP
    return _show_form(request, SubmissionForm.refilled(request.POST), notice=notice, status=403)


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
    if wants_json(request):
        html = render_to_string("feedback/_submission_form.html", context, request)
        return JsonResponse({"ok": False, "html": html}, status=status)
    return render(request, "feedback/send.html", context, status=status)


def _acknowledge(request, submission):
    address = reverse("feedback:received")
    if wants_json(request):
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
