"""A keyed digest of each child's name and birth date, kept while a referral is written: only to offer possible matches."""

from __future__ import annotations

import unicodedata

from dialogs.desk import REFERRAL, Desk
from state.records import ChildDigestRecord

PARTS = ("name", "date_of_birth")


def digests_of(desk: Desk) -> dict[int, str]:
    """The digest of every child whose name and birth date are known, of the referral at hand."""
    filled = desk.filled()
    found: dict[int, str] = {}
    for child in filled.children():
        name, born = filled.value(f"children.{child}.name"), filled.value(f"children.{child}.date_of_birth")
        if isinstance(name, str) and isinstance(born, dict):
            text = f"{_normal(name)}|{born.get('earliest')}|{born.get('latest')}"
            found[child] = desk.kit.digest("child", text)
    return found


def _normal(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if c.isalnum() or c.isspace()).split())


def keep_digests(desk: Desk) -> None:
    """Keep those of a referral that is not sent yet, where this turn changed them; none once it was sent or given up."""
    draft = desk.draft
    if draft is None or draft.form != REFERRAL:
        return
    if draft.status == "open" and not _changed(desk):
        return
    kept = {one.child: one for one in desk.snapshot.digests if one.case == draft.id}
    now = digests_of(desk) if draft.status == "open" else {}
    for child in sorted(kept.keys() | now.keys()):
        before = kept.get(child)
        digest = now.get(child, "")
        if (before.digest if before else "") != digest:
            desk.put(ChildDigestRecord(case=draft.id, child=child, digest=digest, version=before.version if before else 0))


def _changed(desk: Desk) -> bool:
    """Whether this turn answered a child's name or birth date, or took a child out."""
    changed = (path for path, answer in desk.answers.items() if desk.snapshot.answers.get(path) is not answer)
    return any(path.startswith("children.") and (path.rsplit(".", 1)[-1] in PARTS or path.count(".") == 1) for path in changed)
