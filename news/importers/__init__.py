"""Articles from elsewhere: scraped pages, exports of other portals, feeds, tables."""

from news.importers.page import NothingToImportError, read_page, save_draft

__all__ = ["NothingToImportError", "read_page", "save_draft"]
