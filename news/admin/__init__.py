"""The editors' side of the news; one module per subject of the article's page."""

from news.admin import articles, categories, photos, pronunciations

__all__ = ["articles", "categories", "photos", "pronunciations"]
