"""Steps that many stories share: filling in a whole referral by answering whatever is asked, from a table of answers."""

from __future__ import annotations

from collections.abc import Mapping

from story import Story, text_of

ONE_CHILD: dict[str, str] = {
    "immediate_safety": "yes",
    "immediate_safety_action": "He is with Test Aunt. The police agreed.",
    "children.1.name": "Test Child One",
    "children.1.date_of_birth": "3 April 2019",
    "children.1.sex": "male",
    "children.1.ethnicity": "white_british",
    "children.1.religion": "None",
    "children.1.disability": "None known",
    "children.1.address": "1 Test Street, Testtown",
    "children.1.do_not_share": "no",
    "children.1.carer": "Test Mother",
    "children.1.aliases": "",
    "children.1.school": "Test Primary School",
    "children.1.gp": "Test Surgery",
    "children.1.nhs_number": "",
    "children.1.normally_resident": "yes",
    "incident_date": "20/11/2026",
    "incident_location": "At home",
    "incident_place": "in_area",
    "la_aware_at": "20/11/2026 14:30",
    "children.1.deceased": "no",
    "children.1.seriously_harmed": "yes",
    "children.1.harm_description": "A test injury to the head.",
    "children.1.abuse_or_neglect": "suspected",
    "children.1.looked_after": "no",
    "children.1.subject": "harmed_child",
    "agencies_concern": "no",
    "summary": "Test Child One was taken to hospital after a fall that the doctors doubt.",
}


async def fill_in(story: Story, answers: Mapping[str, str], *, until: str = "", most: int = 150) -> None:
    """Answer what is asked until check your answers, or until a path is asked for."""
    for _ in range(most):
        card = story.card
        actions = {button.action for button in card.buttons}
        if "submit" in actions or "finish" in actions:
            return
        if until and any(asked.id == until for asked in card.inputs):
            return
        await _one(story, answers, actions)
    raise AssertionError(f"never came to an end; stopped at: {text_of(story.newest)}")


async def _one(story: Story, answers: Mapping[str, str], actions: set[str]) -> None:
    if "confirm" in actions:
        await story.press("confirm", {asked.id: asked.value for asked in story.card.inputs})
    elif "no_more_children" in actions:
        await story.press("no_more_children")
    elif "seen" in actions:
        await story.press("seen")
    elif "row_none" in actions:
        await story.press("row_none")
    elif "row_done" in actions:
        await story.press("row_done")
    else:
        await _answer(story, answers, actions)


async def _answer(story: Story, answers: Mapping[str, str], actions: set[str]) -> None:
    given = {asked.id: answers[asked.id] for asked in story.card.inputs if asked.id in answers}
    if any(given.values()):
        await story.press("answer", given)
    elif "skip" in actions:
        await story.press("skip")
    elif "not_known" in actions:
        await story.press("not_known")
    else:
        await story.press("answer", {asked.id: "not_known" for asked in story.card.inputs})


async def begin(story: Story, *, restricted: bool = False) -> None:
    """From "I need to refer a child" to the first question."""
    await story.says("I need to refer a child")
    await story.press("start_restricted" if restricted else "start_referral")
