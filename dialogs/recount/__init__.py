"""Counting dates again: a day off is proclaimed, or a clock changes, and every date that moves is told to its owner once."""
