"""`organisations.yaml`: who can be asked in local mode, test data only; and which kind of agency an unknown one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field

from templates.forms.model import Strict
from templates.forms.yaml_lines import Source

OTHER = "other"


class InventedOrganisation(Strict):
    """An organisation of local mode. `kind` is an agency of Document 2."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    kind: str
    email: str = ""
    address: str = ""


class OrganisationsFile(Strict):
    """The whole file."""

    test_data: bool = True
    organisations: list[InventedOrganisation] = Field(default_factory=list)
    words: Mapping[str, str] = Field(default_factory=dict, description="A word in an unknown organisation's id, and its kind")


def load_organisations(path: Path) -> OrganisationsFile:
    """The file, or an empty one where a profile has none. Raises Mistake."""
    return Source(path).load(OrganisationsFile) if path.exists() else OrganisationsFile()


def kind_of(name: str, kinds: Iterable[str], words: Mapping[str, str]) -> str:
    """The kind of an organisation by the words of its id: the longest kind that is in it, else by a word, else `other`."""
    parts = [part for part in re.split(r"[^a-z0-9]+", name.lower()) if part]
    whole = "_".join(parts)
    found = sorted((kind for kind in kinds if re.search(rf"(^|_){re.escape(kind)}(_|$)", whole)), key=len, reverse=True)
    return found[0] if found else next((words[part] for part in parts if part in words), OTHER)
