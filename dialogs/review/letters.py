"""The facts of the letters to the National Panel, from the forms they were written in. They name no child."""

from __future__ import annotations

from typing import Any, Literal, cast

from dialogs.review.sources import Sources, plain_day
from state.values import JSON
from templates.days import moment_text
from templates.documents.letters import Person
from templates.documents.panel_letter import PanelLetterFacts
from templates.documents.supplementary import Reply, SupplementaryFacts
from templates.forms.filled import Filled

Conclusion = Literal["national", "local", "none", ""]


def panel_letter_facts(sources: Sources, form: Filled) -> PanelLetterFacts:
    """Document 4's."""
    return PanelLetterFacts(
        **_common(sources),
        chair_name=sources.text(form, "chair_name"),
        signed_by=(Person(name=sources.text(form, "signature")),),
        notification_received=sources.text(form, "notification_received"),
        conclusion=cast("Conclusion", form.value("conclusion") or ""),
        endorsed_by=sources.text(form, "endorsed_by") if form.value("endorsed_by") else "",
        contact=_person(form.value("contact")),
    )


def supplementary_facts(sources: Sources, form: Filled) -> SupplementaryFacts:
    """The supplementary letter's: each question of the Panel with our reply."""
    file = sources.kit.profile.file
    rows = form.rows("questions")
    said = ((sources.text(form, f"questions.{row}.question"), sources.text(form, f"questions.{row}.reply")) for row in rows)
    return SupplementaryFacts(
        **_common(sources),
        chair_name=file.panel_chair,
        signed_by=(Person(name=file.coordinator.name),),
        asked_on=sources.text(form, "received_on"),
        replies=tuple(Reply(question, reply) for question, reply in said),
        contact=Person(name=file.coordinator.name, telephone=file.coordinator.telephone, email=file.coordinator.email),
    )


def _common(sources: Sources) -> dict[str, Any]:
    file = sources.kit.profile.file
    return {
        "reference": sources.case.reference,
        "edition": file.edition,
        "generated_at": moment_text(sources.now),
        "restricted": sources.case.restricted,
        "letterhead": (file.partnership,),
        "date": plain_day(sources.now),
    }


def _person(value: JSON) -> Person | None:
    if not isinstance(value, dict):
        return None
    said = {name: str(value.get(name) or "") for name in ("name", "role", "telephone", "email")}
    said["role"] = said["role"] or str(value.get("rest") or "")
    return Person(**said) if said["name"] else None
