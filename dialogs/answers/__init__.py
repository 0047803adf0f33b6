"""Answers to what is asked in words: where a case or a request stands, a case's timeline, how an organisation is doing."""
