"""CaseEasy's export files: read, kept row by row, and joined into clients, cases and invoices."""
