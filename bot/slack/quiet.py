"""Logs of Slack's own libraries: at the lowest level they write down what is sent, and it holds what people typed."""

from __future__ import annotations

import logging


def quiet(name: str, least: int = logging.INFO) -> logging.Logger:
    """A logger for one of them, which never goes below that level, whatever the server's logs are set to."""
    log = logging.getLogger(name)
    log.setLevel(least)
    return log
