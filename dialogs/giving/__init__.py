"""Copies of documents, given to one person in their own conversation."""
