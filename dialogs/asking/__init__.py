"""What people ask in ordinary words: what they want, and which case, agency, person, kind and time they mean."""
