"""Our cards drawn by Microsoft's renderer in Chromium, in light, dark and high contrast."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from node_tools import needed, run_js
from sample_cards import HOSTILE, drawn

pytestmark = [pytest.mark.needs_node, pytest.mark.needs_browser]
SHOTS = Path(__file__).parents[2] / "out" / "cards"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    needed(browser=True)
    file = tmp_path_factory.mktemp("cards") / "cards.json"
    few = {name: card for name, card in drawn().items() if not name.startswith("long") or name in ("long-0", "long-1")}
    wrong = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "Input.Text", "id": "x", "placeholder": "bare", "style": "wrong"}],
    }
    file.write_text(json.dumps({**few, "wrong": wrong}))
    told: dict[str, dict[str, Any]] = json.loads(run_js("render_cards.js", str(file), str(SHOTS)))
    return told


def shades(report: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name} {shade}", seen) for name, each in report.items() if name != "wrong" for shade, seen in each.items()]


def test_the_renderer_knows_every_element(report: dict[str, dict[str, Any]]) -> None:
    assert [(name, seen["events"]) for name, seen in shades(report) if seen["events"]] == []


def test_nothing_is_in_the_way_of_a_screen_reader(report: dict[str, dict[str, Any]]) -> None:
    assert [(name, seen["axe"]) for name, seen in shades(report) if seen["axe"]] == []
    assert min(seen["checked"] for _, seen in shades(report)) > 3


def test_every_input_has_a_label_that_can_be_seen(report: dict[str, dict[str, Any]]) -> None:
    assert [(name, seen["bare"]) for name, seen in shades(report) if seen["bare"]] == []


def test_what_was_typed_is_shown_as_it_was_typed(report: dict[str, dict[str, Any]]) -> None:
    for name, seen in shades(report):
        assert [link for link in seen["links"] if 'src="data:image/png' not in link] == [], name
    for line in HOSTILE.split("\n"):
        assert line in report["reply"]["light"]["text"]


def test_titles_are_headings(report: dict[str, dict[str, Any]]) -> None:
    assert report["reply"]["light"]["headings"] == 2


def test_a_picture_is_drawn_from_the_card_itself_and_said_in_words(report: dict[str, dict[str, Any]]) -> None:
    for shade in ("light", "dark", "contrast"):
        [image] = report["picture"][shade]["links"]
        assert 'src="data:image/png;base64,' in image
        assert 'alt="The dates of NS-2026-0007 as bars.' in image
    assert [name for name, seen in shades(report) if seen["links"] and not name.startswith("picture")] == []


def test_the_checks_see_a_bad_card(report: dict[str, dict[str, Any]]) -> None:
    assert report["wrong"]["light"]["bare"]
    assert report["wrong"]["light"]["events"]
