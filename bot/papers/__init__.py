"""The documents that can be made, a file a family of them: what each reads, and how it is put together from that."""
