"""What the Slack door needs to know. The wiring fills it from the settings; nothing here reads the environment."""

from __future__ import annotations

from pathlib import Path

import msgspec

API_URL = "https://slack.com/api/"
FILE_SITES = frozenset({"files.slack.com"})
"""Where files are fetched from and put, and nowhere else. Source: docs.slack.dev, "Working with files"."""
ANSWER_SITES = frozenset({"hooks.slack.com"})
"""Where an answer to one interaction is sent. Source: docs.slack.dev, "Handling user interaction"."""


class SlackSettingsError(Exception):
    """A setting that would let anybody in, or nobody. Says which one and what to do."""


class SlackSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are in Slack, whom we believe and where we may speak.

    `workspaces` are the ids of those whose people are taken. Secrets are files, read at each start: `signing_secret_file`
    holds the app's signing secret, `tokens_file` a line for each workspace with its id and our bot token there, and
    `app_token_file` the app's own token, with which we connect to Slack and need no public address (Socket Mode).
    `api_url`, `file_sites` and `answer_sites` are other ones in tests alone.
    """

    workspaces: frozenset[str]
    tokens_file: Path
    signing_secret_file: Path | None = None
    app_token_file: Path | None = None
    api_url: str = API_URL
    file_sites: frozenset[str] = FILE_SITES
    answer_sites: frozenset[str] = ANSWER_SITES
