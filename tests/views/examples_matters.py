"""The questions about cases, clients and what is no longer exported, as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views import matters
from tests.views import test_matters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.views.examples import Example


EXAMPLES: Mapping[str, Example] = {
    "matters.whose": lambda name: [
        matters.whose(one, [one], "{}") for one in test_matters.of_kind("case", name)
    ],
    "matters.one_client": lambda name: [
        matters.one_client(one, [one], "{}") for one in test_matters.of_kind("client", name)
    ],
    "matters.still_counts": lambda name: [
        matters.still_counts(one, [one], "{}") for one in test_matters.of_kind("missing", name)
    ],
    "matters.which_currency": lambda name: [
        matters.which_currency(one, ("CAD", "USD"), [one], "{}")
        for one in test_matters.of_kind("currency", name)
    ],
    "matters.saved": lambda name: [
        matters.saved(one, left=left) for one in test_matters.every(name) for left in (0, 2)
    ],
}
