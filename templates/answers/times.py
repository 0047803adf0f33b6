"""A typed time of day. Without am or pm, 1 to 6 is the afternoon and 7 to 11 the morning, unless it is written 02:30."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import NamedTuple

from templates.answers.asking import Refusal, Understood
from templates.answers.calendar_words import LONGEST, NUMBERS
from templates.answers.normal import normal


class Found(NamedTuple):
    """A time in a text: where it stood, and the zone where one was named (`gmt`, `utc` or `bst`)."""

    time: time
    start: int
    end: int
    zone: str


_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*(?:in the|this|at)\s+(?P<part>morning|afternoon|evening|night)\b)"
_WORD = "|".join(NUMBERS[1:13])
_ZONE = r"(?:\s*\b(?P<zone>bst|gmt|utc|z)\b|(?P<z>(?<=\d)z\b))?"
_MINUTES = {
    "quarter": 15,
    "half": 30,
    "twenty-five": 25,
    "twenty five": 25,
    **{word: number for number, word in enumerate(NUMBERS)},
}


def _clock(match: re.Match[str]) -> time:
    groups = match.groupdict()
    hour_text, minute = groups["hour"], int(groups.get("minute") or 0)
    hour = int(hour_text) if hour_text.isdigit() else NUMBERS.index(hour_text)
    return _time(_hour(hour, _half_of(groups), len(hour_text) == 2 and hour_text.startswith("0")), minute, match[0])


def _half_of(groups: dict[str, str | None]) -> str:
    part = groups.get("half") or groups.get("part") or ""
    return {"morning": "a", "afternoon": "p", "evening": "p", "night": "n"}.get(part, part)


def _hour(hour: int, half: str, padded: bool) -> int:
    """The hour of 24. Night is the evening from 6 to 11, and the small hours otherwise."""
    if half == "n":
        half = "p" if 6 <= hour <= 11 else "a"
    if half and hour <= 12:
        return hour % 12 + (12 if half == "p" else 0)
    if half == "a":
        return -1
    return hour + 12 if 1 <= hour <= 6 and not padded and not half else hour


def _time(hour: int, minute: int, typed: str) -> time:
    if not (0 <= hour <= 23 and minute <= 59):
        raise Refusal("time_impossible", typed=typed.strip())
    return time(hour, minute)


def _spoken(match: re.Match[str]) -> time:
    """Half past two, ten to four, quarter past 9 in the evening."""
    groups = match.groupdict()
    said, hour_text = groups["past"], groups["hour"]
    minute = int(said) if said.isdigit() else _MINUTES[said]
    hour = int(hour_text) if hour_text.isdigit() else NUMBERS.index(hour_text)
    if not 1 <= hour <= 12 or minute > 59:
        raise Refusal("time_impossible", typed=match[0].strip())
    full = _hour(hour, _half_of(groups), False)
    return time((full - 1) % 24, 60 - minute) if groups["way"] == "to" and minute else time(full, minute)


_PAST = (
    rf"(?P<past>half|quarter|twenty[- ]five|{'|'.join(NUMBERS[1:])}|\d{{1,2}})(?: minutes?)? "
    rf"(?P<way>past|to) (?P<hour>{_WORD}|\d{{1,2}})\b"
)
_ANYWHERE: tuple[tuple[str, Callable[[re.Match[str]], time]], ...] = (
    (r"\b(?:12\s*)?(?:noon|midday)\b", lambda _: time(12)),
    (rf"\b(?:a )?{_PAST}{_HALF}?", _spoken),
    (rf"\b(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?(?::\d\d)?{_HALF}", _clock),
    (rf"\b(?P<hour>{_WORD}){_HALF}", _clock),
    (rf"\b(?P<hour>{_WORD}|\d{{1,2}}) ?o'? ?clock\b{_HALF}?", _clock),
    (rf"(?<![\d./:-])(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?![\d:/]){_ZONE}", _clock),
    (r"\b(?P<hour>\d\d)(?P<minute>\d\d) ?(?:h|hrs|hours)\b", _clock),
    (r"\bat (?P<hour>\d\d)(?P<minute>\d\d)\b", _clock),
    (r"\bat (?P<hour>\d{1,2})(?:[.](?P<minute>\d\d))?(?![\d./:-])", _clock),
)
_ALONE: tuple[tuple[str, Callable[[re.Match[str]], time]], ...] = (
    (r"(?:12\s*)?midnight", lambda _: time(0)),
    (r"(?:at )?(?P<hour>\d\d)(?P<minute>\d\d)", _clock),
    (r"(?:at )?(?P<hour>\d{1,2})(?:[. ](?P<minute>\d\d))?", _clock),
    (rf"(?:at )?(?P<hour>{_WORD})", _clock),
)
_SEARCHED = tuple((pattern + ("" if "zone" in pattern else _ZONE), rule) for pattern, rule in _ANYWHERE)


def find_time(text: str) -> Found | None:
    """The first time in a normal text, by the surest way of writing one; None where there is none. Raises Refusal for 25:30."""
    for pattern, rule in _SEARCHED:
        if match := re.search(pattern, text):
            groups = match.groupdict()
            return Found(rule(match), match.start(), match.end(), groups.get("zone") or groups.get("z") or "")
    return None


def understand_time(raw: str) -> Understood:
    """The time of day that was typed, as `HH:MM`. Raises Refusal where it is none."""
    text = normal(raw)
    if len(text) > LONGEST:
        raise Refusal("time_unread")
    for pattern, rule in _ALONE:
        if match := re.fullmatch(pattern, text):
            return _understood(rule(match))
    found = find_time(text)
    if found is None or (text[: found.start] + text[found.end :]).replace("at", "").strip(" .,") or found.zone:
        raise Refusal("time_unread")
    return _understood(found.time)


def _understood(moment: time) -> Understood:
    return Understood(moment.strftime("%H:%M"), echo=time_text(moment))


def time_text(moment: time) -> str:
    """A time as it is shown: "9am", "2:30pm", "midday", "12am" at midnight."""
    if moment == time(12):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
