"""A referral's answers as the data of Document 1a. Removed rows and children are left out; the rest is numbered anew from 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from state.records import AnswerRecord
from templates.documents.answered import Answered, Stamp, everything
from templates.documents.data import Block, DocumentData
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


class Imprint(Stamp, frozen=True, kw_only=True):
    """What stands around a referral's answers, and where to send it."""

    date_submitted: str
    send_to: str


def referral_data(
    answers: Mapping[str, AnswerRecord],
    shown: Callable[[str], str],
    imprint: Imprint,
    words: Words,
    printed: Callable[[str], bool] = everything,
) -> DocumentData:
    """Document 1a from the newest answers by path; `shown` and `printed` as `Answered` has them."""
    made = _Referral(answers, shown, words, printed)
    return DocumentData(
        form=FORM,
        number=NUMBER,
        reference=imprint.reference,
        edition=imprint.edition,
        generated_at=imprint.generated_at,
        marking=imprint.marking(words),
        values={**made.shared(imprint.send_to), "date_submitted": imprint.date_submitted},
        ticks=dict(made.choice("agencies_concern", YES_NO)),
        rows={group: made.rows_of(group) for group in ROWS},
        children=tuple(made.children()),
    )


class _Referral(Answered):
    """The answers of one referral while its document is put together."""

    def shared(self, send_to: str) -> dict[str, str]:
        texts = {name: self.text(name) for name in SHARED}
        return {**texts, "check_criteria": self.words.say("documents.check_criteria"), "send_to": send_to}

    def rows_of(self, group: str) -> tuple[dict[str, str], ...]:
        return self.rows(group, ROWS[group], lambda path: self._row(group, path))

    def _row(self, group: str, path: str) -> dict[str, str]:
        row = {column: self.text(f"{path}.{column}") for column in ROWS[group]}
        if "address" in row:
            row["address"] = self.address(path)
        if group == "processes" and not row["process"]:
            row["process"] = self.text(f"{path}.type")
        return row

    def children(self) -> Iterator[Block]:
        numbers = self.numbers("children")
        for place, number in enumerate(numbers, 1):
            yield self._child(f"children.{number}", place, len(numbers))

    def _child(self, path: str, place: int, count: int) -> Block:
        values = {name: self.text(f"{path}.{name}") for name in OF_CHILD}
        values["address"] = self.address(path)
        if heading := self.heading(values["name"], place, count):
            values |= {"heading": heading, "criteria_heading": heading}
        if dates := self._dates(path):
            values["incident_date"] = dates
        return Block(values=values, ticks=dict(self._ticks(path)))

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
        if ethnicity := self.value(f"{path}.ethnicity"):
            yield f"ethnicity.{ethnicity}", True
