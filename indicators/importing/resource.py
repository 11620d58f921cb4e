"""A plan on its way into the database: all of it or nothing, after the same checks as ever."""

from import_export.fields import Field
from import_export.resources import ModelResource
from tablib import Dataset

from indicators.importing.plans import FIELDS, Line
from indicators.models import Figure

_SLOT = ("indicator_id", "territory_id", "year", "months")


class FigureResource(ModelResource):
    """Figures as rows of plain values, found by what they are about; saved by somebody."""

    class Meta:
        model = Figure
        fields = (*_SLOT, *FIELDS)
        import_id_fields = _SLOT
        use_transactions = True
        skip_diff = True  # a Plan has compared already

    def __init__(self, by=None):
        super().__init__()
        self.fields = {name: Field(name, name) for name in self._meta.fields}
        self.by = by
        self.added: list[Figure] = []
        self.changed: list[Figure] = []

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Check the values alone; the rows they point at exist, and the rest is the database's."""
        instance.clean_fields(exclude=("indicator", "territory", "article"))

    def do_instance_save(self, instance, is_create):
        instance.save(by=self.by)
        (self.added if is_create else self.changed).append(instance)


def refuse_unsound(lines: list[Line]) -> None:
    """Add to each line what the database would say against it; nothing is stored."""
    result = FigureResource().import_data(_dataset(lines), dry_run=True)
    for line, sentences in _refusals(lines, result):
        line.refusals.extend(sentences)


def store(lines: list[Line], by) -> FigureResource | None:
    """Store all of ``lines`` and return who was stored; None, and nothing, if one is refused."""
    resource = FigureResource(by)
    result = resource.import_data(_dataset(lines), rollback_on_validation_errors=True)
    return None if result.has_errors() or result.has_validation_errors() else resource


def _dataset(lines: list[Line]) -> Dataset:
    names = (*_SLOT, *FIELDS)
    rows = ([getattr(line.after, name) for name in names] for line in lines)
    return Dataset(*rows, headers=list(names))


def _refusals(lines, result):
    for line, row in zip(lines, result.rows, strict=True):
        if row.errors:
            yield line, [_in_words(row.errors[0].error)]
        elif row.validation_error:
            yield line, row.validation_error.messages


def _in_words(error: Exception) -> str:
    """Return what the constraint that was broken says of itself."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    for constraint in Figure._meta.constraints:
        if constraint.name == broken:
            return constraint.get_violation_error_message()
    return "Cơ sở dữ liệu không nhận dòng này."
