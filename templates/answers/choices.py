"""Which option, or which options, a person means: by id, label, number, beginning, or nearly spelled right."""

from __future__ import annotations

import re

from templates.answers.asking import Asking, Refusal, Understood
from templates.answers.normal import bare, nearest, normal

LONG_PART = 5
"""Letters that are enough to mean a word by its end."""

MOST_LISTED = 8
"""How many candidates a refusal names."""

_NUMBER = r"\(?(?:option |number |no\.? ?)?(\d{1,3})\)?"
_RANGE = r"(\d{1,3}) ?(?:-|to) ?(\d{1,3})"
_ALL = frozenset(("all", "all of them", "all of these", "everyone", "everybody", "every one"))
_NONE = frozenset(("none", "none of them", "none of these", "nobody", "no one", "nothing", "neither"))

Option = tuple[str, str]


def understand_choice(raw: str, asking: Asking) -> Understood:
    """The id of the option. Raises Refusal where none, or more than one, may be meant."""
    found = _matching(raw, asking.options) or _meant_by_yes(raw, asking.options)
    if len(found) != 1:
        raise _not_one(found, asking)
    option, label = found[0]
    return Understood(option, echo="" if bare(raw) == bare(label) else label)


def _meant_by_yes(raw: str, options: tuple[Option, ...]) -> list[Option]:
    """ "Yes" to a question with shades of yes: every option that is not a no, to be asked which."""
    if bare(raw) not in _YES_NO["yes"] - {"1"}:
        return []
    return [option for option in options if option[0] not in ("no", "none")]


def option_is_meant(raw: str, asking: Asking) -> bool:
    """Whether an answer such as "not known" is an option of the question, by its id, label or beginning."""
    return bool(bare(raw)) and len(_matching(raw, asking.options, guess=False)) == 1


def understand_choices(raw: str, asking: Asking) -> Understood:
    """The ids of the options, in the order of the question. "None" is an empty list."""
    typed = normal(raw)
    if typed.isdigit() or option_is_meant(raw, asking):
        chosen = _several(typed, asking)
    elif typed in _ALL or (typed == "both" and len(asking.options) == 2):
        chosen = list(asking.options)
    elif typed in _NONE:
        chosen = []
    else:
        chosen = [option for piece in _pieces(typed) for option in _several(piece, asking)]
    kept = [option for option in asking.options if option in chosen]
    labels = [label for _, label in kept]
    return Understood([option for option, _ in kept], echo=joined(labels))


def joined(labels: list[str]) -> str:
    """Labels as one text: "Amy, Ben and Cara"; by semicolons where a label has a comma or an "and" of its own."""
    if any(mark in label for label in labels for mark in (",", " and ", " & ", ";")):
        return "; ".join(labels)
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1] if labels else "")))


def _pieces(typed: str) -> list[str]:
    parts = re.split(r"[;\n]" if ";" in typed else r"[,\n]", typed)
    return [part.strip() for part in parts if part.strip()]


def _several(piece: str, asking: Asking) -> list[Option]:
    """One option, a range of numbers, or options joined by "and"."""
    if piece.startswith("and "):
        piece = piece[4:]
    if limits := re.fullmatch(_RANGE, piece):
        return _numbered_range(int(limits[1]), int(limits[2]), asking)
    if re.fullmatch(r"\d{1,3}( \d{1,3})+", piece):
        return [option for number in piece.split() for option in _several(number, asking)]
    found = _matching(piece, asking.options)
    words = re.split(r" and | & |\+| plus ", piece, maxsplit=30)
    if len(found) == 1 or len(words) == 1:
        if len(found) != 1:
            raise _not_one(found, asking)
        return found
    return _joined_by_and(words, asking)


def _joined_by_and(words: list[str], asking: Asking) -> list[Option]:
    """The longest run of words that is one option, then the rest: an option's own "and" is not a join."""
    chosen: list[Option] = []
    while words:
        for taken in range(min(len(words), 4), 0, -1):
            found = _matching(" and ".join(words[:taken]), asking.options, guess=taken == 1)
            if len(found) == 1:
                break
        else:
            raise _not_one(found, asking)
        chosen, words = [*chosen, *found], words[taken:]
    return chosen


def _numbered_range(first: int, last: int, asking: Asking) -> list[Option]:
    if not 1 <= first <= last <= len(asking.options):
        raise _not_one([], asking)
    return list(asking.options[first - 1 : last])


def _matching(raw: str, options: tuple[Option, ...], guess: bool = True) -> list[Option]:
    """The options meant, by the surest way that finds any: exact, number, beginning, words, then spelling."""
    typed = bare(raw)
    if not typed or len(typed) > 200:
        return []
    labels = [(option, bare(option[1])) for option in options]
    exact = [option for option, label in labels if typed in (label, bare(option[0]))]
    if exact:
        return exact
    if number := re.fullmatch(_NUMBER, typed):
        return _numbered(int(number[1]), options)
    begins = [option for option, label in labels if label.startswith(typed)]
    whole = [option for option, label in labels if label.startswith(f"{typed} ")]
    if begins:
        return whole if len(whole) == 1 else begins
    return _guessed(typed, labels) if guess else []


def _numbered(number: int, options: tuple[Option, ...]) -> list[Option]:
    return [options[number - 1]] if 1 <= number <= len(options) else []


def _guessed(typed: str, labels: list[tuple[Option, str]]) -> list[Option]:
    words = typed.split()
    within = [option for option, label in labels if all(any(_in_word(word, w) for w in label.split()) for word in words)]
    if within:
        return within
    near = nearest(typed, [label for _, label in labels])
    return [option for option, label in labels if label in near]


def _in_word(typed: str, word: str) -> bool:
    """The beginning of a word, or a longer part of it: "phone" is "telephone"."""
    return word.startswith(typed) or (len(typed) >= LONG_PART and word.endswith(typed))


def _not_one(found: list[Option], asking: Asking) -> Refusal:
    if not found:
        return Refusal("choice_unread", count=len(asking.options)) if asking.options else Refusal("choice_no_options")
    numbers = [f"{asking.options.index(option) + 1}. {option[1]}" for option in found[:MOST_LISTED]]
    return Refusal("choice_several", options="\n".join(numbers))


def understand_yes_no(raw: str) -> Understood:
    """`yes` or `no`; "not known" has been looked for before."""
    typed = bare(raw)
    for answer, words in _YES_NO.items():
        if typed in words:
            return Understood(answer, echo="" if typed == answer else answer.capitalize())
    raise Refusal("yes_no_unread")


_YES_NO = {
    "yes": frozenset(("y", "yes", "yeah", "yep", "yup", "ye", "yea", "aye", "true", "correct", "definitely", "1")),
    "no": frozenset(("n", "no", "nope", "nah", "noo", "false", "2", "not at all")),
}
