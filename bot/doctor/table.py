"""Every check, in the order in which they are done. docs/doctor.md is written from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from bot.doctor import (
    channels,
    clocks,
    folders,
    keys,
    library,
    named_files,
    port,
    programs,
    reaching,
    readers,
    settings,
    sharepoint,
    slack,
    teams,
    templates,
)
from bot.doctor.finding import Finding
from bot.doctor.subject import Subject

Look = Callable[[Subject], Awaitable[list[Finding]]]


class Check(msgspec.Struct, frozen=True):
    """One check: its name, what it belongs to, what it looks at, and how."""

    name: str
    group: str
    about: str
    look: Look


CHECKS: tuple[Check, ...] = (
    Check(
        "settings", "settings", "Every setting is known, right by itself, and fits the others and the mode.", settings.settings
    ),
    Check(
        "files",
        "permissions",
        "Each file that a setting names is there and says what it must; one with a secret is for its owner alone.",
        named_files.files,
    ),
    Check(
        "folders",
        "permissions",
        "The data folder and the library are private, writable, apart from each other, and on a disk with room.",
        folders.folders,
    ),
    Check("port", "settings", "The port is free, or the assistant answers on it.", port.port),
    Check("keys", "keys", "The key file can be used, is private and apart from the database, and is not too old.", keys.keys),
    Check("database", "keys", "The keys open the database; it is whole, of this mode and of this version.", keys.database),
    Check("history", "keys", "The ends of the history are kept outside the database each day.", keys.history),
    Check(
        "certificates",
        "keys",
        "Each certificate belongs to its key and is good for another month.",
        named_files.certificates,
    ),
    Check(
        "reachability",
        "reachability",
        "Every host that is needed by what is set answers, with a certificate that is trusted.",
        reaching.reaching,
    ),
    Check("clock", "clock", "The clock agrees with those hosts, and is not behind what was written last.", clocks.clock),
    Check("calendar", "clock", "London's time is known, and so are the bank holidays of next year.", clocks.calendar),
    Check("teams", "reachability", "Microsoft gives the bot a token.", teams.teams),
    Check(
        "slack", "reachability", "Slack takes each token for the app of its workspace, with the scopes it needs.", slack.slack
    ),
    Check(
        "sharepoint",
        "reachability",
        "Microsoft gives a token for SharePoint, and with it no more than the sites that were selected.",
        sharepoint.sharepoint,
    ),
    Check(
        "libraries",
        "permissions",
        "Each library is there and can be used, with its columns, versions and retention label.",
        library.libraries,
    ),
    Check(
        "readers",
        "permissions",
        "No organisation's people read the case library or another organisation's, and no link or group lets everybody in.",
        readers.readers,
    ),
    Check("roles", "channels", "There are two coordinators and a manager.", channels.roles),
    Check("coordinators", "channels", "The coordinators' channel is tied.", channels.coordinators),
    Check(
        "organisations",
        "channels",
        "Each organisation has a tied channel or an e-mail address, and people who can answer and be written to.",
        channels.organisations,
    ),
    Check("doors", "channels", "No channel is tied in a service that is not set any more.", channels.doors),
    Check("restricted", "channels", "Each restricted case has a coordinator on its list.", channels.restricted),
    Check(
        "deliveries",
        "channels",
        "Nothing of the last week was given up, and nothing has waited for an hour.",
        channels.deliveries,
    ),
    Check(
        "profile", "templates", "The profile and its Word templates are as `cspr profile check` wants them.", templates.profile
    ),
    Check(
        "organisation-libraries",
        "templates",
        "Each organisation with a library of its own is one of the database.",
        templates.organisation_libraries,
    ),
    Check("office", "templates", "LibreOffice is there and makes a PDF of a document of one line.", programs.office),
    Check("fonts", "templates", "The fonts are there with which pages look as in Word.", programs.fonts),
)
