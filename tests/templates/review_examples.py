"""An invented rapid review: two children, 27 organisations, 12 returns. Test data: no real person or place."""

from __future__ import annotations

import msgspec
from referral_examples import FOLDER

from templates.documents.letters import Person
from templates.documents.pack_data import (
    Action,
    Answer,
    Appendix,
    Attributed,
    Fact,
    Grid,
    NilReturn,
    NotAsked,
    Outstanding,
    PackChild,
    PackData,
    Participant,
    Received,
    Said,
    Section,
    SignOff,
)
from templates.documents.panel_letter import PanelLetterFacts

DOCUMENTS = FOLDER / "documents"
PACK, LETTER = DOCUMENTS / "rapid_review.docx", DOCUMENTS / "panel_letter.docx"
AGENDA, SUPPLEMENTARY = DOCUMENTS / "agenda.docx", DOCUMENTS / "supplementary_letter.docx"
REFERENCE, EDITION, MADE = "NS-2026-0001", "Working Together 2018", "Wednesday 2 December 2026 at 09:00"
TUESDAY, MONDAY = "Tuesday 1 December 2026", "Monday 30 November 2026"
RETURNED = (
    "Police",
    "Test Medical Practice",
    "Test Community Health Trust (health visiting)",
    "Test Primary School",
    "Children's Social Care",
    "Test Hospitals NHS Trust",
    "SWAST (ambulance)",
    "Midwifery",
    "Housing",
    "Domestic Abuse Services",
    "Early Help",
    "Probation",
)
NIL = (
    "Fire & Rescue Service",
    "CAFCASS",
    "Youth Offending Service",
    "Adult Social Care",
    "LADO",
    "School Nursing Service",
    "Test Nursery",
    "Second Test Hospital Trust",
)
OUTSTANDING = (
    "Substance Misuse Services",
    "Adult Mental Health Services",
    "A&E/Minor Injuries Unit",
    "Perinatal Mental Health Community Service",
    "Test Voluntary Group",
)
NOT_ASKED = ("Other Local Authority", "Children & Young People Mental Health Service (CAMHS)")


def told(number: int) -> str:
    """A paragraph that can be told from every other."""
    return (
        f"We first knew the family in March 2024 (note {number}-a). Visits took place each month until summer. The mother spoke"
        f" of being tired and of having few people near (note {number}-b).\nAfter the move, two visits found nobody at home."
    )


def attributed(about: str, count: int = len(RETURNED)) -> tuple[Attributed, ...]:
    """What each organisation says on something."""
    return tuple(
        Attributed(name, TUESDAY if number % 2 else MONDAY, f"{about}. {told(number)}")
        for number, name in enumerate(RETURNED[:count])
    )


CHILD_DETAILS = Section(
    "1. Child and family details",
    (
        Answer("Name of child(ren):", "Test Child One\nTest Child Two"),
        Answer("Date of Birth:", "3 April 2019"),
        Answer("Associated Addresses:", "1 Test Street, Testtown"),
    ),
)
AGENCIES = Section(
    "3. Interagency working",
    (),
    (
        Grid(
            "Contact with other agencies",
            ("Agency", "In contact", "What is missing"),
            (("GP", "Yes", ""), ("Police", "No", "Call logs of May 2026"), ("Housing", "Not known", "")),
        ),
    ),
)
ANALYSIS = Section(
    "4. Analysis of involvement",
    (
        Answer("What has worked well?", "The same visitor came each time."),
        Answer("What are the learning points within your agency?", "Missed visits were not told to others."),
    ),
)


def appendix(organisation: str, number: int, rows: int = 10) -> Appendix:
    """A return in full."""
    return Appendix(
        organisation=organisation,
        returned_on=TUESDAY if number % 2 else MONDAY,
        version="1" if number else "2, corrected on Wednesday 2 December 2026",
        by=f"Test Author {number}, Named Nurse",
        signed_off_by=f"Test Lead {number}, Head of Safeguarding",
        sections=(CHILD_DETAILS, _involvement(number, rows), AGENCIES, ANALYSIS),
    )


def _involvement(number: int, rows: int) -> Section:
    events = tuple(
        (f"{day} October 2026", event(number, day), "The child was well.", "Test Child One") for day in range(1, rows + 1)
    )
    return Section(
        "2. Your agency involvement",
        (Answer("Reason for involvement", "Universal service"), Answer("Summary of involvement:", told(100 + number))),
        (
            Grid("Professionals", ("Role", "Name", "Started"), (("Health visitor", "Test Visitor", "March 2024"),)),
            Grid("Key events", ("Date", "What happened", "Impact on the child", "Which child"), events),
        ),
    )


def event(number: int, day: int) -> str:
    """An event that can be told from every other."""
    return f"Event {number}-{day}: a visit by two workers, and a talk about sleep and feeding."


CHILDREN = (
    PackChild(
        name="Test Child One",
        sex=Fact("Female"),
        gender_identity=Fact("Girl"),
        ethnicity=Fact("", (Said("Police", "White British"), Said("Test Medical Practice", "Black Caribbean and White"))),
        religion=Fact("None"),
        disability=Fact("A learning disability"),
        voice=attributed("Of the older child", 3),
    ),
    PackChild(
        name="Test Child Two",
        sex=Fact("Male"),
        gender_identity=Fact("Not known"),
        ethnicity=Fact("Black Caribbean and White"),
        religion=Fact("Not known"),
        disability=Fact("None"),
        voice=attributed("Of the younger child", 2),
    ),
)
SIGNED = (
    SignOff(partner="local_authority", name="Test Director", agreed="yes", date="Wednesday 9 December 2026"),
    SignOff(partner="icb", name="Test Chief Nurse", agreed="yes", date="Wednesday 9 December 2026"),
    SignOff(
        partner="police",
        name="Test Superintendent",
        agreed="no",
        date="Thursday 10 December 2026",
        dissent="A national review would reach further.",
    ),
)
DRAFT = PackData(
    reference=REFERENCE,
    edition=EDITION,
    generated_at=MADE,
    missing=("The police have not signed off.", "Rationale is empty.", "Five returns are outstanding."),
    children=CHILDREN,
    date="Wednesday 9 December 2026",
    participants=(
        Participant("North Somerset Council", "Test Director, Director of Children's Services"),
        Participant("Integrated care board", "Test Chief Nurse, Chief Nurse"),
        Participant("Test Constabulary", "Test Superintendent, Head of Public Protection"),
        Participant("Test Primary School", "Test Head, Head Teacher"),
    ),
    period_from="1 January 2024",
    period_to="Tuesday 17 November 2026",
    summary=attributed("Summary"),
    documentation=("The referral of Friday 20 November 2026", "12 returns, in the appendices", "8 nil returns"),
    summaries_from=tuple(
        Received(name, TUESDAY if number % 2 else MONDAY, f"Test Lead {number}") for number, name in enumerate(RETURNED)
    ),
    nil_returns=tuple(NilReturn(name, MONDAY, f"Test Keeper {number}") for number, name in enumerate(NIL)),
    outstanding=tuple(Outstanding(name, "Wednesday 25 November 2026", TUESDAY, "Opened, not returned") for name in OUTSTANDING),
    not_asked=tuple(NotAsked(name, "No sign of contact in any return") for name in NOT_ASKED),
    voice_of_parents=(
        Attributed("", "", "The mother was spoken to on Monday 30 November 2026. She asked who had known what."),
    ),
    good_practice=attributed("Good practice", 4),
    learning=attributed("Learning", 4),
    actions=tuple(
        Action(
            theme=f"Theme {number}: missed visits",
            action=f"Action {number}: agree by whom and how a missed visit is told to the other agencies within two days",
            organisation="Test Community Health Trust",
            lead=f"Test Lead {number}",
            deadline="Monday 1 March 2027",
            suggested_by="Police; Test Primary School",
        )
        for number in range(1, 8)
    ),
    criterion_harm="Test Child One was seriously harmed.",
    criterion_agencies="Missed visits were known to one agency only.",
    criterion_safeguarding="Neglect; domestic abuse in the home.",
    facts="The child was found at home by an ambulance crew.",
    family="Mother, father, two children.",
    immediate_safety="Both children live with their grandmother.",
    identity="The family's faith was not asked about.",
    processes="Section 47 enquiry, open.",
    returns=tuple(appendix(name, number) for number, name in enumerate(RETURNED)),
)
FINAL = msgspec.structs.replace(
    DRAFT,
    final=True,
    missing=(),
    opinion="meets",
    review_kind="local",
    rationale="Three agencies knew a part each. Nobody put the parts together.",
    sign_off=SIGNED,
)
SIGNATORY = Person(name="Test Director", role="Director of Children's Services, for the safeguarding partners")
CONTACT = Person(name="Test Coordinator", telephone="01632 960010", email="coordinator@example.org")
LETTER_FACTS = PanelLetterFacts(
    reference=REFERENCE,
    edition=EDITION,
    generated_at=MADE,
    letterhead=("North Somerset Safeguarding Children Partnership",),
    date="Thursday 10 December 2026",
    chair_name="Test Chair",
    signed_by=(SIGNATORY,),
    notification_received="Monday 23 November 2026",
    conclusion="local",
    endorsed_by="Test Scrutineer",
    contact=CONTACT,
)
