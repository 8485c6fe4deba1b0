"""A Canadian immigration firm's company: what a bookkeeper would have set up, and the traps life adds."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qb.sandbox.books import Books, Draft
from qb.sandbox.kinds import KINDS
from qb.sandbox.wire import Json

COMPANY = "Northgate Immigration Law"
HOME = "CAD"

ACCOUNTS: Sequence[tuple[str, str, str, str]] = (
    ("Chequing", "Bank", "Checking", "CAD"),
    ("Savings", "Bank", "Savings", "CAD"),
    ("USD Chequing", "Bank", "Checking", "USD"),
    ("Client Trust CAD", "Bank", "TrustAccounts", "CAD"),
    ("Client Trust USD", "Bank", "TrustAccounts", "USD"),
    ("Trust Liability CAD", "Other Current Liability", "TrustAccountsLiabilities", "CAD"),
    ("Trust Liability USD", "Other Current Liability", "TrustAccountsLiabilities", "USD"),
    ("Undeposited Funds", "Other Current Asset", "UndepositedFunds", "CAD"),
    ("Card Clearing", "Other Current Asset", "OtherCurrentAssets", "CAD"),
    ("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable", "CAD"),
    ("Accounts Receivable (A/R) - USD", "Accounts Receivable", "AccountsReceivable", "USD"),
    ("GST/HST Payable", "Other Current Liability", "GlobalTaxPayable", "CAD"),
    ("QST Payable", "Other Current Liability", "GlobalTaxPayable", "CAD"),
    ("PST BC Payable", "Other Current Liability", "GlobalTaxPayable", "CAD"),
    ("Professional Fees", "Income", "ServiceFeeIncome", "CAD"),
    ("Disbursements Recovered", "Income", "OtherPrimaryIncome", "CAD"),
    ("Card Surcharge Income", "Income", "OtherPrimaryIncome", "CAD"),
    ("Discounts given", "Income", "DiscountsRefundsGiven", "CAD"),
    ("Recoverable Disbursements", "Other Current Asset", "OtherCurrentAssets", "CAD"),
    ("Bank Charges", "Expense", "BankCharges", "CAD"),
    ("Exchange Gain or Loss", "Other Expense", "ExchangeGainOrLoss", "CAD"),
    ("Bad Debts", "Expense", "BadDebts", "CAD"),
    ("Opening Balance Equity", "Equity", "OpeningBalanceEquity", "CAD"),
    ("Old Chequing", "Bank", "Checking", "CAD"),
)
OPENING: Mapping[str, str] = {"Chequing": "18450.25", "Savings": "40000.00", "Client Trust CAD": "25600.00"}
ITEMS: Sequence[tuple[str, str]] = (
    ("Professional Fees", "Professional Fees"),
    ("Consultation", "Professional Fees"),
    ("Government Fees (Disbursements)", "Disbursements Recovered"),
    ("Disbursements", "Disbursements Recovered"),
    ("Card Surcharge", "Card Surcharge Income"),
    ("Translation (recoverable)", "Recoverable Disbursements"),
    ("Notary Services", "Professional Fees"),
)
METHODS: Sequence[tuple[str, str]] = (
    ("Cash", "NON_CREDIT_CARD"),
    ("Cheque", "NON_CREDIT_CARD"),
    ("Visa", "CREDIT_CARD"),
    ("MasterCard", "CREDIT_CARD"),
    ("E-Transfer", "NON_CREDIT_CARD"),
    ("Wire", "NON_CREDIT_CARD"),
    ("Direct Deposit", "NON_CREDIT_CARD"),
)
AGENCIES: Sequence[tuple[str, str]] = (
    ("Canada Revenue Agency", "GST/HST Payable"),
    ("Revenu Québec", "QST Payable"),
    ("Ministry of Finance (BC)", "PST BC Payable"),
)
RATES: Sequence[tuple[str, str, str]] = (
    ("HST ON", "13", "Canada Revenue Agency"),
    ("GST", "5", "Canada Revenue Agency"),
    ("QST", "9.975", "Revenu Québec"),
    ("HST NS", "14", "Canada Revenue Agency"),
    ("HST NB", "15", "Canada Revenue Agency"),
    ("HST NL", "15", "Canada Revenue Agency"),
    ("HST PE", "15", "Canada Revenue Agency"),
    ("PST BC", "7", "Ministry of Finance (BC)"),
    ("GST/HST zero-rated", "0", "Canada Revenue Agency"),
    ("GST/HST exempt", "0", "Canada Revenue Agency"),
    ("Out of scope", "0", "Canada Revenue Agency"),
)
CODES: Sequence[tuple[str, Sequence[str]]] = (
    ("HST ON", ("HST ON",)),
    ("GST", ("GST",)),
    ("GST/QST QC", ("GST", "QST")),
    ("HST NS", ("HST NS",)),
    ("HST NB", ("HST NB",)),
    ("HST NL", ("HST NL",)),
    ("HST PE", ("HST PE",)),
    ("GST/PST BC", ("GST", "PST BC")),
    ("Zero-rated", ("GST/HST zero-rated",)),
    ("Exempt", ("GST/HST exempt",)),
    ("Out of Scope", ("Out of scope",)),
    ("Purchases only", ()),
)
CUSTOMERS: Sequence[tuple[str, str, str]] = (
    ("Amélie Tremblay", "amelie.tremblay@example.ca", "CAD"),
    ("Priya Sharma", "priya.sharma@example.com", "CAD"),
    ("Priya Sharma (Brampton)", "", "CAD"),
    ("Priya Sharma 2019", "priya2019@example.com", "CAD"),
    ("Jose Garcia", "jose.garcia@example.com", "CAD"),
    ("José García", "jgarcia@example.mx", "CAD"),
    ("Chen Wei", "chen.wei@example.com", "CAD"),
    ("Oluwaseun Adeyemi", "seun.adeyemi@example.ng", "CAD"),
    ("Harbour Tech Recruiting Inc.", "accounts@harbourtech.example.com", "CAD"),
    ("Nguyễn Thị Hoa", "hoa.nguyen@example.vn", "CAD"),
    ("Sofia Rossi", "sofia.rossi@example.it", "CAD"),
    ("Daniel Osei", "daniel.osei@example.com", "CAD"),
    ("Michael Brooks", "michael.brooks@example.com", "USD"),
    ("Former Client Ltd.", "office@former.example.com", "CAD"),
)
RETIRED: Sequence[tuple[str, str]] = (
    ("Customer", "Priya Sharma 2019"),
    ("Customer", "Former Client Ltd."),
    ("Item", "Notary Services"),
    ("Account", "Old Chequing"),
)
VENDORS = ("Chen Wei Translations", "Amara Okafor", "Apex Couriers")
EMPLOYEES = (("Maria", "Santos"), ("Ben", "Kaplan"))


def canadian_firm(books: Books) -> None:
    """Set up Northgate Immigration Law: CAD at home, USD beside it, custom numbers, one of each trap."""
    _company(books)
    accounts = {
        name: _add(
            books, "Account", Name=name, AccountType=kind, AccountSubType=sub, CurrencyRef=_ref(currency)
        )
        for name, kind, sub, currency in ACCOUNTS
    }
    for name, account in ITEMS:
        _add(books, "Item", Name=name, Type="Service", IncomeAccountRef=_ref(accounts[account]))
    for name, kind in METHODS:
        _add(books, "PaymentMethod", Name=name, Type=kind)
    _taxes(books, accounts)
    _people(books)
    _opening(books, accounts)
    for kind, label in RETIRED:
        _retire(books, kind, label)


def _add(books: Books, kind_name: str, **fields: object) -> str:
    """Book one thing through the same rules a client meets; returns its id."""
    kind = KINDS[kind_name]
    body: Json = {key: value for key, value in fields.items() if value != ""}
    draft = Draft(kind_name, books.next_id(kind.series), body, None, frozenset(body))
    books.commit(draft, kind.build(books, draft), kind.series)
    return draft.id


def _ref(value: str) -> Json:
    return {"value": value}


def _company(books: Books) -> None:
    address = {
        "Id": "1",
        "Line1": "120 Northgate Street, Suite 400",
        "City": "Toronto",
        "CountrySubDivisionCode": "ON",
        "PostalCode": "M5V 2T6",
        "Country": "CA",
    }
    _add(
        books,
        "Preferences",
        AccountingInfoPrefs={
            "ClassTrackingPerTxnLine": False,
            "TrackDepartments": False,
            "CustomerTerminology": "Clients",
        },
        SalesFormsPrefs={
            "CustomTxnNumbers": True,
            "AllowDiscount": False,
            "AllowDeposit": False,
            "AutoApplyPayments": False,
            "AutoApplyCredit": False,
            "AllowEstimates": True,
        },
        TaxPrefs={"UsingSalesTax": True, "PartnerTaxEnabled": False},
        CurrencyPrefs={"MultiCurrencyEnabled": True, "HomeCurrency": _ref(HOME)},
    )
    _add(
        books,
        "CompanyInfo",
        CompanyName=COMPANY,
        LegalName=f"{COMPANY} Professional Corporation",
        Country="CA",
        CompanyAddr=address,
        LegalAddr=address,
        Email={"Address": "office@northgate.example.com"},
        FiscalYearStartMonth="January",
        SupportedLanguages="en,fr",
        CompanyStartDate="2019-04-01",
        NameValue=[
            {"Name": "OfferingSku", "Value": "QuickBooks Online Plus"},
            {"Name": "SubscriptionStatus", "Value": "SUBSCRIBED"},
        ],
    )


def _taxes(books: Books, accounts: Mapping[str, str]) -> None:
    agencies = {
        name: _add(books, "TaxAgency", DisplayName=name, TaxTrackedOnSalesAccountRef=_ref(accounts[account]))
        for name, account in AGENCIES
    }
    rates = {
        name: _add(
            books,
            "TaxRate",
            Name=name,
            Description=name,
            RateValue=Decimal(percent),
            AgencyRef=_ref(agencies[agency]),
        )
        for name, percent, agency in RATES
    }
    for name, parts in CODES:
        details = [
            {
                "TaxRateRef": {"value": rates[part], "name": part},
                "TaxTypeApplicable": "TaxOnAmount",
                "TaxOrder": 0,
            }
            for part in parts
        ]
        taxable = name not in {"Exempt", "Out of Scope"}
        _add(
            books,
            "TaxCode",
            Name=name,
            Description=name,
            Taxable=taxable,
            TaxGroup=True,
            SalesTaxRateList={"TaxRateDetail": details},
            PurchaseTaxRateList={"TaxRateDetail": []},
        )


def _people(books: Books) -> None:
    for name, email, currency in CUSTOMERS:
        given, _, family = name.partition(" ")
        person = "Inc." not in name and "Ltd." not in name
        _add(
            books,
            "Customer",
            DisplayName=name,
            GivenName=given if person else "",
            FamilyName=family.split(" (")[0] if person else "",
            CompanyName="" if person else name,
            PrimaryEmailAddr={"Address": email} if email else "",
            CurrencyRef=_ref(currency),
        )
    for name in VENDORS:
        _add(books, "Vendor", DisplayName=name)
    for given, family in EMPLOYEES:
        _add(books, "Employee", GivenName=given, FamilyName=family)


def _opening(books: Books, accounts: Mapping[str, str]) -> None:
    """What was in the banks on the first day; trust money is owed to clients."""
    lines: list[Json] = []
    for name, amount in OPENING.items():
        other = "Trust Liability CAD" if "Trust" in name else "Opening Balance Equity"
        for account, side in ((name, "Debit"), (other, "Credit")):
            detail = {"PostingType": side, "AccountRef": _ref(accounts[account])}
            lines.append(
                {
                    "Amount": Decimal(amount),
                    "Description": "Opening balance",
                    "DetailType": "JournalEntryLineDetail",
                    "JournalEntryLineDetail": detail,
                }
            )
    _add(books, "JournalEntry", Line=lines, PrivateNote="Opening balances", DocNumber="OPENING")


def _retire(books: Books, kind_name: str, label: str) -> None:
    """Make inactive, as somebody once did."""
    kind = KINDS[kind_name]
    key = "DisplayName" if kind_name == "Customer" else "Name"
    document = next(one for one in books.all(kind_name) if one[key] == label)
    body = {**document, "Active": False}
    draft = Draft(kind_name, document["Id"], body, document, frozenset({"Active"}))
    books.commit(draft, kind.build(books, draft), kind.series)
