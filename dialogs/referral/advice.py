"""What the guidance says about each child: the advice, its reasons with their headings, duties, considerations and dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.desk import Desk
from dialogs.filling.asking import child_label
from dialogs.filling.cards import button
from dialogs.filling.echo import counted
from dialogs.reply import Block, Bullets, Card, Facts, Paragraph, Reply, Style
from state.clocks import FIRST_YEAR, Due, due
from state.values import JSON, LONDON
from templates.days import day_text
from templates.forms.filled import Filled
from templates.forms.shape import Spot
from templates.rules import Advice, assess, facts_to_check
from templates.rules.from_answers import facts_for

KNOWN_FROM = datetime(FIRST_YEAR, 1, 2, tzinfo=LONDON)


def advice_for(desk: Desk, child: int) -> Advice:
    """The advice on one child from the answers as they are now."""
    return assess(facts_for(desk.answers, child), desk.kit.profile.rules)


def aware_from(desk: Desk) -> datetime:
    """The earliest candidate for when the local authority became aware: what the referrer says, or when the referral came."""
    return min(_earliest(desk, desk.filled().value("la_aware_at")), received(desk))


def received(desk: Desk) -> datetime:
    """When the referral came: now, or earlier where it is entered for somebody who rang or wrote."""
    return _earliest(desk, desk.filled().value("received_at") if desk.at_hand.on_behalf else None)


def _earliest(desk: Desk, said: JSON) -> datetime:
    """What was said, else now. A year typed wrongly is counted from the first year whose working days are known."""
    return max(min(_instant(said, desk.turn.at) or desk.turn.at, desk.turn.at), KNOWN_FROM)


def _instant(value: JSON, fallback: datetime) -> datetime | None:
    if not isinstance(value, dict):
        return None
    text = value.get("instant") or value.get("date") or value.get("earliest")
    if not text:
        return None
    moment = datetime.fromisoformat(str(text))
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(fallback.tzinfo)


def notification_clock(desk: Desk, child: int) -> tuple[str, datetime]:
    """The clock of a child's notification, and where it starts provisionally: at the earliest candidate.

    Where harm built up it runs from when somebody first saw how serious that was (Document 1: Neglect).
    """
    aware = aware_from(desk)
    if facts_for(desk.answers, child).get("neglect") != "cumulative":
        return "notification", aware
    return "notification_cumulative", min(aware, _earliest(desk, counted(desk.filled(), "harm_recognised_date")))


def notification_due(desk: Desk) -> Due:
    """When the first notification of this referral falls due, counted provisionally."""
    clocks = (notification_clock(desk, child) for child in desk.filled().children())
    return min((due(clock, start, desk.kit.profile.clocks) for clock, start in clocks), key=lambda one: one.instant)


def advice_card(desk: Desk, spot: Spot, echoes: Sequence[str]) -> Reply:
    """The advice as a card. It advises and explains; a named person decides."""
    filled = desk.filled()
    blocks: list[Block] = [Paragraph(text) for text in echoes]
    blocks.append(Paragraph(desk.words("advice.who_decides")))
    for child in filled.children():
        blocks += child_blocks(desk, filled, child)
    if any(advice_for(desk, child).notify != "no" for child in filled.children()):
        blocks += _dates(desk)
    blocks.append(Paragraph(desk.words("advice.edition", edition=desk.kit.profile.file.edition), Style.QUIET))
    buttons = (
        button(desk, "seen", spot, primary=True),
        button(desk, "back", spot),
        button(desk, "check"),
        button(desk, "pause"),
    )
    card = Card(title=desk.words("advice.title"), blocks=tuple(blocks), buttons=buttons)
    return Reply(card=card, preview=desk.words("filling.preview"))


def child_blocks(desk: Desk, filled: Filled, child: int) -> list[Block]:
    """One child's advice."""
    several = len(filled.children()) > 1
    name = child_label(filled, child, desk.kit) if several else desk.words("filling.the_child")
    return advice_blocks(desk, advice_for(desk, child), name, _to_check(desk, filled, child))


def advice_blocks(desk: Desk, advice: Advice, name: str, to_check: Sequence[Block] = ()) -> list[Block]:
    """An advice in words, with what stands beside it: duties, considerations, and what could change it."""
    blocks: list[Block] = [Paragraph(desk.words(f"advice.{advice.notify}", child=name), Style.HEADING)]
    blocks.append(Paragraph(desk.words(f"advice.route_{advice.route}")))
    blocks.append(Facts(tuple((reason.source, reason.text) for reason in advice.reasons)))
    blocks += to_check
    if advice.duties:
        duties = tuple(desk.kit.profile.rules.duty_text(duty) for duty in advice.duties)
        blocks += [Paragraph(desk.words("advice.duties")), Bullets(duties)]
    if advice.considerations:
        blocks += [Paragraph(desk.words("advice.considerations")), Bullets(advice.considerations)]
    if advice.would_change:
        blocks += [Paragraph(desk.words("advice.would_change")), Bullets(tuple(w.why for w in advice.would_change))]
    return blocks


def _to_check(desk: Desk, filled: Filled, child: int) -> list[Block]:
    """Where answers disagree, which ones: people say which is right."""
    facts = facts_to_check(facts_for(desk.answers, child), desk.kit.profile.rules)
    labels = [placed.question.label for placed in filled.shape.order if placed.question.fact in facts]
    if not labels:
        return []
    return [Paragraph(desk.words("advice.check_these", labels=", ".join(labels)), Style.WARNING)]


def _dates(desk: Desk) -> list[Block]:
    falls_due = notification_due(desk)
    said = desk.words(
        "advice.provisional",
        due=day_text(falls_due.date),
        start=day_text(falls_due.start),
        source=falls_due.source,
    )
    excluded = [f"{day_text(day)} ({name})" for day, name in falls_due.excluded]
    blocks: list[Block] = [Paragraph(desk.words("advice.dates"), Style.HEADING), Paragraph(said)]
    if desk.kit.profile.clocks.clocks[falls_due.clock].at_once:
        blocks.append(Paragraph(desk.words("advice.at_once"), Style.WARNING))
    return [*blocks, Paragraph(desk.words("advice.excluded", days=", ".join(excluded)), Style.QUIET)] if excluded else blocks
