"""The books: decides what should be booked, books it, proves it."""
