"""Forms that went through other hands and other programs: read all the same, and it is said how."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from scoping_steps import id_of, requests_of
from story import Story
from word_parts import commented, filled_in, in_body, tracked, without_tags
from word_steps import RETURN, TRUST, completed, drops, sent_form, settle, value_of

BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


@pytest.fixture
def story(two_asked: Story) -> Story:
    return two_asked


async def test_tracked_changes_are_read_as_accepted_and_that_is_said(story: Story) -> None:
    story.as_("nurse")
    content = tracked(completed(story, TRUST), "She was admitted once.", "She was admitted twice.")
    said = await drops(story, content)

    assert "It has tracked changes. We read it as if all of them were accepted." in said
    assert await value_of(story, TRUST, "summary") == "She was admitted twice."


async def test_comments_are_not_read_and_that_is_said(story: Story) -> None:
    story.as_("nurse")
    said = await drops(story, commented(completed(story, TRUST)))

    assert "6 answers read, 0 unclear." in said
    assert "It has comments. We did not read them." in said


async def test_a_form_without_its_tags_is_read_by_its_labels_and_that_is_said(story: Story) -> None:
    story.as_("nurse")
    said = await drops(story, without_tags(completed(story, TRUST)), "NS-2026-0001 from LibreOffice.docx")

    assert "The form has lost its marks, so we read it by its labels. Please check every answer." in said
    assert await value_of(story, TRUST, "summary") == "She was admitted once."
    assert await value_of(story, TRUST, "professionals.1.name") == "Test Ward Nurse"
    assert await value_of(story, TRUST, "records_secured") == "yes"


async def test_what_stands_in_a_text_box_is_not_read_and_that_is_said(story: Story) -> None:
    story.as_("nurse")
    said = await drops(story, in_body(completed(story, TRUST), BOX))

    assert "It has text boxes. We did not read them." in said


async def test_two_files_of_two_colleagues_are_shown_beside_each_other(story: Story) -> None:
    await drops(story.as_("police-lead"), completed(story, "police"))
    request = (await requests_of(story))["police"]
    await story.write(replace(request, delegate=id_of(story, "practitioner")))
    other = completed(story, "police", {**RETURN, "scoping.summary": "She was seen at home."})
    said = await drops(story.as_("practitioner"), other)

    assert "No new answers read, 1 unclear." in said
    card = await settle(story)
    assert "In the file: She was seen at home." in card
    assert "Here: She was admitted once." in card


async def test_a_table_that_was_sorted_keeps_each_row_together(story: Story) -> None:
    story.as_("nurse")
    rows = {"scoping.actions.1.action": "Ring first.", "scoping.actions.1.lead": "Test Nurse"}
    await drops(story, filled_in(sent_form(story, TRUST), {**rows, "scoping.actions.2.action": "Write."}))
    swapped = {"scoping.actions.1.action": "Write.", "scoping.actions.2.action": "Ring first."}
    swapped |= {"scoping.actions.2.lead": "Test Nurse"}
    said = await drops(story, filled_in(sent_form(story, TRUST), swapped))

    assert "This file says nothing that is not here already." in said
    assert await value_of(story, TRUST, "actions.1.lead") == "Test Nurse"
