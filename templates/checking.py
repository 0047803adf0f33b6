"""What is wrong with a profile, beyond what loading it finds: its Word templates beside its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from templates.documents.check import check_template
from templates.documents.first import tags_of
from templates.profile import Profile, load_profile


def problems(folder: Path) -> Iterator[str]:
    """Every problem of a profile as a sentence that says what to do. Raises Mistake for what cannot be loaded at all."""
    profile = load_profile(folder)
    for form in profile.shapes:
        yield from _document(profile, form)


def _document(profile: Profile, form: str) -> Iterator[str]:
    path = profile.folder / "documents" / f"{form}.docx"
    if not path.exists():
        yield f"{path}: there is no Word template for {form}. Make one with: cspr template new {form}"
        return
    for problem in check_template(path, tags_of(form, profile.lists["ethnicity"])):
        yield f"{path}: {problem.where}: {problem.what} {problem.do}"
