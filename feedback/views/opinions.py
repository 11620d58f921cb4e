"""«Thông tin này có hữu ích không?»: a reader's word on one article."""

from django.db import IntegrityError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from feedback import ballots
from feedback.forms import OpinionForm
from feedback.models import Opinion
from feedback.views.answering import is_from_elsewhere, wants_json
from news.models import Article
from portal.caching import personal_page

EXPIRED_OPINION = (
    "Ý kiến chưa được ghi nhận vì trang đã mở quá lâu. Những gì ông/bà đã chọn và viết vẫn còn; "
    "xin bấm “Gửi ý kiến” lần nữa."
)
UNSENT_OPINION = "Ý kiến chưa được gửi: xin bấm “Gửi ý kiến” để xác nhận."
TOO_MANY_OPINIONS = (
    "Trong một giờ qua đã có quá nhiều ý kiến gửi từ mạng mà ông/bà đang dùng. "
    "Xin gửi lại sau một giờ."
)


@personal_page
def opinion_after_expiry(request, slug):
    """Show the form once more after it failed the CSRF check; status 403."""
    article, form = _get_article_or_404(slug), OpinionForm(request.POST)
    return _show_form(request, article, form, message=EXPIRED_OPINION, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def opinion(request, slug):
    article = _get_article_or_404(slug)
    if request.method != "POST":
        return _show_form(request, article, *_before(request, article))
    if is_from_elsewhere(request):
        return opinion_after_expiry(request, slug)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _show_form(request, article, form, message=form.message, status=422)
    said = {"is_helpful": form.is_helpful, "remark": form.remark_sent}
    try:
        ballot = ballots.of_request(request)
        Opinion.objects.express(ballot, article, **said)
    except ballots.TooManyBallotsError:
        return _show_form(request, article, form, message=TOO_MANY_OPINIONS, status=429)
    except IntegrityError:  # the article was deleted at this very moment
        raise Http404 from None
    return _acknowledge(request, article, ballot)


def _get_article_or_404(slug):
    """Return the article at an address, its present one or, on a page kept since, a former one."""
    published = Article.objects.published()
    article = (
        published.filter(slug=slug).first() or published.filter(former_slugs__slug=slug).first()
    )
    if article is None:
        raise Http404
    return article


def _before(request, article):
    """Return the form as a browser finds it, and what is said of it."""
    number = ballots.of_browser(request)
    said = article.opinions.of_ballot(number).first() if number else None
    chosen = request.GET.get("chon")
    if said and not chosen:
        return OpinionForm(initial=_as_typed(said)), ""
    typed = _as_typed(said) if said else {}
    return OpinionForm(initial=typed | {"chon": chosen}), UNSENT_OPINION if chosen else ""


def _as_typed(opinion):
    return {"chon": "co" if opinion.is_helpful else "khong", "remark": opinion.readable_remark}


def _acknowledge(request, article, ballot):
    if wants_json(request):
        said = article.opinions.of_ballot(ballot.number).get()
        context = {"article": article, "opinion": said}
        html = render_to_string("feedback/_opinion_recorded.html", context, request)
        response = JsonResponse({"ok": True, "html": html})
    else:
        response = redirect(reverse("feedback:opinion", args=[article.slug]) + "?da-ghi=1")
    ballots.remember(response, ballot)
    return response


def _show_form(request, article, form, message="", status=200):
    if wants_json(request):
        return JsonResponse({"ok": False, "message": message}, status=status)
    number = ballots.of_browser(request)
    asks = number is not None and "da-ghi" in request.GET and request.method != "POST"
    context = {
        "article": article,
        "form": form,
        "message": message,
        "recorded": article.opinions.of_ballot(number).first() if asks else None,
        "ballot": "" if number else ballots.new_token(),
    }
    return render(request, "feedback/opinion.html", context, status=status)
