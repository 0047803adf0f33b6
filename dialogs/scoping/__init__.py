"""Scoping: organisations are asked what they know, each in its own channel, and answer with a return."""
