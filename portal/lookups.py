"""Comparison without marks in the database: ``name__folded__contains="ban le"``."""

from django.db.models import CharField, TextField, Transform


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """The text as ``portal.text.fold`` gives it for Latin letters, computed in SQL."""

    lookup_name = "folded"
    function = "portal_fold"
