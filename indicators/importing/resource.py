"""A plan on its way into the database: all of it or nothing, after the same checks as ever."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from tablib import Dataset

from indicators import rules
from indicators.importing.plans import FIELDS, Line
from indicators.models import Figure

_SLOT = ("indicator_id", "territory_id", "year", "months")
_POINTERS = ("indicator", "territory", "article")  # what they point at exists


class FigureResource(ModelResource):
    """The lines of a plan as rows of plain values, each about a figure known already."""

    class Meta:
        model = Figure
        fields = (*_SLOT, *FIELDS)
        import_id_fields = _SLOT
        use_transactions = True
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

    def do_instance_save(self, instance, is_create):
        if is_create:
            self.added.append(instance)
        else:
            instance.save(by=self.by)
            self.changed.append(instance)

    def after_import(self, dataset, result, **kwargs):
        Figure.objects.bulk_create(self.added)  # they replace nothing that would have to be kept


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
    known = {line.before.pk: line.before.updated_at for line in lines if line.before}
    figures = Figure.objects.select_for_update().filter(pk__in=known).order_by("pk")
    return known == dict(figures.values_list("pk", "updated_at"))


def store(lines: list[Line], by) -> FigureResource | None:
    """Store all of ``lines`` and return who was stored; None, and nothing, if one is refused."""
    resource = FigureResource(lines, by)
    names = (*_SLOT, *FIELDS)
    rows = ([getattr(line.after, name) for name in names] for line in lines)
    dataset = Dataset(*rows, headers=list(names))
    result = resource.import_data(dataset, rollback_on_validation_errors=True)
    return None if result.has_errors() or result.has_validation_errors() else resource


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
            Figure.objects.bulk_create(
                figures,
                update_conflicts=True,
                unique_fields=[name.removesuffix("_id") for name in _SLOT],
                update_fields=[name.removesuffix("_id") for name in FIELDS],
            )
            transaction.set_rollback(True)
    except (IntegrityError, DataError) as error:
        return error
    return None
