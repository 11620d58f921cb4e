"""Listening: all the news one after another, and when each sentence of an article is heard."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news import listening
from news.models import Article
from portal.caching import public_page


@require_safe
@public_page
def listen(request):
    return render(request, "news/listen.html", {"playlist": listening.playlist()})


@require_safe
@public_page
def sentences(request, slug):
    """Return [start, end, sentence] of all an article's sound says, in seconds."""
    readable = Article.objects.published().select_related("narration")
    article = get_object_or_404(readable, slug=slug)
    narration = article.current_narration()
    if narration is None:
        raise Http404
    response = JsonResponse(
        narration.sentences, safe=False, json_dumps_params={"ensure_ascii": False}
    )
    response.shows_articles = frozenset({article.pk})
    return response
