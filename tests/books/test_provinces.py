"""Which provinces a rate can be of on a day; one that is several provinces' is asked, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.records import Client, Invoice
from qb.hold import Reason
from qb.mapping import BY_CLIENT, Choice, Kind, Mapping
from qb.needed import places_of, rows_needed
from qb.offering import candidates, suggest
from qb.plan import plan
from qb.provinces import in_words, places_with, rates_in
from qb.usable import check
from tests.books.given import DIRECTORY, GROUND, LINK, ZERO_RATED, code, invoice, mapped, paid

ATLANTIC = replace(
    DIRECTORY,
    tax_codes=(
        *DIRECTORY.tax_codes,
        code("21", "HST NB", "15"),
        code("22", "HST NL", "15"),
        code("23", "HST PE", "15"),
    ),
)
AT_15 = invoice(paid("1150.00"), fee="1000.00")
BY_PLACE = Choice(Kind.TAX, "fee@15", BY_CLIENT, "It depends on the client's province")
IN_NB = Choice(Kind.PLACE, "C-00002", "NB", "New Brunswick")
IN_ON = Choice(Kind.PLACE, "C-00002", "ON", "Ontario")
IS_ABROAD = Choice(Kind.PLACE, "C-00002", "ABROAD", "Outside Canada")
UNTAXED = invoice(paid("1000.00"), fee="1000.00")
CODE_NB = Choice(Kind.TAX, "fee@15/NB", "21", "HST NB")
UNKNOWN = (
    "Its fees carry 15 % tax, which is the rate of several provinces, and nobody has said yet in which Maria "
    "Silva lives. Choose it under Review Mapping."
)
OTHER_RATE = (
    "Its fees carry 15 % tax, but Maria Silva lives in Nova Scotia, where the rate was another on "
    "1 Apr 2025. "
    "Choose the province again under Review Mapping, or mend the invoice in CaseEasy and import it again."
)
RESIDES_HERE = (
    "Its payments leave no tax on its fees, but Maria Silva resides in Ontario, where fees are taxed. Import "
    "a newer export once the tax is in, or choose again under Review Mapping where they reside."
)
CODE_PE = Choice(Kind.TAX, "fee@15/PE", "23", "HST PE")


@pytest.mark.parametrize(
    ("percent", "day", "places"),
    [
        ("13", date(2026, 5, 3), ["ON"]),
        ("14", date(2026, 5, 3), ["NS"]),
        ("15", date(2026, 5, 3), ["NB", "NL", "PE"]),
        ("15", date(2025, 3, 31), ["NB", "NL", "NS", "PE"]),
        ("15", date(2025, 4, 1), ["NB", "NL", "PE"]),
        ("14", date(2025, 3, 31), []),
        ("14", date(2016, 9, 30), ["PE"]),
        ("13", date(2016, 6, 30), ["MB", "NB", "NL", "ON"]),
        ("15", date(2016, 7, 1), ["NB", "NL", "NS"]),
        ("5", date(2026, 5, 3), ["AB", "BC", "MB", "NT", "NU", "SK", "YT"]),
        ("12", date(2026, 5, 3), ["BC", "MB"]),
        ("14.975", date(2026, 5, 3), ["QC"]),
        ("9", date(2026, 5, 3), []),
        ("13", date(2010, 1, 1), []),
    ],
)
def test_a_rate_and_a_day_tell_the_provinces(percent: str, day: date, places: list[str]) -> None:
    """By the Canada Revenue Agency's table; of what we don't know nothing is said."""
    assert places == list(places_with(Decimal(percent), day))


def test_provinces_are_told_by_name() -> None:
    """As a sentence has them."""
    assert in_words(["NS"]) == "Nova Scotia"
    assert in_words(["NB", "NL", "PE"]) == "New Brunswick, Newfoundland and Labrador or Prince Edward Island"


def test_a_rate_of_several_provinces_is_never_guessed() -> None:
    """No suggestion; offered are the codes, and that it depends on the client."""
    (needed,) = [one for one in rows_needed([AT_15], ATLANTIC) if one.key == "tax:fee@15"]
    assert ("NB", "NL", "PE") == needed.places
    assert suggest(needed, ATLANTIC) is None
    offered = [one.target.name for one in candidates(needed, ATLANTIC)]
    assert ["It depends on the client's province", "HST NB", "HST NL", "HST PE"] == offered


def test_a_rate_of_one_province_settles_among_codes_of_that_rate() -> None:
    """13 % in 2026 is Ontario's, so the code that names Ontario is suggested."""
    codes = (code("10", "HST ON", "13"), code("30", "HST 13 old provinces", "13"))
    ontario = invoice(paid("1130.00"), fee="1000.00")
    directory = replace(DIRECTORY, tax_codes=codes)
    (needed,) = [one for one in rows_needed([ontario], directory) if one.key == "tax:fee@13"]
    found = suggest(needed, directory)
    assert found is not None
    assert found.name == "HST ON"


def rows(*choices: Choice) -> list[str]:
    """The tax and place rows of the invoice, on these choices."""
    mapping = mapped(*choices)
    return [
        one.key
        for one in rows_needed([AT_15], ATLANTIC, mapping=mapping)
        if one.kind in {Kind.TAX, Kind.PLACE}
    ]


def test_what_depends_on_the_client_asks_once_for_the_client_and_once_for_the_province() -> None:
    """First where the client lives, then that province's code."""
    assert ["tax:fee@15"] == rows()
    assert ["tax:fee@15", "place:C-00002"] == rows(BY_PLACE)
    assert ["tax:fee@15", "tax:fee@15/NB", "place:C-00002"] == rows(BY_PLACE, IN_NB)


def planned(mapping: Mapping, day: date = date(2026, 4, 20)) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The tax codes booked, else why it is held (reason, row, sentence)."""
    ground = replace(GROUND, directory=ATLANTIC, mapping=mapping)
    made = plan([replace(AT_15, issued=day)], ground)
    codes = [line.tax_code.name for entry in made.entries for line in entry.lines]
    return codes, [(one.reason, one.row, one.sentence) for held in made.held for one in held.holds]


def test_nothing_is_booked_until_the_clients_province_and_its_code_are_known() -> None:
    """Each step says what is missing; other provinces' codes don't stand in for it."""
    codes, holds = planned(mapped(BY_PLACE, CODE_PE))
    assert [] == codes
    assert [
        (
            Reason.TAX_UNMAPPED,
            "place:C-00002",
            UNKNOWN,
        )
    ] == holds
    codes, holds = planned(mapped(BY_PLACE, IN_NB, CODE_PE))
    assert ([], [(Reason.TAX_UNMAPPED, "tax:fee@15/NB")]) == (codes, [one[:2] for one in holds])
    assert (["HST NB"], []) == planned(mapped(BY_PLACE, IN_NB, CODE_NB, CODE_PE))


def test_another_clients_province_says_nothing_of_this_one() -> None:
    """Asked once for each client."""
    other = replace(AT_15, case=replace(AT_15.case, client=Client("C-9", "Ana", "")))
    ground = replace(GROUND, directory=ATLANTIC, mapping=mapped(BY_PLACE, IN_NB, CODE_NB))
    ground = replace(ground, links=(LINK, replace(LINK, payer="C-9")))
    (held,) = plan([other], ground).held
    assert ["place:C-9"] == [one.row for one in held.holds]


def test_a_province_whose_rate_was_another_that_day_holds() -> None:
    """15 % was Nova Scotia's until 31 March 2025, and isn't from 1 April on."""
    in_ns = Choice(Kind.PLACE, "C-00002", "NS", "Nova Scotia")
    code_ns = Choice(Kind.TAX, "fee@15/NS", "21", "HST NB")
    assert (["HST NB"], []) == planned(mapped(BY_PLACE, in_ns, code_ns), date(2025, 3, 31))
    codes, holds = planned(mapped(BY_PLACE, in_ns, code_ns), date(2025, 4, 1))
    assert [] == codes
    assert [
        (
            Reason.TAX_UNEXPLAINED,
            "place:C-00002",
            OTHER_RATE,
        )
    ] == holds


def test_one_code_for_all_who_live_in_one_province() -> None:
    """A firm whose clients all live there answers once for the rate."""
    assert (["HST PE"], []) == planned(mapped(Choice(Kind.TAX, "fee@15", "23", "HST PE")))


TINY = invoice(paid("23.00"), fee="20.00")
"""3.00 is 15 % of 20.00, and GST and QST on it, each rounded (1.00 and 2.00)."""


def judged(mapping: Mapping, case: Invoice = TINY) -> tuple[list[str], list[tuple[str, str]]]:
    """The tax codes booked, else why it is held (reason, row)."""
    made = plan([case], replace(GROUND, directory=ATLANTIC, mapping=mapping))
    codes = [line.tax_code.name for entry in made.entries for line in entry.lines]
    return codes, [(one.reason, one.row) for held in made.held for one in held.holds]


def test_a_rate_counts_before_its_province_is_known() -> None:
    """15 % explains it as Québec's rates do: nothing is booked until somebody says where the client lives."""
    assert (["GST/QST QC"], []) == judged(mapped())
    assert ([], [(Reason.TAX_UNMAPPED, "place:C-00002")]) == judged(mapped(BY_PLACE))
    assert ([], [(Reason.TAX_UNMAPPED, "tax:fee@15/NB")]) == judged(mapped(BY_PLACE, IN_NB))


def test_a_known_province_leaves_out_what_isnt_its_rate() -> None:
    """In New Brunswick it is 15 %, in Québec GST and QST; two rates without a province stay ambiguous."""
    in_qc = Choice(Kind.PLACE, "C-00002", "QC", "Québec")
    assert (["HST NB"], []) == judged(mapped(BY_PLACE, IN_NB, CODE_NB))
    assert (["GST/QST QC"], []) == judged(mapped(BY_PLACE, in_qc, CODE_NB))
    assert ([], [(Reason.TAX_AMBIGUOUS, "")]) == judged(mapped(Choice(Kind.TAX, "fee@15", "21", "HST NB")))


def test_a_rate_of_another_province_alone_is_held() -> None:
    """Ontario's 13 % for a client of New Brunswick is a question for a person, with the row to mend."""
    ontario = invoice(paid("1130.00"), fee="1000.00")
    assert ([], [(Reason.TAX_UNEXPLAINED, "place:C-00002")]) == judged(mapped(IN_NB), ontario)


def test_a_fee_is_zero_rated_only_for_who_resides_abroad() -> None:
    """Asked once for each client; a rate of nought that a firm confirmed is not enough."""
    assert ([], [(Reason.TAX_UNMAPPED, "place:C-00002")]) == judged(mapped(ZERO_RATED), UNTAXED)
    assert (["Zero-rated"], []) == judged(mapped(IS_ABROAD, ZERO_RATED), UNTAXED)


def test_who_resides_in_a_province_is_not_booked_untaxed() -> None:
    """1,000.00 of 1,130.00 came, and the fee would look zero-rated: the tax is missing, and it is said so."""
    (held,) = plan([UNTAXED], replace(GROUND, mapping=mapped(IN_ON, ZERO_RATED))).held
    assert [
        (
            Reason.TAX_UNEXPLAINED,
            "place:C-00002",
            RESIDES_HERE,
        )
    ] == [(one.reason, one.row, one.sentence) for one in held.holds]


def test_a_confirmed_zero_rate_asks_for_each_client_who_shows_it() -> None:
    """Before that nobody is asked; whoever paid tax isn't asked either."""
    taxed = replace(AT_15, case=replace(AT_15.case, client=Client("C-9", "Ana", "")))

    def asked(mapping: Mapping) -> list[tuple[str, str]]:
        found = rows_needed([UNTAXED, taxed], ATLANTIC, mapping=mapping)
        return [(one.key, one.label) for one in found if one.kind is Kind.PLACE]

    assert [] == asked(mapped())
    assert [("place:C-00002", "Where Maria Silva resides")] == asked(mapped(ZERO_RATED))


def test_outside_canada_can_be_chosen_for_a_client() -> None:
    """Beside the provinces, suggested to nobody; a rate of provinces isn't asked to have a code abroad."""
    (needed,) = [
        one for one in rows_needed([UNTAXED], DIRECTORY, mapping=mapped(ZERO_RATED)) if one.kind is Kind.PLACE
    ]
    assert "Outside Canada" in [one.target.name for one in candidates(needed, DIRECTORY)]
    assert suggest(needed, DIRECTORY) is None
    assert check(IS_ABROAD, DIRECTORY) is None
    assert ["tax:fee@15", "place:C-00002"] == rows(BY_PLACE, IS_ABROAD)


def test_a_rate_that_goes_by_province_leaves_out_who_resides_abroad() -> None:
    """3.00 on 20.00 is 15 % and GST with QST: abroad it is no province's, so the other rate counts."""
    assert (["GST/QST QC"], []) == judged(mapped(BY_PLACE, IS_ABROAD))


def test_fifteen_per_cent_for_somebody_abroad_is_held() -> None:
    """Nobody abroad has a province's rate that goes by the client."""
    _, holds = planned(mapped(BY_PLACE, IS_ABROAD))
    assert [(Reason.TAX_UNEXPLAINED, "place:C-00002")] == [one[:2] for one in holds]
    assert "but Maria Silva lives outside Canada, where the rate was another on" in holds[0][2]


def test_a_rate_whose_code_cant_be_used_lets_no_other_stand_in() -> None:
    """15 % was confirmed with a code that is gone: Québec's code isn't booked for it."""
    gone = Choice(Kind.TAX, "fee@15", "99", "HST old")
    assert ([], [(Reason.TARGET_INACTIVE, "tax:fee@15")]) == judged(mapped(gone))


@pytest.mark.parametrize(
    ("place", "day", "rates"),
    [
        ("NS", date(2025, 3, 31), ["15"]),
        ("NS", date(2025, 4, 1), ["14"]),
        ("QC", date(2026, 5, 3), ["5", "14.975"]),
        ("BC", date(2026, 5, 3), ["5", "12"]),
        ("NB", date(2012, 5, 3), []),
        ("XX", date(2026, 5, 3), []),
    ],
)
def test_a_province_and_a_day_tell_the_rates(place: str, day: date, rates: list[str]) -> None:
    """The GST alone goes where there is no HST; before 2013 nothing is said."""
    assert [Decimal(rate) for rate in rates] == sorted(rates_in(place, day))


@pytest.mark.parametrize(
    ("issued", "first", "places"),
    [
        (date(2025, 4, 5), date(2025, 3, 20), ("NB", "NL", "NS", "PE")),
        (date(2025, 3, 20), date(2025, 4, 5), ("NB", "NL", "NS", "PE")),
        (date(2025, 4, 5), date(2025, 4, 1), ("NB", "NL", "PE")),
    ],
)
def test_tax_falls_due_with_what_comes_first(issued: date, first: date, places: tuple[str, ...]) -> None:
    """A payment before the invoice counts; the last one, which makes it paid, doesn't."""
    prepaid = replace(
        AT_15,
        issued=issued,
        payments=(paid("500.00", day=date(2025, 6, 1)), paid("650.00", "T-2", day=first)),
    )
    assert places == places_of(prepaid, "fee@15")
