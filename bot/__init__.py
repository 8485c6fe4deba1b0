"""The running program: settings, wiring, HTTP, schedule, demo."""
