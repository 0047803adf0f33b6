"""What people do in the document library, and what the coordinator hears of it."""
