"""What the database says against a figure, in words."""

from indicators.models import Figure

TAKEN = "one_figure_per_period"


def broken_by(error: Exception) -> str:
    """Return the name of the constraint that was broken; empty where it was none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def in_words(rule: str) -> str:
    for constraint in Figure._meta.constraints:
        if constraint.name == rule:
            return constraint.get_violation_error_message()
    return "Không lưu được dòng này. Hãy kiểm tra lại các ô."
