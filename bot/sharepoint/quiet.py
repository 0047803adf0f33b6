"""Logs of the libraries behind Graph: they write down addresses, and those hold names of files or the right to write to one."""

from __future__ import annotations

import logging

TALKATIVE = ("httpx", "httpcore", "hpack", "azure", "msal", "msgraph_core", "kiota_http", "urllib3")


def quiet() -> None:
    """From here on they say only that something is wrong, whatever the server's logs are set to."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    # It writes down bodies and errors in full.
    logging.getLogger("msgraph_core").setLevel(logging.CRITICAL)
