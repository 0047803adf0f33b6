"""Journeys are asserted like tests: what they found is shown."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    "tests.parity.asking",
    "tests.parity.both",
    "tests.parity.both_asking",
    "tests.parity.both_review",
    "tests.parity.both_steps",
    "tests.parity.chasing",
    "tests.parity.own_ways",
    "tests.parity.referring",
    "tests.parity.running",
    "tests.parity.talking",
)
