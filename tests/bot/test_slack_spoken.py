"""What Slack makes of a message, read back as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.spoken import spoken
from templates.answers.clean import clean

BOT = "U0BOT00001"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("<@U0BOT00001> help", "help"),
        ("<@U0BOT00001>, what is overdue?", ", what is overdue?"),
        ("ask <@U0OTHER001> about it", "ask @U0OTHER001 about it"),
        ("ask <@U0OTHER001|Test Colleague> about it", "ask @Test Colleague about it"),
        ("<!channel> please look", "@channel please look"),
        ("in <#C0POLICE01|police>", "in #police"),
        ("<mailto:test.nurse@example.org|test.nurse@example.org>", "test.nurse@example.org"),
        ("<tel:01632960001|01632 960001>", "01632 960001"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("weight &lt; 5 kg &amp; falling", "weight < 5 kg & falling"),
        ("&amp;lt; is not a sign", "&lt; is not a sign"),
        ("*not bold*  _nor this_", "*not bold*  _nor this_"),
        ("", ""),
    ],
)
def test_a_message_is_read_as_it_was_typed(sent: str, typed: str) -> None:
    assert spoken(sent, BOT) == typed


@given(st.text(max_size=200))
def test_whatever_is_typed_without_links_comes_back(typed: str) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert spoken(sent, BOT) == clean(typed.strip()) or spoken(sent, BOT) == clean(typed).strip()
