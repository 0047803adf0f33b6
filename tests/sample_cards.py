"""Cards of every kind the dialogs can ask for, drawn by the door. The browser tests draw the same ones."""

from __future__ import annotations

import base64

from picture_examples import TIMELINE

from bot.teams.cards import Renderer
from bot.teams.elements import Element
from dialogs.reply import Bullets, Button, Card, Choice, Facts, Input, InputKind, Link, Paragraph, Picture, Reply, Style, Window
from templates.pictures.png import chat_png
from templates.wording import load_words

HOSTILE = (
    "**bold** [link](http://evil.example) <at>Everyone</at> `code` _x_ {{DATE(x)}} ![i](http://evil.example/i.png)\n"
    "# head\n- item\n1. one"
)
MANY = tuple(Choice(f"c{number}", f"Choice number {number}") for number in range(1, 19))
FEW = (Choice("yes", "Yes"), Choice("no", "No"), Choice("not_known", "Not known"))

FIELDS = (
    Input(
        id="children.0.name",
        label="What is the child's name?",
        required=True,
        required_error="Please give a name.",
        hint="As on the birth certificate.",
    ),
    Input(
        id="incident_date",
        label="When did it happen?",
        value="31 Feburary",
        error="There is no such day. Try 28 February 2026.",
    ),
    Input(id="summary", label="What happened?", kind=InputKind.LONG_TEXT, value=HOSTILE),
    Input(id="died", label="Has the child died?", kind=InputKind.CHOICE, choices=FEW, value="not_known", required=True),
    Input(id="ethnicity", label="What is the child's ethnic group?", kind=InputKind.CHOICE, choices=MANY, value="c3"),
    Input(id="plans", label="Which plans was the child on?", kind=InputKind.CHOICES, choices=FEW, value="yes,no"),
)
BUTTONS = (
    Button(action="answer", label="Save the answer", target="draft-1", version=3, at="name:0", primary=True, takes_inputs=True),
    Button(action="skip", label="Skip this question", target="draft-1"),
    Button(action="window", label="Open this section as a window", target="draft-1", window=True),
)
LINKS = (
    Link("Open the report in Word", "https://test-council.sharepoint.com/sites/cspr/Cases/NS-2026-0007/Report%20v1.docx?web=1"),
)
BLOCKS = (
    Paragraph("About the child", Style.HEADING),
    Paragraph("A plain paragraph.\nWith a second line.\n\nAnd a third after an empty one."),
    Paragraph("A quiet note.", Style.QUIET),
    Paragraph("If a child is in danger now, ring 999.", Style.WARNING),
    Facts((("Reference", "NS-2026-0007"), ("What was typed", HOSTILE), ("Not answered", ""))),
    Bullets(("one thing", "another *thing*")),
)
REPLY = Reply(
    text="Thank you.",
    preview="A question for you.",
    card=Card(title="2. Details of the child", blocks=BLOCKS, inputs=FIELDS, buttons=BUTTONS),
)
LONG = Reply(
    card=Card(title="Check your answers", blocks=(Paragraph("A long account. " * 2_000),), inputs=FIELDS, buttons=BUTTONS)
)
WINDOW = Window(title="Details of the child", blocks=BLOCKS, inputs=FIELDS, submit=BUTTONS[0])


def _pictured() -> Reply:
    """A picture as it goes out."""
    png = chat_png(TIMELINE)
    assert png is not None
    alt = "The dates of NS-2026-0007 as bars. Rapid review held and sent: due 18 December 2026."
    block = Picture(data=TIMELINE, alt=alt, png=base64.b64encode(png).decode())
    return Reply(card=Card(title="NS-2026-0007: timeline", blocks=(Paragraph("Its dates", Style.HEADING), block)))


def drawn() -> dict[str, Element]:
    """Every sample as a card, by name."""
    renderer = Renderer(load_words(), windows=True)
    window = renderer.window(WINDOW)
    assert window is not None
    linked = Reply(card=Card(title="Documents of NS-2026-0007", blocks=BLOCKS[:2], links=LINKS, buttons=BUTTONS[1:2]))
    cards = {
        "links": renderer.cards(linked)[0],
        "reply": renderer.cards(REPLY)[0],
        "window": window,
        "picture": renderer.cards(_pictured())[0],
    }
    return cards | {f"long-{number}": card for number, card in enumerate(renderer.cards(LONG))}
