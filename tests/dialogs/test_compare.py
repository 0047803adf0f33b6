"""Where returns and the referral disagree: each question with who says what."""

from __future__ import annotations

from datetime import UTC, date, datetime

from memory_house import kit

from dialogs.returns.compare import Disagreement, disagreements
from state.records import AnswerRecord
from state.values import JSON
from templates.forms.filled import Filled

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, tzinfo=UTC)


def form(name: str, **answers: JSON) -> Filled:
    rows: dict[str, AnswerRecord] = {}
    for given, value in answers.items():
        path = given.replace("__", ".")
        state = "not_known" if value == "?" else "offered" if value == "offered" else "given"
        rows[path] = AnswerRecord(draft="d", path=path, state=state, value=value, by="t/x", at=AT)
    return Filled(kit().profile.shapes[name], rows)


def day(text: str, said: str = "") -> JSON:
    return {"said": said or text, "earliest": text, "latest": text, "precision": "day"}


def found(referral: Filled | None, *returns: tuple[str, Filled]) -> tuple[Disagreement, ...]:
    return disagreements(kit(), TODAY, ("Referral", referral) if referral else None, returns)


def test_what_they_say_alike_is_no_disagreement() -> None:
    referral = form("referral", children__1__name="Test  child One.", children__1__date_of_birth=day("2019-04-03", "3/4/19"))
    police = form("scoping", children__1__name="Test Child One", children__1__date_of_birth=day("2019-04-03"))
    assert found(referral, ("Police", police)) == ()


def test_each_says_what_it_says() -> None:
    referral = form("referral", children__1__ethnicity="white_british")
    police = form("scoping", children__1__ethnicity="mixed_other")
    school = form("scoping", children__1__ethnicity="white_british")
    (one,) = found(referral, ("Police", police), ("School", school))
    assert (one.path, one.label, one.child) == ("children.1.ethnicity", "Ethnicity", "")
    assert [says.who for says in one.says] == ["Referral", "Police", "School"]
    assert one.says[0].text == one.says[2].text != one.says[1].text


def test_not_known_and_unconfirmed_say_nothing() -> None:
    referral = form("referral", children__1__religion="Muslim")
    police = form("scoping", children__1__religion="?")
    school = form("scoping", children__1__religion="offered")
    assert found(referral, ("Police", police), ("School", school)) == ()


def test_two_returns_differ_without_the_referral() -> None:
    police = form("scoping", children__1__disability="None known")
    school = form("scoping", children__1__disability="Hearing loss")
    (one,) = found(None, ("Police", police), ("School", school))
    assert [says.text for says in one.says] == ["None known", "Hearing loss"]


def test_with_several_children_it_says_which() -> None:
    more: dict[str, JSON] = {
        "children__2": "added",
        "children__1__name": "Test Child One",
        "children__2__name": "Test Child Two",
    }
    referral = form("referral", children__2__sex="male", **more)
    police = form("scoping", children__2__sex="Female", **more)
    (one,) = found(referral, ("Police", police))
    assert (one.path, one.child) == ("children.2.sex", "Test Child Two")


def test_dates_of_another_precision_differ() -> None:
    referral = form("referral", children__1__date_of_birth=day("2019-04-03"))
    month: JSON = {"said": "April 2019", "earliest": "2019-04-01", "latest": "2019-04-30", "precision": "month"}
    (one,) = found(referral, ("Police", form("scoping", children__1__date_of_birth=month)))
    assert [says.text for says in one.says] == ["Wednesday 3 April 2019", "April 2019"]


def test_addresses_that_only_some_know() -> None:
    referral = form(
        "referral", children__1__address="1 Test Street, Testtown", family__1__name="A", family__1__address="2 Test Lane"
    )
    same = form("scoping", addresses__1__address="2 test lane", addresses__2__address="1 Test Street Testtown")
    more = form("scoping", addresses__1__address="9 Test Road")
    assert found(referral, ("Police", same)) == ()
    (one,) = found(referral, ("Police", same), ("School", more))
    assert one.path == "addresses"
    assert [(says.who, says.text) for says in one.says][-1] == ("School", "9 Test Road")


def test_who_gives_no_address_disagrees_with_nobody() -> None:
    referral = form("referral", children__1__address="1 Test Street")
    assert found(referral, ("Police", form("scoping"))) == ()
