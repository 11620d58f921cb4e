"""
Sessions, users, messages and locks, for the pages alone that are for somebody signed in.

On all others a request has no user and no session: what does not exist cannot change a public
page, nor cost it time.
"""

from axes import middleware as axes
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions

# The admin, and files that staff may open before readers may (news/downloads.py).
PATHS = ("/quan-tri/", "/media/")


class _SignedInPages:
    def __call__(self, request):
        if request.path_info.startswith(PATHS):
            return super().__call__(request)
        return self.get_response(request)


class SessionMiddleware(_SignedInPages, sessions.SessionMiddleware):
    """Django's."""


class AuthenticationMiddleware(_SignedInPages, auth.AuthenticationMiddleware):
    """Django's."""


class MessageMiddleware(_SignedInPages, messages.MessageMiddleware):
    """Django's."""


class AxesMiddleware(_SignedInPages, axes.AxesMiddleware):
    """That of django-axes."""
