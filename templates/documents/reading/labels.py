"""Labels of a document beside those of the template: the same ones, nearly the same ones, and columns by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from templates.documents.reading.grid import Row

ALIKE = 86
"""How much of 100 a label may be like one of the template's to be it: a slip of the pen, a word in the plural."""


def alike(label: str, wanted: str) -> bool:
    """Whether a label is nearly the one that is looked for."""
    return len(label) > 3 and fuzz.ratio(label, wanted) >= ALIKE


def columns_of(heads: Sequence[str], row: Row | None) -> Iterator[tuple[str, tuple[int, bool]]]:
    """Each header of the template with its column in a document, and whether that is sure.

    First those that are the same, then those that are nearly so. Where as many are left on both sides, they go in order.
    """
    if row is None:
        yield from ((head, (place, False)) for place, head in enumerate(heads))
        return
    left, cells = list(heads), [cell for cell in row.cells if cell.label]
    for same in (str.__eq__, alike):
        for head in list(left):
            cell = next((cell for cell in cells if same(cell.label, head)), None)
            if cell is not None:
                yield head, (cell.column, True)
                left.remove(head)
                cells.remove(cell)
    if len(left) == len(cells):
        yield from ((head, (cell.column, False)) for head, cell in zip(left, cells, strict=True))
