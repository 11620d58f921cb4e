"""Rating: the polls, one browser's ballot, the results."""

from django.db import IntegrityError, transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from feedback import ballots, poll_files
from feedback.forms import BallotForm
from feedback.forms.ballots import PREFIX, unanswered
from feedback.models import Poll, Vote
from feedback.views.answering import is_from_elsewhere, wants_json
from portal.caching import personal_page, public_page
from portal.open_files import open_file
from portal.security import shown_in_frames

EXPIRED_BALLOT = (
    "Đánh giá chưa được ghi nhận vì trang đã mở quá lâu. Xin bấm “Gửi đánh giá” lần nữa."
)
UNSENT_BALLOT = "Phiếu chưa được gửi: xin bấm “Gửi đánh giá” để xác nhận."
TOO_MANY_BALLOTS = (
    "Trong một giờ qua đã có quá nhiều phiếu mới gửi từ mạng mà ông/bà đang dùng. "
    "Xin gửi lại sau một giờ."
)
THEMES = {"sang", "toi"}  # what «?nen=» may say of the frame's colours, as for the charts
MONTHS = 12  # of the table on the page; the files hold all


@personal_page
def poll_after_expiry(request):
    """Show the polls once more after a ballot failed the CSRF check; status 403."""
    return _show_polls(request, message=EXPIRED_BALLOT, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def poll(request):
    if request.method != "POST":
        is_unsent = any(name.startswith(PREFIX) for name in request.GET)
        return _show_polls(request, message=UNSENT_BALLOT if is_unsent else "")
    if is_from_elsewhere(request):
        return poll_after_expiry(request)
    form = BallotForm(Poll.objects.answerable(), request.POST)
    if not form.is_valid():
        return _refuse(request, form)
    try:
        ballot = ballots.of_request(request)
        with transaction.atomic():
            Vote.objects.cast(ballot, form.chosen)
    except ballots.TooManyBallotsError:
        return _show_polls(request, form=form, message=TOO_MANY_BALLOTS, status=429)
    except IntegrityError:  # the question was deleted at this very moment
        form = BallotForm(Poll.objects.answerable(), request.POST)
        if form.is_valid():
            raise
        return _refuse(request, form)
    return _acknowledge(request, ballot, form.chosen)


def _refuse(request, form):
    return _show_polls(request, form=form, message=form.message, status=form.status)


@require_safe
@public_page(reads=("cau-hoi",))
def poll_results(request):
    polls = Poll.objects.opened()
    slug = request.GET.get("cau-hoi")
    poll = polls.with_slug(slug) if slug else polls.shown_first()
    if slug and poll is None:
        raise Http404
    return render(
        request,
        "feedback/poll_results.html",
        {
            "poll": poll,
            "results": poll and poll.results(),
            "months": poll.by_month()[-MONTHS:][::-1] if poll else [],
            "polls": polls,
        },
    )


@open_file
def poll_file(request, slug, as_file):
    return as_file(request, _get_poll_or_404(slug))


def as_csv_file(request, poll):
    return poll_files.csv_response(request, poll)


def as_json_file(request, poll):
    return poll_files.json_response(poll)


@shown_in_frames
@require_safe
@public_page(reads=("nen",))
def poll_embed(request, slug):
    """Show the results for other sites' frames: one page, no script, nothing of the reader's."""
    poll, theme = _get_poll_or_404(slug), request.GET.get("nen")
    context = {"poll": poll, "results": poll.results(), "theme": theme if theme in THEMES else ""}
    return render(request, "feedback/poll_embed.html", context)


def _get_poll_or_404(slug):
    poll = Poll.objects.opened().with_slug(slug)
    if poll is None:
        raise Http404
    return poll


def _acknowledge(request, ballot, options):
    if wants_json(request):
        context = _recorded(ballot.number, {option.poll.slug for option in options})
        html = render_to_string("feedback/_vote_recorded.html", context, request)
        response = JsonResponse({"ok": True, "html": html})
    else:
        answered = urlencode([("da-ghi", option.poll.slug) for option in options])
        response = redirect(f"{reverse('feedback:poll')}?{answered}")
    ballots.remember(response, ballot)
    return response


def _recorded(number, slugs):
    """Return what is said of the votes that a ballot has in the polls with these slugs."""
    votes = Vote.objects.of_ballot(number).filter(poll__slug__in=slugs).select_related("poll")
    polls = [vote.poll for vote in votes]
    others = Poll.objects.answerable().exclude(votes__in=Vote.objects.of_ballot(number))
    return {
        "polls": polls,
        "results": polls[0].results() if len(polls) == 1 else None,
        "is_suspect": any(vote.is_suspect for vote in votes),
        "others": others.count(),
    }


def _show_polls(request, *, form=None, message="", status=200):
    """Show the open polls with what this browser chose; a message goes to the poll it is for."""
    if wants_json(request):
        return JsonResponse({"ok": False, "message": message}, status=status)
    number = ballots.of_browser(request)
    questions = form.questions() if form else unanswered(Poll.objects.answerable())
    slugs = [slug for slug in request.GET.getlist("da-ghi") if slug.isprintable()]
    context = {
        "questions": questions,
        "chosen": _preselected(request, questions, number),
        "message": "" if any(question.message for question in questions) else message,
        "recorded": _recorded(number, slugs) if number and slugs else None,
        "ballot": "" if number else ballots.new_token(),
    }
    return render(request, "feedback/poll.html", context, status=status)


def _preselected(request, questions, number):
    """Return the ids of the options to mark: what is asked for, else what was chosen before."""
    before = Vote.objects.choices_of(number) if number else {}
    asked = request.POST or request.GET
    marked = set()
    for poll, name, *_ in questions:
        options = {str(option.pk): option.pk for option in poll.options.all()}
        marked.add(options.get(asked.get(name), before.get(poll.pk)))
    return marked
