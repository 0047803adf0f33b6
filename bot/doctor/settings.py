"""Whether the settings can be used, and suit what they are for. Loading them comes first: `bot/doctor/examining.py`."""

from __future__ import annotations

from bot.doctor.finding import Finding, ok, refused, warning
from bot.doctor.subject import Subject
from bot.settings import Settings, SettingsRefused


def wrong_settings(problem: SettingsRefused) -> list[Finding]:
    """Each setting that is wrong."""
    return [refused(line) for line in problem.lines]


async def settings(subject: Subject) -> list[Finding]:
    """The settings are right by themselves; here is whether they suit the mode."""
    given = subject.settings
    if given.mode == "local" and _for_real(given):
        said = "This is local mode, with invented people, and services of a real partnership are set."
        return [warning(said, "Set CSPR_MODE=production before real people use it.")]
    if given.mode == "production" and subject.profile is not None and subject.profile.people:
        said = "The profile holds invented people, and this is production."
        return [warning(said, "Copy the profile to a folder of your own without people.yaml, and name it in CSPR_PROFILE.")]
    return [ok(f"All settings can be used ({given.mode} mode).")]


def _for_real(given: Settings) -> bool:
    return given.teams or given.slack or given.sharepoint
