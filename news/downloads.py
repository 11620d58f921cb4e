"""
Documents and sound of articles: who may read the article gets its files.

Their names are random, but whoever had one keeps it, and so does a search engine: once the
article is withdrawn or has expired, its files are gone with it. Pictures stay as they are;
docs/decisions/0019-files-of-articles.md says why.
"""

from django.http import Http404
from django.views.decorators.http import require_safe

from news import rights
from news.models import Article
from portal import media
from portal.caching import personal_page, revalidated


@require_safe
def article_file(request, name):
    """Send a file that a published article has; for staff also what they may read unpublished."""
    articles = Article.objects.with_file(name)
    if articles.published().exists():
        return for_readers(request, name)
    if request.user.is_staff and rights.readable_by(request.user, articles).exists():
        return for_staff(request, name)
    raise Http404


for_readers = revalidated(media.sent)
for_staff = personal_page(media.sent)
