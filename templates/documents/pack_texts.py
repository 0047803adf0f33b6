"""The texts of Document 3 by tag: what stands, what says that it is not there, and which rows are which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from templates.documents.data import Block, DocumentData
from templates.documents.pack_data import PARTNERS, Attributed, Fact, PackChild, PackData, Partner, SignOff
from templates.documents.paragraphs import Paragraph
from templates.documents.shape_3 import CRITERIA, FACTS, FORM, FURTHER
from templates.wording import Words

NUMBER = "3"
ACTION = ("theme", "action", "organisation", "lead", "deadline", "suggested_by")
Row = dict[str, str]


class PackTexts:
    """One pack while its texts are put together."""

    def __init__(self, data: PackData, words: Words) -> None:
        self.data, self.words = data, words

    def _say(self, name: str) -> str:
        return self.words.say(f"documents_review.{name}")

    def document(self) -> DocumentData:
        data = self.data
        return DocumentData(
            form=FORM,
            number=NUMBER,
            reference=data.reference,
            edition=data.edition,
            generated_at=data.generated_at,
            marking=self._marking(),
            values={**self._state(), **self._panel(), "period_from": data.period_from, "period_to": data.period_to},
            rows=self._rows(),
            children=tuple(self._child(child, place) for place, child in enumerate(data.children, 1)),
        )

    def _marking(self) -> str:
        marking = self.words.say("documents.restricted" if self.data.restricted else "documents.official")
        return self.words.say("documents_review.draft_marking", marking=marking) if self.data.is_draft else marking

    def _state(self) -> dict[str, str]:
        draft = self.data.is_draft
        return {
            "reference": self.data.reference,
            "date": self.data.date,
            "state": self._say("state_draft" if draft else "state_final"),
            "draft": self._draft() if draft else "",
        }

    def _draft(self) -> str:
        count = len(self.data.missing)
        if count == 1:
            return self._say("draft_one")
        return self.words.say("documents_review.draft_many", count=count) if count else self._say("draft")

    def _panel(self) -> dict[str, str]:
        """What the panel wrote itself. What it need not write says so where it is empty."""
        data = self.data
        values = {name: str(getattr(data, name)) for name in (*CRITERIA, "rationale", "references", *FURTHER)}
        for name in ("references", *FURTHER):
            values[name] = values[name] or self._say("not_recorded")
        if data.review_kind in ("national", "local") and not data.why_no_review:
            values["why_no_review"] = self._say("review_recommended")
        values["opinion"] = self.words.say(f"document_3.opinion_{data.opinion}") if data.opinion else ""
        values["review_kind"] = self.words.say(f"documents_review.kind_{data.review_kind}") if data.review_kind else ""
        return values

    def _child(self, child: PackChild, place: int) -> Block:
        values = {"name": child.name} | {name: self._fact(getattr(child, name)) for name in FACTS}
        count = len(self.data.children)
        if count > 1:
            heading = self.words.say("documents.child_heading", number=place, count=count, name=child.name)
            values |= {"heading": heading, "voice_heading": heading}
        return Block(values=values)

    def _fact(self, fact: Fact) -> str:
        """What stands, and under it what the returns say where they differ."""
        if not fact.differs:
            return fact.text
        said = [
            self.words.say("documents_review.one_says", organisation=one.organisation, text=one.text) for one in fact.differs
        ]
        differs = self.words.say("documents_review.differs", said="; ".join(said) + ".")
        return "\n".join(part for part in (fact.text, differs) if part)

    def _rows(self) -> Mapping[str, tuple[Row, ...]]:
        """The groups of rows. Nil, outstanding and not asked are never one; a group without rows says so."""
        none = self._say("none")
        groups: dict[str, tuple[tuple[Row, ...], str]] = {
            "participants": (tuple(_row(one, "agency", "membership") for one in self.data.participants), ""),
            "summaries_from": (tuple(self._summaries()), none),
            "nil_returns": (
                tuple(_row(one, "organisation", "confirmed_on", "confirmed_by") for one in self.data.nil_returns),
                none,
            ),
            "outstanding": (tuple(self._outstanding()), self._say("none_outstanding")),
            "not_asked": (tuple({"service": one.organisation, "why": one.reason} for one in self.data.not_asked), none),
            "learning": (tuple(_row(one, *ACTION) for one in self.data.actions), none),
            "sign_off": (tuple(row for partner in PARTNERS for row in self._signed(partner)), ""),
        }
        return {name: rows or _only(name, nothing) for name, (rows, nothing) in groups.items()}

    def _outstanding(self) -> Iterator[Row]:
        for one in self.data.outstanding:
            yield _row(one, "organisation", "asked_on", "due") | {"state_of_request": one.state}

    def _summaries(self) -> Iterator[Row]:
        places = {(one.organisation, one.returned_on): number for number, one in reversed([*enumerate(self.data.returns, 1)])}
        for one in self.data.summaries_from:
            number = places.get((one.organisation, one.returned_on))
            appendix = self.words.say("documents_review.appendix_number", number=number) if number else ""
            yield {
                "organisation": one.organisation,
                "returned_on": one.returned_on,
                "signed_off_by": one.signed_off_by,
                "appendix": appendix,
            }

    def _signed(self, partner: Partner) -> Iterator[Row]:
        found = [one for one in self.data.sign_off if one.partner == partner]
        for one in found or [SignOff(partner=partner, name="", agreed="", date="")]:
            yield {
                "partner": self.words.say(f"documents_review.partner_{partner}"),
                "name": one.name,
                "agreed": self.words.say(f"documents_review.agreed_{one.agreed}") if one.agreed else self._say("not_signed"),
                "date": one.date,
                "dissent": one.dissent,
            }

    def paragraphs(self) -> dict[str, list[Paragraph]]:
        data, nothing = self.data, [Paragraph("", self._say("not_recorded"))]
        found = {
            f"{FORM}.documentation": [Paragraph("", text) for text in data.documentation or (self._say("none"),)],
            f"{FORM}.summary": self._attributed(data.summary),
            f"{FORM}.voice_of_parents": self._attributed(data.voice_of_parents) or nothing,
            f"{FORM}.good_practice": self._attributed(data.good_practice) or nothing,
            f"{FORM}.learning_themes": self._attributed(data.learning) or nothing,
        }
        for number, child in enumerate(data.children, 1):
            found[f"{FORM}.children.{number}.voice"] = self._attributed(child.voice)
        return found

    def _attributed(self, said: tuple[Attributed, ...]) -> list[Paragraph]:
        return [Paragraph(self._lead(one), one.text) for one in said]

    def _lead(self, one: Attributed) -> str:
        if not one.organisation:
            return ""
        if not one.returned_on:
            return self.words.say("documents_review.attributed_undated", organisation=one.organisation) + " "
        return self.words.say("documents_review.attributed", organisation=one.organisation, date=one.returned_on) + " "


def _row(one: msgspec.Struct, *names: str) -> Row:
    return {name: str(getattr(one, name)) for name in names}


def _only(group: str, nothing: str) -> tuple[Row, ...]:
    """A single row that says that there is none."""
    first = {"not_asked": "service", "learning": "theme"}.get(group, "organisation")
    return ({first: nothing},) if nothing else ()
