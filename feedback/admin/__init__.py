"""The admin of feedback and rating; importing a module registers its pages."""

from feedback.admin import calendar, opinions, polls, submissions, topics, units

__all__ = ["calendar", "opinions", "polls", "submissions", "topics", "units"]
