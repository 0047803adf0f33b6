"""What things look like: forms, rules, words, documents and their renderers; a profile loaded and checked. No database."""
