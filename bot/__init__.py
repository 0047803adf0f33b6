"""Doors and wiring: console and Teams, the courier and the clock's bell, settings and the `cspr` command."""
