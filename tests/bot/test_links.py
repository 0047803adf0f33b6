"""Links on cards: what an address may be, how each channel draws one, and that a press on it in Slack asks for nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from slack_rules import problems_of_message
from test_teams_cards import VALIDATOR, without_teams

from bot.console.render import lines_of
from bot.slack.codec import is_link
from bot.slack.messages import CannotShow as NotInSlack
from bot.slack.messages import Renderer as SlackRenderer
from bot.slack.wire import Action, Interaction, Somebody
from bot.teams.cards import MOST_BUTTONS, CannotShow, Renderer
from dialogs.reply import Button, Card, Link, Paragraph, Reply, as_json, is_address, reply_from
from templates.wording import load_words

WORDS = load_words()
TEAMS, SLACK = Renderer(WORDS, windows=True), SlackRenderer(WORDS)
URL = "https://test-council.sharepoint.com/sites/cspr/Cases/NS-2026-0007/05%20Rapid%20review/Pack%20v1.docx?web=1"
LINK = Link("Open the pack in Word", URL)
BUTTON = Button(action="documents", label="Show the documents", target="case")
REPLY = Reply(card=Card(title="Pack", blocks=(Paragraph("It is there."),), links=(LINK,), buttons=(BUTTON,)))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://test-council.sharepoint.com/a",
        "javascript:alert(1)",
        "https:/a",
        "https://",
        "https://user:password@example.org/",
        "https://example.org",
        "https://example.org/a b",
        "https://example.org/a\nb",
        "https://example.org/ä",
        "ms-word:ofe|u|https://example.org/a.docx",
        "https://example.org/" + "a" * 3_000,
    ],
)
def test_what_is_no_address_is_no_link(url: str) -> None:
    assert not is_address(url)
    with pytest.raises(ValueError, match="not an address"):
        Link("Open", url)
    body: Any = as_json(REPLY)
    body["card"]["links"][0]["url"] = url
    with pytest.raises(msgspec.ValidationError):
        reply_from(body)


def test_a_card_without_links_is_kept_as_before_and_one_with_them_comes_back() -> None:
    assert reply_from(as_json(REPLY)) == REPLY
    assert "links" not in str(as_json(Reply(card=Card(title="Pack", buttons=(BUTTON,)))))


def test_in_teams_it_is_opened_by_the_client_and_its_address_stands_in_the_text_only_twin() -> None:
    card: Any = TEAMS.cards(REPLY)[0]
    assert [error.message for error in VALIDATOR.iter_errors(without_teams(card))] == []
    assert card["actions"][0] == {"type": "Action.OpenUrl", "title": "Open the pack in Word", "url": URL}
    assert card["actions"][1]["type"] == "Action.Submit"
    assert card["fallbackText"] == f"Pack\nIt is there.\nOpen the pack in Word: {URL}\n[Show the documents]"


def test_in_teams_links_and_buttons_share_the_room() -> None:
    for links in range(1, MOST_BUTTONS + 2):
        card = Card(title="Pack", links=(LINK,) * links, buttons=(BUTTON,) * (MOST_BUTTONS - links))
        if links <= MOST_BUTTONS:
            assert len(TEAMS.cards(Reply(card=card))[0]["actions"]) == MOST_BUTTONS  # type: ignore[arg-type]
        else:
            with pytest.raises(CannotShow):
                TEAMS.cards(Reply(card=card))


def test_in_slack_it_is_a_button_that_carries_an_address_and_nothing_of_ours() -> None:
    [message] = SLACK.messages(REPLY)
    assert problems_of_message(message.blocks) == []
    actions: Any = message.blocks[-1]["elements"]
    assert actions[0] == {
        "type": "button",
        "action_id": "link:1",
        "text": {"type": "plain_text", "text": "Open the pack in Word", "emoji": False},
        "url": URL,
    }
    assert actions[1]["action_id"] == "press:1"
    with pytest.raises(NotInSlack):
        SLACK.messages(Reply(card=Card(links=(Link("a" * 76, URL),))))


def test_a_press_on_it_in_slack_is_known_by_its_id_alone() -> None:
    def pressed(*ids: str) -> Interaction:
        return Interaction(type="block_actions", user=Somebody(id="U1"), actions=[Action(action_id=one) for one in ids])

    assert is_link(pressed("link:1"))
    assert not any(is_link(pressed(*ids)) for ids in ((), ("press:1",), ("open:1",), ("link:1", "press:1")))


def test_a_console_prints_the_address_whole() -> None:
    assert list(lines_of(REPLY))[-2:] == [f"   Open the pack in Word: {URL}", "   [Show the documents]"]
