"""What Slack's shortcuts and the typed command mean: each is a turn in the person's own conversation with us.

The ids of the shortcuts are those of bot/slack/methods.py and manifest/slack.yaml.
"""

from __future__ import annotations

from bot.slack.codec import texts_in
from bot.slack.wire import Message
from dialogs.asking.references import reference_in
from dialogs.turn import Press, Said, Text
from templates.wording import Words


def said_by(shortcut: str, message: Message | None, words: Words, prefix: str) -> Said | None:
    """What is asked with a shortcut, or None where there is no reference in the message that it is about."""
    match shortcut:
        case "refer":
            return Press(action="begin_referral")
        case "waiting":
            return Press(action="mine")
        case "overdue":
            return Text(words.say("slack.ask_overdue"))
        case "about_this" if message is not None:
            found = reference_in(f"{message.text}\n{texts_in(message.blocks)}", prefix)
            return Text(words.say("slack.ask_about", reference=found)) if found else None
        case _:
            return None


def typed(text: str, words: Words) -> Text:
    """What stands behind the command; nothing there asks for help."""
    return Text(text or words.say("slack.ask_help"))
