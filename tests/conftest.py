"""What every test shares: fixed seeds for hypothesis, and folders that go away."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("tests", derandomize=True, max_examples=60, deadline=None)
settings.load_profile("tests")
