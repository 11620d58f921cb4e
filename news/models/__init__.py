"""Articles and all that belongs to them, by subject."""

from news.models.articles import Article
from news.models.categories import Category, FormerCategorySlug, Tag
from news.models.editing import EditingSession, PreviewLink, StateChange, Version
from news.models.finding import ArticleWord, MonthCount
from news.models.imports import ImportedArticle, ImportedPhoto
from news.models.parts import ArticlePhoto, Attachment, Correction, FormerSlug, Narration
from news.models.photos import Photo
from news.models.pronunciations import Pronunciation

__all__ = [
    "Article",
    "ArticlePhoto",
    "ArticleWord",
    "Attachment",
    "Category",
    "Correction",
    "EditingSession",
    "FormerCategorySlug",
    "FormerSlug",
    "ImportedArticle",
    "ImportedPhoto",
    "MonthCount",
    "Narration",
    "Photo",
    "PreviewLink",
    "Pronunciation",
    "StateChange",
    "Tag",
    "Version",
]
