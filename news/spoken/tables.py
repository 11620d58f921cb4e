"""What is said of a table: its caption, and its cells only when they are few."""

from collections.abc import Sequence

FEW = 12  # cells below the heading; nobody keeps more of them in mind


def table_text(caption: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """
    Return the paragraphs to be read in place of a table, as written text.

    The first row is the heading. A small table is read row by row, each cell after the
    heading of its column; a larger one is only announced.
    """
    paragraphs = [f"Bảng: {caption.strip().rstrip('.')}." if caption.strip() else "Bảng số liệu."]
    if len(rows) < 2 or sum(map(len, rows[1:])) > FEW:
        return paragraphs
    heading, *body = rows
    return paragraphs + [line for row in body if (line := _row(heading, row))]


def _row(heading: Sequence[str], row: Sequence[str]) -> str:
    if not row or not any(map(str.strip, row)):
        return ""
    first, *others = row
    cells = [
        f"{name.strip()} {cell.strip()}".strip()
        for name, cell in zip(heading[1:], others, strict=False)
        if cell.strip()
    ]
    return f"{first.strip()}: {', '.join(cells)}." if cells else f"{first.strip()}."
