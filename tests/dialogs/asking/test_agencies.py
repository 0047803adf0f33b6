"""Agencies as people name them: by id, name or group word, several at once, all of them, all but some, mistyped."""

from __future__ import annotations

import pytest

from dialogs.asking.agencies import ALL, agencies_in
from templates.profile import load_profile, profile_folder

NAMES = load_profile(profile_folder("north-somerset")).agencies
HEALTH = (
    *("gp", "midwifery", "health_visiting", "school_nursing", "camhs", "perinatal_mental_health", "adult_mental_health"),
    *("ambulance", "emergency_department", "hospital_trust"),
)
MENTAL = ("camhs", "perinatal_mental_health", "adult_mental_health")
COUNCIL = ("adult_social_care", "childrens_social_care", "early_help", "housing")
ONE = {
    "gp": "GP|GPs|the GP's|gp practice|doctors|the surgery|general practice",
    "midwifery": "midwives|the midwife|maternity|hospital midwifery|midwifry",
    "health_visiting": "health visitors|health visiting|the HV|HVs|health visitor's|health-visiting|heath visitors",
    "school_nursing": "school nursing|school nurses|the SN|school nurse's|school nursng",
    "camhs": "CAMHS|cahms|child and adolescent mental health|children's mental health",
    "perinatal_mental_health": "perinatal mental health|perinatal|perinatel mental helth",
    "adult_mental_health": "adult mental health|adult mental health services",
    "ambulance": "ambulance|SWAST|SWASFT|swasft's|the ambulance service|ambulence|paramedics",
    "emergency_department": "A&E|a & e|A and E|ED|minor injuries|emergency department|MIU|emergancy department",
    "domestic_abuse": "IDVA|idvas|DA|domestic abuse|women's aid|domestic violence service",
    "substance_misuse": "drug and alcohol|drugs & alcohol|substance misuse|the drug and alcohol team|substance missuse",
    "adult_social_care": "adult social care|adult services|ASC|adults' social care",
    "childrens_social_care": "CSC|social care|children's services|childrens services|Children’s Social Care|soical care",
    "early_help": "early help|the early help team",
    "youth_offending": "YOS|YOT|youth justice|youth offending|youth ofending|YOTs",
    "lado": "LADO|the LADO's request",
    "police": "police|the police|police's|POLICE|polise|polcie|pollice|constabulary|police officers",
    "fire": "fire|fire service|Fire & Rescue|fire and rescue|fire brigade|how is fire doing",
    "probation": "probation|probaton|probation's|probatoin",
    "cafcass": "Cafcass|cafcas|CAFCASS's",
    "education": "education|school|schools|nursery|nurseries|childcare|the primary school|edcuation|scool",
    "housing": "housing|houseing|housng|housing association|council housing",
    "hospital_trust": "hospital|the hospital|hospitals|hospital trust|hosptial|has the hospital replied",
    "other_local_authority": "other local authority|other council|neighbouring council|another local authority|other councils",
    "other": "other|how is other doing|and for other?",
}
SEVERAL = {
    "and for health?": HEALTH,
    "all the health agencies": HEALTH,
    "helth": HEALTH,
    "mental health": MENTAL,
    "mental health services": MENTAL,
    "the council": COUNCIL,
    "local authority": COUNCIL,
    "police and a&e": ("emergency_department", "police"),
    "housing, police and the GPs": ("gp", "police", "housing"),
    "Children's Social Care and Adult Social Care": ("adult_social_care", "childrens_social_care"),
    "camhs and mental health": MENTAL,
    "health and social care": (*HEALTH[:-1], "childrens_social_care", "hospital_trust"),
    "school nursing and school": ("school_nursing", "education"),
    "hv & sn": ("health_visiting", "school_nursing"),
    "polise and ambulanse": ("ambulance", "police"),
    "police but not probation": ("police",),
    "health, not police": HEALTH,
    "health except GPs": HEALTH[1:],
    "everyone in the council except housing": COUNCIL[:-1],
    "has everyone in health replied": HEALTH,
}
ALL_BUT = {
    "everyone but police": "police",
    "everybody except the police": "police",
    "all except health": "health",
    "all agencies except police and housing": "police|housing",
    "all but the council": "the council",
    "who hasn't replied apart from the GPs and CAMHS on NS-2026-0007": "gp|camhs",
    "who has not replied other than A&E": "a&e",
    "anyone but the health visitors": "health visiting",
    "everyone, but not police or fire": "police|fire",
    "excluding education": "education",
    "everyone exept polise": "police",
}
EVERYONE = ("all agencies", "what about all agencies?", "every agency", "everyone", "has everybody replied", "and for all?")
NONE = (
    "",
    "what is overdue",
    "other agencies",
    "has any other agency replied",
    "what about the others",
    "other cases",
    "each other",
    "educated",
    "house",
    "at home",
    "policy",
    "a place",
    "an agenda",
    "child in hospital",
    "hurt at school",
    "there was a house fire",
    "a fire at the house",
    "fire off a reminder",
    "he was fired",
    "the mental health of the mother",
    "public health",
    "for all cases",
    "child protection",
    "learned from it",
    "expect a reply",
    "safe",
    "camp",
)


@pytest.mark.parametrize(("agency", "text"), [(one, text) for one, texts in ONE.items() for text in (one, *texts.split("|"))])
def test_one_agency(agency: str, text: str) -> None:
    for asked in (text, f"chase {text} on NS-2026-0007 please"):
        found = agencies_in(asked, NAMES)
        assert found is not None, asked
        assert found.value == (agency,)


@pytest.mark.parametrize(("text", "agencies"), SEVERAL.items())
def test_several_in_the_order_of_document_2(text: str, agencies: tuple[str, ...]) -> None:
    found = agencies_in(text, NAMES)
    assert found is not None
    assert found.value == agencies


@pytest.mark.parametrize(("text", "without"), ALL_BUT.items())
def test_all_but_some(text: str, without: str) -> None:
    out = {agency for name in without.split("|") for agency in named(name)}
    assert named(text) == tuple(agency for agency in NAMES.order if agency not in out)


def named(text: str) -> tuple[str, ...]:
    found = agencies_in(text, NAMES)
    assert found is not None, text
    return found.value


@pytest.mark.parametrize("text", EVERYONE)
def test_all_agencies(text: str) -> None:
    assert named(text) == ALL


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_agency(text: str) -> None:
    assert agencies_in(text, NAMES) is None


def test_every_agency_has_a_row_here_and_every_id_is_a_name() -> None:
    assert tuple(ONE) == NAMES.order


def test_the_places_in_the_text_are_told_also_of_mistyped_names() -> None:
    text = "Is houseing or the probaton team late, and A & E?"
    found = agencies_in(text, NAMES)
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == ["houseing", "probaton", "A & E"]
