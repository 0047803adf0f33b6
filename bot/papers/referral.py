"""Document 1a, the referral."""

from __future__ import annotations

from bot.papers.paper import REFERRALS, Body, Made, Paper, draft_of, reading, word
from dialogs.kit import Kit
from state.snapshot import Snapshot, Wanted
from state.values import london_day
from templates.days import day_text, moment_text
from templates.documents.fill import fill
from templates.documents.referral import Imprint, referral_data


def _wanted(body: Body) -> Wanted:
    return Wanted(turn="", person="", place="", draft=word(body, "draft"))


def make(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 1a of a referral's answers."""
    reference = word(body, "reference")
    return Made((REFERRALS,), f"{reference} 1a Referral", ".docx", document(snapshot, reference, kit))


def document(snapshot: Snapshot, reference: str, kit: Kit) -> bytes:
    """The file itself."""
    draft = draft_of(snapshot)
    read = reading(snapshot, kit, draft.touched_at)
    imprint = Imprint(
        reference=reference,
        edition=draft.edition,
        generated_at=moment_text(draft.touched_at),
        date_submitted=day_text(london_day(draft.touched_at)),
        send_to=kit.profile.file.send_to,
        restricted=draft.restricted,
    )
    data = referral_data(snapshot.answers, read.text, imprint, kit.words, read.form.printed)
    return fill(kit.profile.folder / "documents" / "referral.docx", data)


REFERRAL = Paper(wanted=_wanted, make=make)
