"""Views of a fake Slack: modals in a stack of three, and home tabs.

Sources: docs.slack.dev/reference/methods/ views.open, views.push, views.update and views.publish.
"""

from __future__ import annotations

from typing import Any

from slack_book import TRIGGER_LIVES, Book, SlackError
from slack_rules import problems_of_view
from slack_state import Trigger, View, Workspace, with_ids

MOST = 3
"""Views in a stack."""
Arguments = dict[str, Any]


class Views:
    """What an app may do with views."""

    def __init__(self, book: Book, app_id: str) -> None:
        self._book = book
        self._app_id = app_id

    def methods(self) -> dict[str, Any]:
        """By name."""
        return {
            "views.open": self._open,
            "views.push": self._push,
            "views.update": self._update,
            "views.publish": self._publish,
        }

    def _open(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        view = self.checked(given["view"], "modal")
        trigger = self._exchanged(workspace, given)
        return {"view": self.shown(self.show(workspace, trigger.user, view))}

    def show(self, workspace: Workspace, user: str, view: dict[str, Any]) -> View:
        """In the place of whatever modals the person has open."""
        opened = self._new(workspace, user, view)
        self._book.stacks[user] = [opened]
        return opened

    def _push(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        view = self.checked(given["view"], "modal")
        trigger = self._exchanged(workspace, given)
        if not any(open_.id == trigger.view for open_ in self._book.stacks.get(trigger.user, [])):
            raise SlackError("not_found")
        return {"view": self.shown(self.push(workspace, trigger.user, view))}

    def push(self, workspace: Workspace, user: str, view: dict[str, Any]) -> View:
        """On top of what the person has open. Raises push_limit_reached."""
        stack = self._book.stacks[user]
        if len(stack) >= MOST:
            raise SlackError("push_limit_reached")
        pushed = self._new(workspace, user, view, stack[-1])
        stack.append(pushed)
        return pushed

    def _update(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        name, wanted = next(((name, given[name]) for name in ("view_id", "external_id") if given.get(name)), ("", ""))
        if not wanted:
            raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id"])
        found = self._book.view(lambda one: wanted == (one.id if name == "view_id" else one.given.get("external_id")))
        if found is None or found.team != workspace.id:
            raise SlackError("not_found")
        view = self.checked(given["view"], "", found)
        if view["type"] != found.given["type"]:
            raise SlackError("invalid_arguments", ["[ERROR] a view keeps its type [json-pointer:/view/type]"])
        self._same(found, given)
        found.replace(view, self._mark())
        return {"view": self.shown(found)}

    def _publish(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        if not workspace.home_enabled:
            raise SlackError("not_enabled")
        view = self.checked(given["view"], "home")
        user = self._book.user(workspace, given["user_id"])
        home = self._book.homes.get(user.id)
        if home is None:
            home = self._book.homes[user.id] = self._new(workspace, user.id, view)
        else:
            self._same(home, given)
            home.replace(view, self._mark())
        return {"view": self.shown(home)}

    def _exchanged(self, workspace: Workspace, given: Arguments) -> Trigger:
        """The leave to open one view. It is valid for three seconds and used once."""
        trigger = self._book.triggers.get(str(given.get("trigger_id")))
        if trigger is None or trigger.team != workspace.id:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._book.time - trigger.at > TRIGGER_LIVES:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def _same(self, view: View, given: Arguments) -> None:
        if given.get("hash") and given["hash"] != view.hash:
            raise SlackError("hash_conflict")

    def checked(self, view: Any, kind: str, instead: View | None = None) -> dict[str, Any]:
        """A view that Slack would take, as it keeps it. Raises invalid_arguments or view_too_large."""
        if not isinstance(view, dict):
            raise SlackError("invalid_arguments", ["[ERROR] must be a valid view [json-pointer:/view]"])
        problems = problems_of_view(view)
        if kind and view.get("type") != kind:
            problems.append(f"must be of type {kind} [json-pointer:/view/type]")
        if "view_too_large" in problems:
            raise SlackError("view_too_large")
        if problems:
            raise SlackError("invalid_arguments", [f"[ERROR] {problem}" for problem in problems])
        mark = view.get("external_id")
        if mark and self._book.view(lambda one: one is not instead and one.given.get("external_id") == mark):
            raise SlackError("duplicate_external_id")
        return {**view, "blocks": with_ids(view["blocks"])}

    def _new(self, workspace: Workspace, user: str, view: dict[str, Any], below: View | None = None) -> View:
        number = self._book.number("V")
        return View(
            id=number,
            team=workspace.id,
            user=user,
            given=view,
            hash=self._mark(),
            root=below.root if below else number,
            previous=below.id if below else None,
        )

    def _mark(self) -> str:
        return f"{int(self._book.time)}.{self._book.number('')}"

    def shown(self, view: View, values: dict[str, Any] | None = None) -> dict[str, Any]:
        """A view as Slack tells the app of it."""
        workspace, given = self._book.workspaces[view.team], view.given
        whole: dict[str, Any] = {"id": view.id, "team_id": view.team, "type": given["type"], "blocks": given["blocks"]}
        whole |= {name: given.get(name, "") for name in ("private_metadata", "callback_id", "external_id")}
        whole |= {"state": {"values": values or {}}, "hash": view.hash, "root_view_id": view.root}
        whole |= {name: given.get(name, False) for name in ("clear_on_close", "notify_on_close")}
        if given["type"] == "modal":
            whole |= {name: given.get(name) for name in ("title", "close", "submit")}
            whole |= {"submit_disabled": False, "previous_view_id": view.previous}
        return whole | {"app_id": self._app_id, "app_installed_team_id": view.team, "bot_id": workspace.bot_id}

    def answered(self, view: View, given: Any) -> None:
        """A view in the answer to a submission takes the place of the one that was sent."""
        view.replace(self.checked(given, "modal", view), self._mark())
