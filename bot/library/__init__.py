"""The document library: a case library, and a library of its own for each organisation that has one."""
