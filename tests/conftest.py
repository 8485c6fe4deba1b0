"""What every test may ask for: a database, a Chromium, the Slack emulator; and how long Hypothesis looks."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.leaving_out", "tests.databases", "tests.browsers", "tests.emulators"]

settings.register_profile("build", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "prove", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "build"))
