"""What staff are told of articles beside figures: the title of a draft is not for everybody."""

from collections.abc import Callable

from news import rights
from news.models import Article
from news.querysets import ArticleQuerySet

UNPUBLISHED = "bài chưa đăng"
TitleOf = Callable[[Article], str]


def articles_for(user) -> ArticleQuerySet:
    """Return the articles whose titles somebody may see."""
    articles = Article.objects.all()
    reads_drafts = user.has_perm("news.change_article")
    return rights.readable_by(user, articles) if reads_drafts else articles.published()


def public_title(article: Article) -> str:
    return article.title if article.is_published() else UNPUBLISHED


def titles_for(user) -> TitleOf:
    """Return what tells somebody the title of an article, or that it is not published yet."""

    def title(article: Article) -> str:
        return article.title if rights.may_read(user, article) else public_title(article)

    return title
