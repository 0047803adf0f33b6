"""Forms that were filled in in Word and handed in here: read back, shown for checking, and never sent by themselves."""
