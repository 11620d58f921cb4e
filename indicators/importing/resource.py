"""A plan on its way into the database: all of it or nothing, after the same checks as ever."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from tablib import Dataset

from indicators import rules
from indicators.importing.plans import FIELDS, Line
from indicators.models import Figure, Revision

_SLOT = ("indicator_id", "territory_id", "year", "months")
_POINTERS = ("indicator", "territory", "article")  # what they point at exists


class FigureResource(ModelResource):
    """The lines of a plan as rows of plain values, each about a figure known already."""

    class Meta:
        model = Figure
        fields = (*_SLOT, *FIELDS)
        import_id_fields = _SLOT
        use_transactions = True
        use_bulk = True  # nothing is written, nor a savepoint made, row by row
        skip_diff = True  # a Plan has compared already

    def __init__(self, lines: list[Line], by):
        super().__init__()
        self.fields = {name: Field(name, name) for name in self._meta.fields}
        self.by = by
        self._lines = {_slot(line): line for line in lines}
        self.added: list[Figure] = []
        self.changed: list[Figure] = []

    def get_or_init_instance(self, instance_loader, row):
        line = self._lines[tuple(row[name] for name in _SLOT)]
        return line.after, line.before is None

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Check the values alone; the rest is the database's."""
        instance.clean_fields(exclude=_POINTERS)

    def save_instance(self, instance, is_create, row, **kwargs):
        (self.added if is_create else self.changed).append(instance)

    def after_import(self, dataset, result, **kwargs):
        Figure.objects.bulk_create(self.added)  # they replace nothing that would have to be kept
        _replace(self.changed, self.by)


def refuse_unsound(lines: list[Line]) -> None:
    """Add to each line what the database would say against it; nothing is stored."""
    fit = []
    for line in lines:
        try:
            line.after.clean_fields(exclude=_POINTERS)
        except ValidationError as error:
            line.refusals.extend(error.messages)
        else:
            fit.append(line)
    for line, error in _unsound(fit):
        line.refusals.append(rules.in_words(rules.broken_by(error)))


def lock(lines: list[Line]) -> bool:
    """Keep what ``lines`` would change from changing meanwhile; False where it has changed."""
    names = ("pk", "updated_at", *_SLOT)
    known = {tuple(getattr(line.before, name) for name in names) for line in lines if line.before}
    keys = [key for key, *_ in known]
    figures = Figure.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return known == set(figures.values_list(*names))


def store(lines: list[Line], by) -> FigureResource | None:
    """Store all of ``lines`` and return who was stored; None, and nothing, if one is refused."""
    resource = FigureResource(lines, by)
    names = (*_SLOT, *FIELDS)
    rows = ([getattr(line.after, name) for name in names] for line in lines)
    dataset = Dataset(*rows, headers=list(names))
    result = resource.import_data(dataset, rollback_on_validation_errors=True)
    return None if result.has_errors() or result.has_validation_errors() else resource


def _replace(figures: list[Figure], by) -> None:
    """Store ``figures`` over what is stored of them, by the rules of ``Figure.save``."""
    keys = [figure.pk for figure in figures]
    formers = Figure.objects.select_for_update().order_by("pk").in_bulk(keys)
    Revision.objects.bulk_create(
        formers[figure.pk].as_revision(at=figure.updated_at, by=by)
        for figure in figures
        if figure.follows(formers[figure.pk])
    )
    _overwrite(figures)


def _overwrite(figures: list[Figure]) -> None:
    """Write ``figures`` where there are some of their slots, in one statement."""
    names = (*FIELDS, "updated_at")
    Figure.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=[name.removesuffix("_id") for name in _SLOT],
        update_fields=[name.removesuffix("_id") for name in names],
    )


def _slot(line: Line) -> tuple:
    return tuple(getattr(line.after, name) for name in _SLOT)


def _unsound(lines: list[Line]):
    """Return each line that the database refuses, with its error: all in one try, then halves."""
    error = _tried(lines)
    if error is None:
        return
    if len(lines) == 1:
        yield lines[0], error
        return
    middle = len(lines) // 2
    yield from _unsound(lines[:middle])
    yield from _unsound(lines[middle:])


def _tried(lines: list[Line]) -> Exception | None:
    """Return what the database says first against ``lines``, all of them written and undone."""
    figures = [copy(line.after) for line in lines]
    for figure in figures:
        figure.pk = None  # found by its slot
    try:
        with transaction.atomic():
            lock(lines)  # in the order in which others do
            _overwrite(figures)
            transaction.set_rollback(True)
    except (IntegrityError, DataError) as error:
        return error
    return None
