"""Where citizens' attachments lie: outside what any web server sends, readable by ours alone."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_files() -> FileSystemStorage:
    """Return the store; a function, so that no migration holds a path of one machine."""
    return FileSystemStorage(location=settings.DATA / "feedback", base_url=None)
