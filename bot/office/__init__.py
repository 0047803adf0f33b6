"""LibreOffice, which makes PDF files where it is installed."""
