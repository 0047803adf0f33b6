"""A referral's answers as the data of Document 1a. Removed rows and children are left out; the rest is numbered anew from 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from state.records import AnswerRecord
from templates.documents.data import Block, DocumentData
from templates.forms.filled import ANSWERED
from templates.wording import Words

FORM, NUMBER = "referral", "1a"
FIXED = ("check_criteria", "send_to")
SHARED = (
    "referrer_name",
    "referrer_email",
    "referrer_role",
    "referrer_telephone",
    "referrer_agency",
    "incident_date",
    "incident_location",
    "summary",
)
OF_CHILD = ("name", "date_of_birth", "address", "carer", "ethnicity_other", "religion", "disability", "harm_description")
ROWS = {
    "family": ("name", "relationship", "date_of_birth", "address", "ethnicity"),
    "agencies": ("name", "agency", "contact_details", "still_involved"),
    "processes": ("process", "current_status"),
}
YES_NO = ("yes", "no", "not_known")


class Imprint(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the answers: the reference, the guidance's edition, when it was made (as read), where to send it."""

    reference: str
    edition: str
    generated_at: str
    date_submitted: str
    send_to: str
    restricted: bool = False


def _everything(_path: str) -> bool:
    return True


def referral_data(
    answers: Mapping[str, AnswerRecord],
    shown: Callable[[str], str],
    imprint: Imprint,
    words: Words,
    printed: Callable[[str], bool] = _everything,
) -> DocumentData:
    """Document 1a from the newest answers by path.

    `shown(path)` is an answer as people read it ("3 April 2026", an option's label, "Not known"); it is asked only for answers
    that are given or not known and for which `printed(path)` holds. What was not answered prints empty.
    """
    made = _Referral(answers, shown, words, printed)
    return DocumentData(
        form=FORM,
        number=NUMBER,
        reference=imprint.reference,
        edition=imprint.edition,
        generated_at=imprint.generated_at,
        marking=words.say("documents.restricted" if imprint.restricted else "documents.official"),
        values={**made.shared(imprint.send_to), "date_submitted": imprint.date_submitted},
        ticks=dict(made.choice("agencies_concern", YES_NO)),
        rows={group: made.rows(group) for group in ROWS},
        children=tuple(made.children()),
    )


class _Referral:
    """The answers of one referral while its document is put together."""

    def __init__(
        self,
        answers: Mapping[str, AnswerRecord],
        shown: Callable[[str], str],
        words: Words,
        printed: Callable[[str], bool],
    ) -> None:
        self.answers, self.shown, self.words, self.printed = answers, shown, words, printed

    def text(self, path: str) -> str:
        return self.shown(path) if self._counts(path) else ""

    def _counts(self, path: str) -> bool:
        answer = self.answers.get(path)
        return answer is not None and answer.state in ANSWERED and self.printed(path)

    def _value(self, path: str) -> str:
        if not self._counts(path):
            return ""
        answer = self.answers[path]
        if answer.state == "not_known":
            return "not_known"
        if isinstance(answer.value, bool):
            return "yes" if answer.value else "no"
        return str(answer.value)

    def choice(self, path: str, options: tuple[str, ...], name: str = "") -> Iterator[tuple[str, bool]]:
        """A tick for each option; an answer outside the options ticks none."""
        value = self._value(path)
        for option in options:
            yield f"{name or path}.{option}", option == value

    def _numbers(self, group: str) -> list[int]:
        """The rows that stand, in order."""
        pattern = re.compile(rf"{group}\.(\d+)\.")
        found = {int(match[1]) for path in self.answers if (match := pattern.match(path))}
        return sorted(number for number in found if not self._removed(f"{group}.{number}"))

    def _removed(self, path: str) -> bool:
        answer = self.answers.get(path)
        return answer is not None and answer.state == "removed"

    def shared(self, send_to: str) -> dict[str, str]:
        texts = {name: self.text(name) for name in SHARED}
        return {**texts, "check_criteria": self.words.say("documents.check_criteria"), "send_to": send_to}

    def rows(self, group: str) -> tuple[dict[str, str], ...]:
        rows = [self._row(group, number) for number in self._numbers(group)]
        found = tuple(row for row in rows if any(row.values()))
        nothing = self.text(group)
        return found if found or not nothing else ({ROWS[group][0]: nothing},)

    def _row(self, group: str, number: int) -> dict[str, str]:
        path = f"{group}.{number}"
        row = {column: self.text(f"{path}.{column}") for column in ROWS[group]}
        if "address" in row:
            row["address"] = self._private(row["address"], path)
        if group == "processes" and not row["process"]:
            row["process"] = self.text(f"{path}.type")
        return row

    def _private(self, address: str, path: str) -> str:
        note = self.words.say("documents.keep_private") if self._value(f"{path}.do_not_share") == "yes" else ""
        return "\n".join(part for part in (address, note) if part)

    def children(self) -> Iterator[Block]:
        numbers = self._numbers("children")
        for place, number in enumerate(numbers, 1):
            yield self._child(f"children.{number}", place, len(numbers))

    def _child(self, path: str, place: int, count: int) -> Block:
        values = {name: self.text(f"{path}.{name}") for name in OF_CHILD}
        values["address"] = self._private(values["address"], path)
        if count > 1:
            heading = self._heading(values["name"], place, count)
            values |= {"heading": heading, "criteria_heading": heading}
        if dates := self._dates(path):
            values["incident_date"] = dates
        return Block(values=values, ticks=dict(self._ticks(path)))

    def _heading(self, name: str, place: int, count: int) -> str:
        key = "documents.child_heading" if name else "documents.child_heading_unnamed"
        return self.words.say(key, number=place, count=count, name=name)

    def _dates(self, path: str) -> str:
        """The date of the incident with the child's own date of death beside it, where that was another day."""
        incident, death = self.text("incident_date"), self.text(f"{path}.date_of_death")
        if not death or death == incident:
            return ""
        return self.words.say("documents.died", date=incident, death=death) if incident else death

    def _ticks(self, path: str) -> Iterator[tuple[str, bool]]:
        for name in ("deceased", "seriously_harmed"):
            yield from self.choice(f"{path}.{name}", YES_NO, name)
        yield from self.choice(f"{path}.abuse_or_neglect", ("known", "suspected", "none", "not_known"), "abuse_or_neglect")
        if ethnicity := self._value(f"{path}.ethnicity"):
            yield f"ethnicity.{ethnicity}", True
