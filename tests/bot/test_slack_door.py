"""The Slack door, with our house behind it and a Slack in front of it that is as strict as the real one."""

from __future__ import annotations

from pathlib import Path

from our_slack import our_slack


async def test_somebody_writes_and_is_answered(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        answer = await practitioner.sees("begin_referral")
        assert answer.preview == "The assistant has replied."
        await practitioner.press(answer, "begin_referral")
        await slack.settle()
        assert "A referral here does not protect a child today." in practitioner.answers()[-1].words
