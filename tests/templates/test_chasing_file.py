"""The reminders of a profile: what is shipped, and that a mistake is named with its line."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from state.policy import Counts, Says, To, Weekly
from templates.chasing_file import FOR, load_chasing
from templates.forms.yaml_lines import Mistake
from templates.profile import load_profile, profile_folder

FILE = profile_folder("north-somerset") / "chasing.yaml"


def test_the_ladder_of_a_return_is_the_one_that_was_agreed() -> None:
    policy = load_chasing(FILE)
    assert [(rung.counts, rung.number, rung.to) for rung in policy.ladders["scoping_return"]] == [
        (Counts.HOURS, 0, (To.ORGANISATION,)),
        (Counts.DUE, -2, (To.ORGANISATION,)),
        (Counts.DUE, 0, (To.ORGANISATION,)),
        (Counts.DUE, 1, (To.ORGANISATION,)),
        (Counts.DUE, 2, (To.SENIOR,)),
        (Counts.DUE, 3, (To.MANAGER,)),
    ]


def test_every_date_that_passes_is_told_to_the_manager_on_the_next_working_day_although_it_was_put_off() -> None:
    policy = load_chasing(FILE)
    for ladder in (policy.other, policy.at_once, policy.ladders["read_referral"]):
        passed = next(rung for rung in ladder if rung.says is Says.PASSED)
        assert (passed.counts, passed.number, passed.always) == (Counts.DUE, 1, True)
        assert To.MANAGER in passed.to


def test_the_digest_comes_on_monday_at_half_past_nine() -> None:
    assert load_chasing(FILE).digest == Weekly(day=0, at=time(9, 30))


def test_a_profile_brings_its_reminders() -> None:
    assert load_profile(FILE.parent).chasing == load_chasing(FILE)


def test_everything_that_can_be_said_can_be_said_to_somebody() -> None:
    assert set(FOR) == set(Says)
    assert all(FOR.values())


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ('from: "09:00"', 'from: "9 am"', "hours", "hours.from"),
        ('to: "17:00"', 'to: "08:00"', "hours:", "end before they begin"),
        ("day: monday", "day: sunday", "digest:", "digest.day"),
        ('at: "09:30"', 'at: "half nine"', "digest:", "digest.at"),
        ('at: "09:30"', 'at: "17:00"', "digest:", "comes in working hours only"),
        ('at: "09:30"', 'at: "08:59"', "digest:", "comes in working hours only"),
        ("says: after,", "says: shout,", "one_day_after", "says"),
        ("to: [senior]", "to: [everybody]", "id: senior", "to"),
        ("says: before, due: -2", "says: before", "two_days_before", "needs one of due, days or hours"),
        ("says: before, due: -2", "says: before, due: -2, days: 2", "two_days_before", "and only one"),
        ("id: on_the_day", "id: two_days_before", "says: on_the_day", "stands here twice"),
        ("says: draft, days: 2", "says: waits, days: 2", "id: first", "can only be said to"),
        ("says: senior", "says: sent", "id: senior", "sent can only be said to: organisation"),
        ("days: 5, to: [owner], once: true", "days: 5, to: [owner]", "id: second", "Write once: true"),
        ("\nother:", "\nothers:", "two_days_before", "others is not a known name"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, before: str, after: str, line: str, says: str) -> None:
    text = FILE.read_text(encoding="utf-8").replace(before, after, 1)
    path = tmp_path / "chasing.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Mistake, match=says) as caught:
        load_chasing(path)
    named = [int(one.removeprefix(f"{path}:").partition(":")[0]) for one in caught.value.lines]
    assert any(line in text.splitlines()[number - 1] for number in named)


def test_a_third_reminder_of_a_draft_is_refused(tmp_path: Path) -> None:
    more = "  - {id: third, says: draft, days: 9, to: [owner], once: true}\n\nwaiting:"
    path = tmp_path / "chasing.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("\nwaiting:", f"{more}", 1), encoding="utf-8")
    with pytest.raises(Mistake, match="drafts"):
        load_chasing(path)
