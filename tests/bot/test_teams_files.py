"""Files in Teams: those that came with a message are read, those that were taken are put; nothing else is spoken to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from form_reader import forms
from one_drive import one_drive
from teams_kit import LOCAL, PRODUCTION, FakeHouse, open_door, payload
from teams_sending import sending

from bot.doors import NotDelivered
from bot.dropped import LARGEST
from bot.http import pooled_session
from bot.teams.addresses import holds_files
from bot.teams.codec import said_in
from bot.teams.files import TeamsFiles
from bot.teams.wire import Refused, read_activity
from dialogs.reply import FileRef, Parcel, Reply, Upload
from dialogs.turn import Consented, Dropped, Said, Text
from state.changes import Kind
from templates.profile import profile_folder

FORM = (profile_folder("north-somerset") / "documents" / "scoping.docx").read_bytes()
DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
ATTACKS = (
    "http://contoso.sharepoint.com/form.docx",
    "https://contoso.sharepoint.com:8443/form.docx",
    "https://user@contoso.sharepoint.com/form.docx",
    "https://contoso.sharepoint.com@evil.example/form.docx",
    "https://evilsharepoint.com/form.docx",
    "https://contoso.sharepoint.com.evil.example/form.docx",
    "https://evil.example/contoso.sharepoint.com",
    "https://evil.example\\.sharepoint.com/form.docx",
    "https://evil.example#.sharepoint.com/",
    "https://evil.example?.sharepoint.com/",
    "https://contoso.sharepoint.com./form.docx",
    "https://.sharepoint.com/form.docx",
    "https://con toso.sharepoint.com/",
    "https://contoso.sharepoint.com/\r\nHost: evil.example",
    "https://xn--e1awd7f.example/.sharepoint.com",
    "https://[::1].sharepoint.com/",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/form.docx",
    "file:///etc/passwd",
    "//contoso.sharepoint.com/form.docx",
    "contoso.sharepoint.com",
    "",
)


@pytest.mark.parametrize("url", ATTACKS)
def test_addresses_that_are_nobodys_onedrive(url: str) -> None:
    assert not holds_files(url, PRODUCTION)


@pytest.mark.parametrize("url", [*ATTACKS[1:], "http://127.0.0.1.evil.example/", "http://evil.example@127.0.0.1/"])
def test_on_one_machine_they_are_not_either(url: str) -> None:
    assert holds_files(url, LOCAL) is False


def test_addresses_that_are() -> None:
    for url in (
        "https://contoso.sharepoint.com/a/b?tempauth=eyJ0.e-_~%20x&x=1",
        "https://contoso-my.sharepoint.com:443/personal/test_contoso_com/_api/v2.0/drive/items/01/uploadSession?guid='a-b'",
    ):
        assert holds_files(url, PRODUCTION)
    assert not holds_files("http://127.0.0.1:8000/", PRODUCTION)
    assert holds_files("http://127.0.0.1:8000/", LOCAL)


def attached(*files: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A message with files at those addresses."""
    one = {"contentType": DOWNLOAD, "content": {"fileType": "docx", "uniqueId": "1"}}
    found = [{**one, "name": name, "content": {**one["content"], "downloadUrl": url}} for name, url in files]  # type: ignore[dict-item]
    return payload("message_file") | {"attachments": [*found, *more.pop("beside", [])], **more}


async def taken(activity: dict[str, Any]) -> list[Said]:
    """What our door makes of it, as turns."""
    house = FakeHouse()
    async with open_door(LOCAL, house=house) as door:
        answer = await door.client.post("/api/messages", json=activity)
        assert answer.status == 200
    assert len({turn.id for turn in house.turns}) == len(house.turns)
    return [turn.said for turn in house.turns]


def problems(said: list[Said]) -> list[str]:
    return [one.problem for one in said if isinstance(one, Dropped)]


async def test_a_form_that_was_dropped_is_read_and_is_a_turn_of_its_own() -> None:
    async with one_drive() as (drive, site):
        drive.files["form.docx"] = FORM
        activity = attached(("Test form.docx", f"{site}/download/form.docx"), text="here it is")
        text, form = await taken(activity)
        assert text == Text("here it is")
        assert isinstance(form, Dropped)
        assert (form.name, form.form, form.problem) == ("Test form.docx", "scoping", "")
        assert form.tags
        assert drive.asked == ["/download/form.docx"]


async def test_several_files_are_several_turns_with_ids_that_come_again() -> None:
    async with one_drive() as (drive, site):
        drive.files |= {"a.docx": FORM, "b.txt": b"no form"}
        activity = attached(("a.docx", f"{site}/download/a.docx"), ("b.txt", f"{site}/download/b.txt"))
        ids = []
        for _ in range(2):
            house = FakeHouse()
            async with open_door(LOCAL, house=house) as door:
                await door.client.post("/api/messages", json=activity)
            ids.append([turn.id for turn in house.turns])
            assert problems([turn.said for turn in house.turns]) == ["", "not_word"]
        assert ids[0] == ids[1]
        assert [one.rpartition(":")[2] for one in ids[0]] == ["1", "2"]
        assert all(activity["id"] in one for one in ids[0])


async def test_more_than_five_files_are_said_to_be_too_many() -> None:
    async with one_drive() as (drive, site):
        drive.files["a.txt"] = b"no form"
        said = await taken(attached(*[("a.txt", f"{site}/download/a.txt")] * 7))
        assert problems(said) == ["not_word"] * 5 + ["too_many"]
        assert len(drive.asked) == 5


async def test_an_address_that_is_not_ours_is_asked_for_nothing() -> None:
    async with one_drive() as (drive, site):
        port = site.rpartition(":")[2]
        urls = [url for url in ATTACKS if url.startswith("http")]
        urls += [f"http://evil@127.0.0.1:{port}/download/a.txt", f"https://127.0.0.1:{port}/download/a.txt"]
        for url in urls[1:]:
            assert problems(await taken(attached(("a.txt", url)))) == ["not_ours"], url
        assert drive.asked == []


@pytest.mark.parametrize(
    "content", [None, "text", {}, {"downloadUrl": 7}, {"downloadUrl": ["https://contoso.sharepoint.com/"]}]
)
async def test_a_file_without_an_address_is_said_not_to_be_read(content: object) -> None:
    file = {"contentType": DOWNLOAD, "name": "form.docx", "content": content}
    assert problems(await taken(payload("message_file") | {"attachments": [file]})) == ["not_ours"]


async def test_a_redirect_is_not_followed() -> None:
    async with one_drive() as (drive, site):
        drive.files["form.docx"] = FORM
        assert problems(await taken(attached(("form.docx", f"{site}/elsewhere")))) == ["not_fetched"]
        assert drive.asked == ["/elsewhere"]


async def test_what_is_gone_or_cannot_be_reached_is_said() -> None:
    async with one_drive() as (_, site):
        assert problems(await taken(attached(("form.docx", f"{site}/download/gone.docx")))) == ["not_fetched"]
    assert problems(await taken(attached(("form.docx", f"{site}/download/gone.docx")))) == ["not_fetched"]


async def test_a_file_that_is_too_large_is_not_read_to_its_end() -> None:
    async with one_drive() as (drive, site):
        drive.files["large.docx"] = b"x" * (LARGEST + 1)
        files = (("large.docx", f"{site}/download/large.docx"), ("endless.docx", f"{site}/endless"))
        assert problems(await taken(attached(*files))) == ["too_large", "too_large"]


IMAGE = {"contentType": "image/png", "contentUrl": "https://smba.trafficmanager.net/amer/v3/attachments/1/views/original"}
HTML = {"contentType": "text/html", "content": "<p>refer a child</p>"}


async def test_what_is_not_read_is_said_once_and_a_layout_beside_a_text_is_no_file() -> None:
    assert await taken(payload("message_file") | {"text": "refer a child", "attachments": [HTML]}) == [Text("refer a child")]
    said = await taken(payload("message_file") | {"text": "look", "attachments": [HTML, IMAGE, IMAGE]})
    assert said[0] == Text("look")
    assert problems(said) == ["not_read"]
    assert problems(await taken(payload("message_file") | {"attachments": [HTML]})) == ["not_read"]
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}
    assert problems(await taken(payload("message_file") | {"attachments": [card]})) == ["not_read"]


async def test_in_a_channel_no_file_is_fetched() -> None:
    async with one_drive() as (drive, site):
        drive.files["form.docx"] = FORM
        conversation = payload("message_channel_mention")["conversation"]
        activity = attached(("form.docx", f"{site}/download/form.docx"), conversation=conversation, text="here")
        said = await taken(activity)
        assert problems(said) == ["in_a_channel"]
        assert drive.asked == []


def consent(name: str, **value: Any) -> Said | None:
    activity = payload(name)
    activity["value"] |= value
    return said_in(read_activity(json.dumps(activity).encode()))


def test_a_yes_says_which_document_and_where_and_a_no_says_which() -> None:
    yes = consent("invoke_file_accept")
    assert isinstance(yes, Consented)
    assert (yes.what, yes.case, yes.card) == ("referral", "case-1", "1575667808185")
    assert yes.upload is not None
    assert (yes.upload.url, yes.upload.kind) == ("https://upload.link", "txt")
    no = consent("invoke_file_decline")
    assert no == Consented(what="referral", case="case-1", card="1575667808185")


@pytest.mark.parametrize(
    "value",
    [
        {"action": "maybe"},
        {"context": {}},
        {"context": {"cspr": {"case": "case-1"}}},
        {"context": {"cspr": {"what": ["referral"]}}},
        {"context": {"cspr": {"what": "x" * 201}}},
        {"uploadInfo": None},
        {"uploadInfo": {"uploadUrl": 7}},
        {"uploadInfo": {"uploadUrl": "https://contoso.sharepoint.com/" + "x" * 4_000, "contentUrl": "", "name": ""}},
    ],
)
def test_an_answer_of_another_shape_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        consent("invoke_file_accept", **value)


def test_a_no_does_not_say_where() -> None:
    with pytest.raises(Refused):
        consent("invoke_file_accept", action="decline")


async def test_the_door_takes_a_yes_and_answers_it() -> None:
    house = FakeHouse()
    async with open_door(LOCAL, house=house) as door:
        answer = await door.client.post("/api/messages", json=payload("invoke_file_accept"))
        assert (answer.status, await answer.json()) == (200, {})
    assert [type(turn.said) for turn in house.turns] == [Consented]


PARCEL = Parcel("NS-2026-0001 1a Referral v1.docx", FORM)


def giving(upload: Upload | None = None) -> Reply:
    file = FileRef(what="referral", case="case-1", upload=upload)
    return Reply(text="This is a copy.", preview="A message for you.", file=file, parcel=PARCEL)


def where(site: str, ticket: str = "t1") -> Upload:
    seen = f"{site}/seen/a.docx"
    return Upload(url=f"{site}/upload/{ticket}", seen_at=seen, name="a.docx", id="1150D938", kind="docx")


async def test_a_file_is_offered_in_a_card_that_holds_nothing_of_it() -> None:
    async with sending() as door:
        await door.send(giving(), kind=Kind.FILE)
        [(_, _, body)] = door.connector.log
        assert body["summary"] == "A message for you."
        ours = {"cspr": {"what": "referral", "case": "case-1"}}
        assert body["attachments"] == [
            {
                "contentType": "application/vnd.microsoft.teams.card.file.consent",
                "name": PARCEL.name,
                "content": {
                    "description": "A copy for you. If you take it, it is kept in your own OneDrive until you delete it.",
                    "sizeInBytes": len(FORM),
                    "acceptContext": ours,
                    "declineContext": ours,
                },
            }
        ]


async def test_a_file_that_was_taken_is_put_and_then_shown() -> None:
    async with sending() as door, one_drive() as (drive, site):
        await door.send(giving(where(site)), kind=Kind.FILE)
        assert drive.put == {"t1": FORM}
        first, second = [body for _, _, body in door.connector.log]
        assert first["text"] == "This is a copy."
        assert second["attachments"] == [
            {
                "contentType": "application/vnd.microsoft.teams.card.file.info",
                "contentUrl": f"{site}/seen/a.docx",
                "name": "a.docx",
                "content": {"uniqueId": "1150D938", "fileType": "docx"},
            }
        ]


async def test_a_place_that_is_gone_is_told_and_nothing_is_said_to_be_there() -> None:
    async with sending() as door, one_drive() as (_, site):
        told = await door.fault(reply=giving(where(site, "gone")), kind=Kind.FILE)
        assert (told.reason, told.again_after, told.uncertain) == ("delivery.file_no_place", None, False)
        assert door.connector.log == []


@pytest.mark.parametrize(
    ("status", "reason", "again"),
    [(503, "delivery.throttled", True), (429, "delivery.throttled", True), (302, "delivery.refused", False)],
)
async def test_what_onedrive_answers_is_told(status: int, reason: str, again: bool) -> None:
    async with sending() as door, one_drive() as (drive, site):
        drive.statuses.append(status)
        told = await door.fault(reply=giving(where(site)), kind=Kind.FILE)
        assert (told.reason, told.again_after is not None) == (reason, again)


@pytest.mark.parametrize("url", ATTACKS[1:])
async def test_a_file_is_put_nowhere_else(url: str) -> None:
    async with pooled_session() as session:
        with pytest.raises(NotDelivered, match=r"delivery\.address_not_allowed"):
            await TeamsFiles(LOCAL, session, forms()).put(Upload(url=url), FORM)


async def test_an_address_we_do_not_know_is_not_shown() -> None:
    async with sending() as door, one_drive() as (drive, site):
        strange = Upload(url=f"{site}/upload/t1", seen_at="https://evil.example/a.docx", name="a.docx")
        await door.send(giving(strange), kind=Kind.FILE)
        assert drive.put == {"t1": FORM}
        assert "evil.example" not in str(door.connector.log)


async def test_a_file_that_is_there_is_not_put_again_because_a_message_failed() -> None:
    from fake_connector import answers

    async with sending() as door, one_drive() as (drive, site):
        door.connector.faults.append(answers(503))
        assert await door.send(giving(where(site)), kind=Kind.FILE) == ""
        assert drive.put == {"t1": FORM}


def test_the_app_says_that_it_takes_files() -> None:
    manifest = json.loads((Path(__file__).parents[2] / "manifest" / "teams" / "manifest.json").read_text())
    assert [bot["supportsFiles"] for bot in manifest["bots"]] == [True]
