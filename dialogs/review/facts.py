"""Facts about a child for the pack: what stands, and what the returns say where they differ. Nothing is settled silently."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.returns.compare import disagreements
from dialogs.review.plan import normal
from dialogs.review.sources import Sources
from templates.documents.pack_data import Attributed, Fact, PackChild, Said

FACTS = ("sex", "gender_identity", "ethnicity", "religion", "disability")
Differences = Mapping[tuple[int, str], tuple[Said, ...]]
"""What each says of a fact of a child on which they differ."""


def differences(sources: Sources) -> Differences:
    """The facts of the children on which the referral and the returns differ, with everybody's words."""
    returns = [(one.organisation, one.filled) for one in sources.returns]
    referral = (sources.say("review.the_referral"), sources.referral)
    found: dict[tuple[int, str], tuple[Said, ...]] = {}
    for one in disagreements(sources.kit, sources.today, referral, returns):
        parts = one.path.split(".")
        if parts[0] == "children" and parts[-1] in FACTS:
            found[int(parts[1]), parts[-1]] = tuple(Said(says.who, says.text) for says in one.says)
    return found


def children(sources: Sources, differ: Differences) -> tuple[PackChild, ...]:
    """The subject children, in the order of the referral."""
    return tuple(_child(sources, child, differ) for child in sources.referral.children())


def _child(sources: Sources, child: int, differ: Differences) -> PackChild:
    facts = {name: Fact(fact_text(sources, child, name), differ.get((child, name), ())) for name in FACTS}
    name = fact_text(sources, child, "name") or sources.say("filling.child_number", number=child)
    return PackChild(name=name, voice=voice(sources, child), **facts)


def fact_text(sources: Sources, child: int, name: str) -> str:
    """What stands of a fact: the panel's answer, else the referral's, else what a return says where none says otherwise."""
    path = f"children.{child}.{name}"
    own = sources.text(sources.report, path) or sources.text(sources.referral, path)
    if own:
        return own
    said = [sources.text(one.filled, path) for one in sources.returns]
    known = {normal(text): text for text in said if text}
    return next(iter(known.values())) if len(known) == 1 else ""


def voice(sources: Sources, child: int) -> tuple[Attributed, ...]:
    """The voice of a child: the panel's words, else what each return says of it."""
    return panel_first(sources, f"children.{child}.voice", collated(sources, f"children.{child}.voice"))


def collated(sources: Sources, path: str) -> tuple[Attributed, ...]:
    """What each return says at a path, each once and with its organisation and date."""
    said = ((one, sources.text(one.filled, path)) for one in sources.returns if one.filled.value(path) is not None)
    return tuple(Attributed(one.organisation, one.returned_on, text) for one, text in said if text)


def panel_first(sources: Sources, path: str, otherwise: tuple[Attributed, ...]) -> tuple[Attributed, ...]:
    """The panel's own words where it has any; what it confirmed as it was collated keeps its names and dates."""
    own = sources.text(sources.report, path)
    if not own or own == as_text(sources, otherwise):
        return otherwise
    return (Attributed("", "", own),)


def as_text(sources: Sources, said: tuple[Attributed, ...]) -> str:
    """Collated paragraphs as one text, for the panel to start from."""
    return "\n\n".join(
        sources.say("review.one_says", organisation=one.organisation, date=one.returned_on, text=one.text) for one in said
    )
