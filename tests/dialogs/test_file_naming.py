"""Which case a file is about: by what it says itself, else by its name, and never by a part of another reference."""

from __future__ import annotations

import pytest

from dialogs.handed.naming import reference_of
from dialogs.turn import Dropped


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("NS-2026-0007 2 Form police v1.docx", "NS-2026-0007"),
        ("NS-2026-10007 2 Form police v1.docx", "NS-2026-10007"),
        ("NS-2026-100070.docx", ""),
        ("Return.docx", ""),
    ],
)
def test_a_reference_is_found_whole_or_not_at_all(text: str, reference: str) -> None:
    assert reference_of(Dropped(name=text, digest="d")) == reference


def test_what_the_form_says_goes_before_its_name() -> None:
    said = Dropped(name="NS-2026-0001.docx", digest="d", form="scoping", tags={"document.reference": "NS-2026-0002"})
    assert reference_of(said) == "NS-2026-0002"
    assert reference_of(Dropped(name="NS-2026-0001.docx", digest="d", form="scoping")) == "NS-2026-0001"
