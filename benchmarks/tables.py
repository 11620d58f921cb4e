"""Tables as docs/performance.md has them."""

from collections.abc import Iterable


def print_table(head: Iterable[str], rows: Iterable[Iterable]) -> None:
    """Print a table; the first column holds words, the others numbers or answers."""
    head = list(head)
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(map(_written, row)) + " |")
    print(flush=True)


def _written(cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 1000 else f"{cell:.1f}" if cell >= 10 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
