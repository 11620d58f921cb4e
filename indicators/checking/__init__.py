"""
The check of figures: what is stated beside what the numbers give.

``stored`` checks figures of the database, ``article`` the text of an article, ``checklist``
brings the latter before an article is published. What counts as a contradiction is
``indicators.rounding``.
"""

from indicators.checking.disagreement import Disagreement

__all__ = ["Disagreement"]
