"""Chasing: what is said by the clock, to whom, and when; and what people do about it."""
