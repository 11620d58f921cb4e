"""What a form needs to be sent: tokens, the picture of the code, its sound."""

from io import BytesIO

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback import challenge, judging
from portal import speech
from portal.caching import personal_page
from portal.ranges import ranged_response


@require_safe
@personal_page
def challenge_parts(request):
    """Answer what a form on a public page needs; in place of an old token, when it asks so."""
    token = judging.new_token(
        judging.sender(request), timezone.now(), instead_of=request.GET.get("cu", "")
    )
    return JsonResponse({"csrf": get_token(request)} | parts_of(token))


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
        return sent_sound(request, challenge.sound(token))
    except BadSignature:
        raise Http404 from None
    except speech.SpeechError:
        return no_sound("Hiện chưa đọc được mã. Xin dùng mã trong hình.")


def sent_sound(request, sound: bytes):
    return ranged_response(request, BytesIO(sound), len(sound), content_type="audio/wav")


def no_sound(sentence: str):
    return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8")


def parts_of(token: str) -> dict:
    """Return what is shown of a challenge and what the browser's work needs to know."""
    opened = challenge.opened(token)
    left = challenge.VALID_FOR - (timezone.now() - opened.issued_at)
    return {
        "token": token,
        "image": reverse("feedback:challenge-image", args=[token]),
        "sound": reverse("feedback:challenge-sound", args=[token]),
        "tries": opened.tries,
        "seconds": max(int(left.total_seconds()), 0),
    }
