"""The page that proofs write: a line each, in its section, the newest only."""

from tests.proof_lines import put

PAGE = "# Proof\n\nBy the commands.\n\n## Pace\n\n- **ours**: old\n\n## Found on the way\n\nA leak.\n"


def test_a_line_takes_the_place_of_what_it_said_before() -> None:
    """Run twice, a proof stands on the page once, with its newest figure; what people wrote stays."""
    assert PAGE.replace("old", "new") == put(PAGE, "Pace", "ours", "new")


def test_a_new_line_goes_to_the_end_of_its_section() -> None:
    """What is said for the first time follows what its section holds."""
    expected = PAGE.replace("- **ours**: old\n", "- **ours**: old\n- **plain**: slow\n")
    assert expected == put(PAGE, "Pace", "plain", "slow")


def test_a_new_section_goes_to_the_end_of_the_page() -> None:
    """A proof nobody has written of yet gets its heading."""
    assert f"{PAGE}\n## Freezes\n\n- **all**: one hole\n" == put(PAGE, "Freezes", "all", "one hole")
