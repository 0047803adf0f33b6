"""Documents in Word: tagged content controls that are filled, cloned, checked and read back. No template language."""
