"""The client: nothing imported before it is needed, built once in a thread, within a budget, with a credential from a file."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sharepoint_credential import certificate
from sharepoint_kit import CASE, COLUMNS, LABEL, PATH, TENANT, Credential, ours, settings_of, storage_of

from bot.clock import MovableClock
from bot.library.storage import LibraryAway, LibraryDenied
from bot.sharepoint.addresses import holds_content, is_graph
from bot.sharepoint.budget import A_MINUTE, READ, WRITE, Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.credentials import Certificate, credential_of
from bot.sharepoint.settings import GRAPH, SharePointSettings, SharePointSettingsError

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SDK = ("msgraph", "msgraph_core", "kiota_abstractions", "kiota_http", "azure.core", "azure.identity", "httpx")
BUILT = f"""
import sys
from bot.clock import MovableClock
from bot.library.shelves import shelves_of
from bot.settings import Settings
library = "https://council.sharepoint.com/sites/cspr/Cases"
made = shelves_of(Settings(sharepoint_library=library, sharepoint_tenant_id="t"), MovableClock())
assert len(made.storages) == 1
print([name for name in {SDK!r} if name in sys.modules])
"""
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name == "msgraph" or name.startswith("azure.identity"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
from bot.cli import main
sys.exit(main())
"""


def python(code: str, folder: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    given = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **{name: str(value) for name, value in settings.items()}}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=60, check=False)


def test_nothing_of_the_sdk_is_imported_before_it_is_needed(tmp_path: Path) -> None:
    done = python(BUILT, tmp_path)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_asking_for_sharepoint_says_what_to_install(tmp_path: Path) -> None:
    library = "https://council.sharepoint.com/sites/cspr/Cases"
    done = python(WITHOUT, tmp_path, "run", CSPR_SHAREPOINT_LIBRARY=library, CSPR_SHAREPOINT_TENANT_ID="t", CSPR_PORT=1)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "SharePoint is set, but what it needs is not installed. Run: make install-sharepoint\n"


async def test_it_is_built_once_in_a_thread_and_no_call_imports_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ours(retention_label=LABEL) as here:
        threads: list[int] = []
        client = Client(here.calls.settings, lambda _: threads.append(threading.get_ident()) or Credential())  # type: ignore[arg-type,return-value,func-returns-value]
        storage = storage_of(Calls(client, Budget(here.clock), here.clock))
        await asyncio.gather(*(storage.find(PATH) for _ in range(5)))
        assert len(threads) == 1
        assert threads[0] != threading.get_ident()
        before = {name for name in sys.modules if name.startswith(("msgraph", "kiota", "httpx"))}
        made = await storage.create(PATH, b"one")
        made = await storage.describe(await storage.replace(made, b"two"), COLUMNS)
        await storage.read(PATH)
        await storage.files(CASE)
        await storage.changes((await storage.changes("")).mark)
        assert {name for name in sys.modules if name.startswith(("msgraph", "kiota", "httpx"))} == before
        await client.close()


async def test_a_credential_that_was_put_right_is_taken_at_the_next_try() -> None:
    async with ours() as here:
        wrong = [True]

        def credentials(_: SharePointSettings) -> Any:
            if wrong:
                raise SharePointSettingsError("the file is not there")
            return Credential()

        storage = storage_of(Calls(Client(here.calls.settings, credentials), Budget(here.clock), here.clock))
        with pytest.raises(LibraryDenied):
            await storage.find(PATH)
        wrong.clear()
        assert await storage.find(PATH) is None


async def test_a_token_that_is_not_taken_is_denied() -> None:
    async with ours() as here:
        client = Client(here.calls.settings, lambda _: Credential("another"))  # type: ignore[arg-type,return-value]
        with pytest.raises(LibraryDenied):
            await storage_of(Calls(client, Budget(here.clock), here.clock)).find(PATH)
        await client.close()


async def test_a_certificate_signs_and_a_renewed_one_is_taken_without_a_restart(tmp_path: Path) -> None:
    file = certificate(tmp_path)
    settings = SharePointSettings(tenant=TENANT, app_id="app-1", certificate_file=file)
    credential = credential_of(settings)
    assert isinstance(credential, Certificate)
    first = await credential._current()
    assert await credential._current() is first
    file.write_bytes(certificate(tmp_path, "renewed.pem").read_bytes())
    second = await credential._current()
    assert second is not first
    file.chmod(0o644)
    with pytest.raises(SharePointSettingsError, match="chmod 600"):
        await credential.get_token("x")
    file.unlink()
    with pytest.raises(SharePointSettingsError, match="cannot be read"):
        await credential.get_token("x")
    await credential.close()


async def test_without_a_certificate_it_is_the_servers_own_identity() -> None:
    from azure.identity.aio import ManagedIdentityCredential

    for app in ("", "app-1"):
        credential = credential_of(SharePointSettings(tenant=TENANT, app_id=app))
        assert isinstance(credential, ManagedIdentityCredential)
        await credential.close()


async def test_no_more_is_asked_in_a_minute_than_the_budget_holds() -> None:
    clock, slept = MovableClock(NOW), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.move(timedelta(seconds=seconds))

    start, budget, spent = clock.now(), Budget(clock, sleep), list[float]()
    for _ in range(3 * A_MINUTE // WRITE):
        await budget.spend(WRITE)
        spent.append((clock.now() - start).total_seconds())
    assert len(slept) == 2, "all at once, then a minute of quiet, and again"
    for at in spent:
        assert sum(WRITE for one in spent if at - 59.9 < one <= at) <= A_MINUTE


async def test_those_who_wait_take_their_turns_in_order() -> None:
    clock, order = MovableClock(NOW), list[int]()

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0)
        clock.move(timedelta(seconds=seconds))

    budget = Budget(clock, sleep, a_minute=2)

    async def one(number: int) -> None:
        await budget.spend(READ)
        order.append(number)

    await asyncio.gather(*(one(number) for number in range(9)))
    assert order == list(range(9))


async def test_after_a_throttle_nothing_is_sent_before_its_time() -> None:
    async with ours() as here:
        await here.storage.find(PATH)
        here.graph.faults.at("", "429")
        before = len(here.graph.log)
        with pytest.raises(LibraryAway) as away:
            await here.storage.find(PATH)
        assert away.value.again_after == 2.0
        assert len(here.graph.log) == before + 1, "the SDK retries nothing by itself"
        other = storage_of(here.calls)
        assert await other.find(PATH) is None
        assert here.slept == [pytest.approx(2.0, abs=0.5)], "another library waits too: the tenant is the same"


async def test_a_long_rest_is_told_and_nothing_is_sent() -> None:
    clock = MovableClock(NOW)
    budget = Budget(clock)
    budget.rest(300.0)
    with pytest.raises(LibraryAway) as away:
        await budget.spend(READ)
    assert away.value.again_after == 300.0
    clock.move(timedelta(seconds=300))
    await budget.spend(READ)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://council.sharepoint.com/_api/v2.0/drives/x/upload?tempauth=y", True),
        ("https://council-my.sharepoint.com:443/x", True),
        ("http://127.0.0.1:5/x", True),
        ("http://127.0.0.1:6/x", False),
        ("http://council.sharepoint.com/x", False),
        ("https://council.sharepoint.com:8443/x", False),
        ("https://sharepoint.com.example.org/x", False),
        ("https://examplesharepoint.com/x", False),
        ("https://a@council.sharepoint.com/x", False),
        ("https://council.sharepoint.com\\@example.org/x", False),
        ("https://council.sharepoint.com/x#y", False),
        ("https://[x", False),
        ("", False),
    ],
)
def test_content_goes_to_sharepoints_own_hosts_alone(url: str, allowed: bool) -> None:
    assert holds_content(url, SharePointSettings(tenant="t", loopback="127.0.0.1:5")) is allowed


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (f"{GRAPH}/drives/x/root/delta(token='y')", True),
        ("https://graph.microsoft.com/beta/drives/x", False),
        ("https://graph.microsoft.com.example.org/v1.0/drives", False),
        (f"{GRAPH}/../beta/x", False),
        ("", False),
    ],
)
def test_our_token_goes_to_graphs_own_addresses_alone(url: str, allowed: bool) -> None:
    assert is_graph(url, SharePointSettings(tenant="t")) is allowed


async def test_an_address_of_settings_leads_to_that_graph_alone() -> None:
    async with ours() as here:
        assert settings_of(here.graph).graph == here.graph.base_url
        assert here.credential.asked == 0
        await here.storage.find(PATH)
        assert here.credential.asked > 0
