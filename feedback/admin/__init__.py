"""The admin of feedback and rating; importing a module registers its pages."""

from feedback.admin import polls, submissions

__all__ = ["polls", "submissions"]
