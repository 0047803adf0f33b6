"""Filling in a form: one machine compiled from its definition, shared by talking and windows, in every channel."""
