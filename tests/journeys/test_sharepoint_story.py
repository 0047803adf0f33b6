"""A case whose libraries are in SharePoint: people write in Word there, talk here, and SharePoint has its own ways."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from asked import RETURN, fills_in_windows, member, opens, sends, window_text
from delivery_steps import did_it_reach, ledger
from fake_graph import TOKEN
from graph_book import Library
from graph_faults import Trouble
from graph_json import web_url
from libraries import printer
from library_steps import heard, last
from review_steps import ready, returned
from scoping_steps import REFERENCE, asked, case_of, choose, everything_in_channels, id_of, referred, requests_of, send, vetted
from sharepoint_steps import FORM, PACK, POLICE, TRUST, SharePointStory, filling, in_sharepoint, says, writing
from story import text_of
from test_files_offered import parcels
from test_one_file import wanted

from state.chains import HistoryRow
from state.changes import Kind, OutboxRow

SUMMARY = "Police were called to the home twice."
FIRST = {"scoping.involvement": "Known", "scoping.summary": "Police were called."}
MORE = {
    "scoping.summary": SUMMARY,
    "scoping.children.1.voice": "She asked whether she had to go home.",
    "scoping.professionals.1.role": "Constable",
    "scoping.professionals.1.name": "Test Officer One",
}
IN_WORD = ("involvement", "summary", "children.1.voice", "professionals")
REST = {path: value for path, value in RETURN.items() if not path.startswith(IN_WORD)}
SECOND = PACK.replace(" v1", " v2")
LETTER = f"{REFERENCE}/03 Requests/18 fire/{REFERENCE} 2a Letter fire v1.docx"
BLANK = f"{REFERENCE}/03 Requests/18 fire/{REFERENCE} 2 Form fire v1.docx"
REFERRAL = f"{REFERENCE}/01 Referral/{REFERENCE} 1a Referral v1.docx"
BY_HAND = "A sentence that the coordinator wrote in Word."
WRITES = {"create_folder": 3, "put_content": 4, "fields": 4}
"""Calls that write, and how many of each are carried out without an answer."""
NEWS = ("library_changed", "form_left", "file_not_read", "filed_beside", "file_waits")


async def told(story: SharePointStory) -> list[HistoryRow]:
    """What was told of the libraries so far, as the history has it."""
    rows = await story.parts.store.history(f"case:{(await case_of(story)).id}")
    return [row for row in rows if row.kind in NEWS]


def heard_one_by_one(story: SharePointStory, place: str = "channel:coordinators") -> list[str]:
    """What was said in a place, message by message."""
    return [text_of(reply) for reply in story.channel.said[place]]


def shelves(story: SharePointStory) -> list[tuple[str, Library]]:
    """Each library, with what stands in front of its paths in the ledger."""
    return [("", story.cases), *((f"{name}:", library) for name, library in story.own.items())]


async def documents(story: SharePointStory) -> list[OutboxRow]:
    """The rows of documents."""
    return [row for row in await ledger(story) if row.send.kind is Kind.DOCUMENT]


async def test_a_form_filled_in_in_sharepoint_becomes_the_return_that_is_accepted(tmp_path: Path) -> None:
    async with in_sharepoint(tmp_path) as story:
        await asked(story, POLICE, TRUST, "fire")
        request = (await requests_of(story))[POLICE]
        story.graph.items.settle()
        await story.later(minutes=20)
        assert await told(story) == [], "what is ours is told to nobody, whatever SharePoint does to it"

        library, lead = story.own[POLICE], story.hands("police-lead")
        lead.open(library, FORM)
        lead.edit(library, FORM, filling(FIRST))
        await story.later(minutes=4)
        lead.edit(library, FORM, filling(MORE))
        await story.later(minutes=4)
        lead.look(library, FORM)
        lead.close(library, FORM)
        await story.later(minutes=10)
        assert heard(story, "channel:police").count("answers read") == 1
        assert "5 answers read, 0 unclear." in last(story, "channel:police")
        assert "5 answers read, 0 unclear." in last(story, "police-lead")
        assert f"{REFERENCE}: Test Police left its form in its library. 5 answers read, 0 unclear." in last(story)
        [left] = [row for row in await told(story) if row.kind == "form_left"]
        assert left.what["by"] == id_of(story, "police-lead")
        lead.set_columns(library, FORM, CSPRState="Read")
        story.graph.items.settle()
        await story.later(minutes=20)
        assert heard(story, "channel:police").count("answers read") == 1, "other columns, and other tags, are no other answers"

        await member(story, "second-lead", POLICE, "agency_lead")
        story.as_("police-lead", in_channel=POLICE)
        await opens(story, "open_request", request.id)
        await sends(story, "begin_return")
        await fills_in_windows(story, REST)
        assert "waits for: Test Second Lead" in (await sends(story, "window_send")).closed_text
        story.as_("second-lead", in_channel=POLICE)
        shown = window_text(await opens(story, "sign_off", request.id))
        while story.window.submit and story.window.submit.action == "sign_off":
            shown += window_text(await sends(story, "sign_off"))
        assert SUMMARY in shown
        assert MORE["scoping.children.1.voice"] in shown
        await sends(story, "sign_return")
        answered = (await requests_of(story))[POLICE]
        assert (answered.state, answered.author) == ("returned", id_of(story, "police-lead"))

        story.as_("coordinator")
        await story.press_raw("accept_return", request.id)
        await story.says(f"build the pack for {REFERENCE}")
        story.graph.items.settle()
        await story.later(minutes=20)
        assert (await requests_of(story))[POLICE].state == "accepted"
        assert PACK in says(story.cases, SUMMARY)
        assert says(story.own[TRUST], SUMMARY) == []
        assert says(library, SUMMARY) == [FORM]
        assert {path.partition(" 2")[0] for path in story.own[TRUST].files()} == {f"{REFERENCE}/{REFERENCE}"}
        assert len(await told(story)) == 1, "and nothing of ours was told of again"


async def test_a_pack_that_somebody_has_open_waits_and_then_lies_beside_what_they_wrote(tmp_path: Path) -> None:
    async with in_sharepoint(tmp_path, office=printer(tmp_path)) as story:
        case, cases, coordinator = await ready(story), story.cases, story.hands("coordinator")
        await story.as_("coordinator").press_raw("pack", case.id)
        story.graph.items.settle()
        await story.later(hours=1)
        assert await told(story) == []

        coordinator.open(cases, PACK)
        await returned(story, case, "housing", "housing")
        await story.press_raw("pack", case.id)
        assert f"{REFERENCE}: the rapid review report waits, because somebody has it open." in last(story)
        await story.later(hours=1)
        assert [row.kind for row in await told(story)] == ["file_waits"], "said once"
        assert SECOND not in cases.files()

        coordinator.edit(cases, PACK, writing(BY_HAND))
        coordinator.close(cases, PACK)
        await story.later(hours=1)
        beside = next(one for one in heard_one_by_one(story) if "so the new one is version 2 beside it" in one)
        assert "Changed by hand in version 1\nRecords and independence\nNew in version 2\n" in beside
        assert says(cases, BY_HAND) == [PACK]
        assert SECOND.replace(" v2", " v2 what differs") in cases.files()
        card = (await story.says(f"documents of {REFERENCE}")).card
        assert card is not None
        assert [link.url for link in card.links] == [web_url(cases, one) for one in map(cases.at, (SECOND, PACK)) if one]

        coordinator.edit(cases, SECOND, writing(BY_HAND))
        await story.later(hours=1)
        await wanted(story, case, "rapid_review_pdf")
        [pdf] = parcels(story, "coordinator")
        with zipfile.ZipFile(io.BytesIO(pdf.content)) as printed:  # The printer adds what it was given to the end of its file.
            assert BY_HAND in printed.read("word/document.xml").decode()
        story.graph.items.settle()
        await story.later(hours=1)
        kinds = [row.kind for row in await told(story)]
        assert kinds == ["file_waits", "filed_beside", "library_changed", "library_changed"]


async def test_sharepoint_is_away_for_six_hours_in_the_middle_of_a_round_and_everything_arrives_once(tmp_path: Path) -> None:
    async with in_sharepoint(tmp_path, answers_in=0.3) as story:
        faults = story.graph.faults
        await referred(story)
        faults.always("", Trouble(status=503, retry_after=1200))
        await choose(story, POLICE, TRUST, "fire")
        await vetted(story)
        await send(story)
        assert {one.state for one in (await requests_of(story)).values()} == {"sent"}
        calls = len(story.graph.log)
        await story.later(minutes=19)
        assert len(story.graph.log) == calls, "it is left alone for as long as it wants"
        await story.later(minutes=100)
        assert "The document library could not be reached. We will try again soon." in await did_it_reach(story)

        faults.clear()
        faults.always("delta", "cut body")
        for kind, times in WRITES.items():
            faults.at(kind, "timeout acted", times=times)
        await story.restart()
        await story.later(hours=2)
        for kind, times in WRITES.items():
            faults.at(kind, "cut after", times=times)
        story.as_("coordinator")
        await choose(story, "probation")
        await vetted(story)
        await send(story)
        assert len(await requests_of(story)) == 4
        await story.later(hours=2)

        faults.clear()
        await story.later(minutes=40)
        rows = await documents(story)
        assert {row.status.value for row in rows} == {"sent"}
        there = [f"{shelf}{path}" for shelf, library in shelves(story) for path in library.files()]
        assert Counter(there) == Counter(row.remote_id for row in rows), "each is there, and once"
        assert all(" v1." in path for path in there)
        assert "could not be reached" not in await did_it_reach(story)
        story.graph.items.settle()
        await story.later(minutes=20)
        assert await told(story) == []
        assert {trouble.name for _, _, trouble in faults.made} == {"503", "hang acted", "cut_after", "cut_body"}


async def test_what_is_done_in_the_library_is_told_once_whatever_became_of_the_mark(tmp_path: Path) -> None:
    async with in_sharepoint(tmp_path) as story:
        await asked(story, POLICE, "fire")
        story.graph.items.settle()
        await story.later(minutes=20)
        cases, manager = story.cases, story.hands("manager")
        before = len(heard_one_by_one(story))
        manager.rename(cases, LETTER, "Their old letter.docx")
        manager.move(cases, REFERRAL, f"{REFERENCE}/Old papers")
        manager.add(cases, f"{REFERENCE}/Chronology.pdf", b"%PDF-1.7")
        deleted = manager.delete(cases, BLANK)
        for _ in range(2):
            await story.later(minutes=20)
        [several] = heard_one_by_one(story)[before:]
        assert several.startswith(f"{REFERENCE}: people did 4 things in the library.\n")
        assert {line.partition(". ")[2] for line in several.splitlines()[1:5]} == {
            "the referral form: Test Manager moved or renamed it in the library",
            "the scoping form for Test Fire and Rescue Service: somebody took it out of the library",
            "the scoping letter for Test Fire and Rescue Service: Test Manager moved or renamed it in the library",
            "a file: Test Manager put it into the library",
        }
        assert "[Make the scoping form again]" in several
        manager.restore(cases, deleted)
        await story.later(minutes=20)
        assert f"{REFERENCE}: Test Manager put the scoping form for Test Fire and Rescue Service into the library." in last(
            story
        )

        cases.oldest = cases.count + 1
        manager.delete(cases, f"{REFERENCE}/03 Requests/18 fire/Their old letter.docx")
        manager.add(cases, f"{REFERENCE}/Genogram.pdf", b"%PDF-1.7 a genogram")
        for _ in range(2):
            await story.later(minutes=20)
        assert len(heard_one_by_one(story)) == before + 3
        assert "the scoping letter for Test Fire and Rescue Service: somebody took it out of the library" in last(story)
        assert "a file: Test Manager put it into the library" in last(story)

        with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database, database:
            database.execute("DELETE FROM marks")
        manager.delete(cases, f"{REFERENCE}/Chronology.pdf")
        manager.edit(cases, f"{REFERENCE}/Old papers/{REFERENCE} 1a Referral v1.docx", writing(BY_HAND))
        for _ in range(2):
            await story.later(minutes=20)
        assert len(heard_one_by_one(story)) == before + 4
        assert "the referral form: Test Manager changed it in the library" in last(story)
        assert "a file: somebody took it out of the library" in last(story)
        assert "Chronology" not in everything_in_channels(story)

        manager.rename(cases, REFERENCE, "The year before")
        await story.later(minutes=20)
        assert len(heard_one_by_one(story)) == before + 4, "SharePoint tells of the folder, and of nothing in it"
        story.hands("coordinator").edit(cases, f"The year before{BLANK.removeprefix(REFERENCE)}", writing(BY_HAND))
        await story.later(minutes=20)
        assert f"{REFERENCE}: Test Coordinator changed the scoping form for Test Fire and Rescue Service" in last(story)
        manager.delete(cases, f"The year before{BLANK.removeprefix(REFERENCE)}")
        await story.later(minutes=20)
        assert f"{REFERENCE}: somebody took the scoping form for Test Fire and Rescue Service out of" in last(story)


async def test_permission_is_taken_away_and_a_token_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    async with in_sharepoint(tmp_path) as story:
        await referred(story)
        site, agencies = story.cases.site, story.own[POLICE].site
        story.graph.grant(site, "read")
        story.graph.grant(agencies, "")
        await choose(story, POLICE, "fire")
        await vetted(story)
        await send(story)
        assert {row.reason for row in await documents(story) if row.status.value == "queued"} == {"delivery.library_denied"}
        assert (await did_it_reach(story)).count(
            "Its letter and form: Not sent yet. The document library does not let the assistant in"
        ) == 2
        await story.later(hours=3)
        assert list(story.cases.files()) == [REFERRAL]
        story.graph.grant(site, "write")
        await story.later(minutes=30)
        assert {LETTER, BLANK} <= story.cases.files().keys()
        assert not story.own[POLICE].files(), "each library by itself"
        story.graph.grant(agencies, "write")
        story.credential.token = "refused"
        await story.restart()
        await story.later(minutes=30)
        said = await did_it_reach(story)
        assert said.count("Its letter and form: Not sent yet. The document library does not let the assistant in") == 1
        story.credential.token = TOKEN
        await story.later(minutes=30)
        assert FORM in story.own[POLICE].files()
        assert {row.status.value for row in await documents(story)} == {"sent"}
        story.graph.items.settle()
        await story.later(minutes=20)
        assert await told(story) == []
