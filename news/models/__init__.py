"""Articles and all that belongs to them, by subject."""

from news.models.articles import Article
from news.models.categories import Category, Tag
from news.models.editing import EditingSession, PreviewLink, StateChange, Version
from news.models.parts import ArticlePhoto, Attachment, Correction, FormerSlug, Narration
from news.models.photos import Photo

__all__ = [
    "Article",
    "ArticlePhoto",
    "Attachment",
    "Category",
    "Correction",
    "EditingSession",
    "FormerSlug",
    "Narration",
    "Photo",
    "PreviewLink",
    "StateChange",
    "Tag",
    "Version",
]
