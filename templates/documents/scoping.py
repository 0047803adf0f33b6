"""A scoping return's answers as the data of Document 2: what is sent, with section 1 filled in, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from state.records import AnswerRecord
from templates.documents.answered import Answered, Row, Stamp, everything
from templates.documents.data import Block, DocumentData
from templates.wording import Words

FORM, NUMBER = "scoping", "2"
AGENCIES = (
    *("gp", "midwifery", "health_visiting", "school_nursing", "camhs", "perinatal_mental_health", "adult_mental_health"),
    *("ambulance", "emergency_department", "domestic_abuse", "substance_misuse", "adult_social_care"),
    *("childrens_social_care", "early_help", "youth_offending", "lado", "police", "fire", "probation", "cafcass"),
    *("education", "housing", "hospital_trust", "other_local_authority", "other"),
)
"""The rows of the table in section 3, in the booklet's order."""
NAMED = frozenset({"hospital_trust", "other_local_authority", "other"})
"""Rows that ask for a name: there may be several such organisations."""
ROWS = {
    "addresses": ("address", "who"),
    "related_adults": ("name", "relationship", "date_of_birth", "address"),
    "related_children": ("name", "relationship", "date_of_birth", "address"),
    "professionals": ("role", "name", "started", "ended", "email"),
    "key_events": ("date", "event", "impact", "children"),
    "actions": ("action", "lead", "deadline", "progress", "scope"),
}
WITH_ALIASES = frozenset({"related_adults", "related_children"})
SPARE = {"professionals": 3, "key_events": 4, "actions": 4}
"""Empty rows of a form that is sent to be completed in Word: a table there does not grow by itself."""
OF_CHILD = ("name", "date_of_birth", "ethnicity", "religion", "sex", "disability", "voice")
SHARED = (
    *("involvement", "prepared_by_name", "prepared_by_role", "reason", "summary", "missing_information", "worked_well"),
    *("learning_within", "learning_across", "records_secured", "kept_separate", "conflict_of_interest", "conflict_detail"),
    *("author_independent", "signed_off_by"),
)


class ScopingImprint(Stamp, frozen=True, kw_only=True):
    """What stands around a return's answers. `agency` is the kind of the organisation that is asked, an id of `AGENCIES`.

    `issue` counts the request, from 1, and `changes` says what changed since the issue before. `version` counts the returns,
    and 0 is a form that is still to be completed. Texts as they are read.
    """

    organisation: str
    agency: str
    return_by: str
    return_to: str
    issue: int = 1
    changes: str = ""
    version: int = 0
    returned_at: str = ""


def scoping_data(
    answers: Mapping[str, AnswerRecord],
    shown: Callable[[str], str],
    imprint: ScopingImprint,
    words: Words,
    printed: Callable[[str], bool] = everything,
) -> DocumentData:
    """Document 2 from the newest answers by path; `shown` and `printed` as `Answered` has them.

    Answers at `children.1.aliases` and `related_adults.1.aliases` stand beside the name, because records may be under them.
    """
    made = _Scoping(answers, shown, words, printed)
    to_complete = not imprint.version
    return DocumentData(
        form=FORM,
        number=NUMBER,
        reference=imprint.reference,
        edition=imprint.edition,
        generated_at=imprint.generated_at,
        marking=imprint.marking(words),
        about=_about(imprint, words),
        to_complete=to_complete,
        values={
            **{name: made.text(name) for name in SHARED},
            **made.contacts(imprint.agency),
            "agency": imprint.organisation,
            "returned_at": imprint.returned_at,
        },
        rows={group: made.rows_of(group, spare=to_complete) for group in ROWS},
        children=tuple(made.children()),
    )


def return_route(words: Words, email: str, delivery: str) -> str:
    """How a return comes back to us: where the request stands, or by secure email.

    Who is asked in private is not sent to the channel: somebody there is involved.
    """
    return words.say(f"documents_scoping.route_{delivery}", email=email)


def _about(imprint: ScopingImprint, words: Words) -> dict[str, str]:
    return {
        "issue": _issue(imprint, words),
        "return_by": imprint.return_by,
        "return_to": imprint.return_to[:1].upper() + imprint.return_to[1:],
        "version": str(imprint.version or ""),
    }


def _issue(imprint: ScopingImprint, words: Words) -> str:
    number, changes = imprint.issue, imprint.changes
    if not changes:
        return str(number)
    return words.say("documents_scoping.issue_changed", issue=number, earlier=number - 1, changes=changes)


class _Scoping(Answered):
    """The answers of one return while its document is put together."""

    def contacts(self, own: str) -> dict[str, str]:
        """The table of section 3. The asked organisation's own row says so, unless something was answered there."""
        columns = ("contact", "missing")
        made = {f"contacts.{agency}.{column}": "" for agency in AGENCIES for column in columns}
        made |= {f"contacts.{agency}.name": "" for agency in AGENCIES if agency in NAMED}
        made = {path: self.text(path) for path in made}
        if own in AGENCIES and not any(made.get(f"contacts.{own}.{column}") for column in (*columns, "name")):
            made[f"contacts.{own}.contact"] = self.words.say("documents_scoping.own_row")
        return made

    def rows_of(self, group: str, *, spare: bool) -> tuple[Row, ...]:
        rows = self.rows(group, ROWS[group], lambda path: self._row(group, path))
        missing = SPARE.get(group, 0) - len(rows) if spare else 0
        return (*rows, *({} for _ in range(missing)))

    def _row(self, group: str, path: str) -> Row:
        row = {column: self.text(f"{path}.{column}") for column in ROWS[group]}
        if group in WITH_ALIASES:
            row["name"] = self._with_aliases(row["name"], path)
        if "address" in row:
            row["address"] = self.address(path)
        return row

    def _with_aliases(self, name: str, path: str) -> str:
        aliases = self.text(f"{path}.aliases")
        also = self.words.say("documents_scoping.also_known", aliases=aliases) if aliases else ""
        return "\n".join(part for part in (name, also) if part)

    def children(self) -> Iterator[Block]:
        numbers = self.numbers("children")
        for place, number in enumerate(numbers, 1):
            values = {name: self.text(f"children.{number}.{name}") for name in OF_CHILD}
            values["voice"] = values["voice"] or self._no_voice(f"children.{number}")
            heading = self.heading(values["name"], place, len(numbers))
            values["name"] = self._with_aliases(values["name"], f"children.{number}")
            yield Block(values={**values, "heading": heading, "voice_heading": heading})

    def _no_voice(self, child: str) -> str:
        reason = self.text(f"{child}.voice_missing_reason")
        return self.words.say("documents_scoping.voice_missing", reason=reason) if reason else ""
