"""The shapes of what stands in lists: people, accounts, items, taxes, the company (Intuit: API reference)."""

from qb.sandbox.shapes import Field, Shape, choice, objects, of, shape, texts

META = of("any", "MetaData CustomField AttachableRef status")
BASE = {**texts("Id SyncToken domain"), **of("flag", "sparse"), **META}

PHONE = shape(
    "TelephoneNumber",
    texts("FreeFormNumber", 30),
    texts("Id DeviceType CountryCode AreaCode ExchangeCode Extension Tag"),
    of("flag", "Default"),
)
EMAIL = shape("EmailAddress", {"Address": Field("email", limit=100)}, texts("Id Tag"), of("flag", "Default"))
WEB = shape("WebSiteAddress", texts("URI", 1000), texts("Id Tag"), of("flag", "Default"))
ADDRESS = shape(
    "PhysicalAddress",
    texts("Line1 Line2 Line3 Line4 Line5", 500),
    texts("City Country CountrySubDivisionCode", 255),
    texts("PostalCode", 30),
    texts("Id CountryCode PostalCodeSuffix County Lat Long Tag Note"),
)
MEMO = shape("MemoRef", texts("value", 1000), texts("id"))

PERSON = {
    **BASE,
    **texts("DisplayName FullyQualifiedName CompanyName PrintOnCheckName", 500),
    **texts("GivenName MiddleName FamilyName", 100),
    **texts("Title Suffix", 16),
    **texts("IntuitId UserId V4IDPseudonym Notes"),
    **of("flag", "Organization Active"),
    **objects(PHONE, "PrimaryPhone AlternatePhone Mobile Fax"),
    **objects(EMAIL, "PrimaryEmailAddr"),
    **objects(WEB, "WebAddr"),
    **of("any", "OtherContactInfo"),
    **of("ref", "DefaultTaxCodeRef"),
    **objects(ADDRESS, "OtherAddr", many=True),
}

CUSTOMER = shape(
    "Customer",
    PERSON,
    texts("ContactName AltContactName AcctNum ResaleNum SecondaryTaxIdentifier PrimaryTaxIdentifier"),
    texts("TaxExemptionReasonId BusinessNumber GSTIN GSTRegistrationType ClientCompanyId ClientEntityId"),
    texts("Source TaxRegime"),
    choice("PreferredDeliveryMethod", "Print|Email|None"),
    of("flag", "Taxable Job BillWithParent TDSEnabled IsProject IsCISContractor"),
    of(
        "ref", "RootCustomerRef ParentRef CustomerTypeRef SalesTermRef SalesRepRef TaxGroupCodeRef TaxRateRef"
    ),
    of("ref", "PaymentMethodRef PriceLevelRef CurrencyRef ARAccountRef"),
    objects(ADDRESS, "BillAddr ShipAddr"),
    of("number", "Level Balance BalanceWithJobs CreditLimit OverDueBalance TotalRevenue TotalExpense"),
    of("date", "OpenBalanceDate"),
    of("any", "CCDetail JobInfo CustomerEx"),
)
VENDOR = shape(
    "Vendor",
    PERSON,
    texts(
        "ContactName AltContactName TaxCountry TaxIdentifier BusinessNumber AcctNum TaxReportingBasis GSTIN"
    ),
    texts("GSTRegistrationType SubcontractorType CISRate Source AgencyVerificationStatusMsg"),
    texts("CompanyRegistrationNumber"),
    of(
        "flag", "Vendor1099 T4AEligible T5018Eligible TDSEnabled TDSOverrideThreshold IsSubContractor HasTPAR"
    ),
    of("ref", "ParentRef VendorTypeRef TermRef PrefillAccountRef CurrencyRef APAccountRef"),
    objects(ADDRESS, "BillAddr ShipAddr"),
    of("number", "Balance BillRate CreditLimit CostRate TDSEntityTypeId TDSSectionTypeId"),
    of("date", "TaxIdEffectiveDate OpenBalanceDate"),
    of("any", "VendorEx VendorPaymentBankDetail AgencyVerificationStatus AgencyVerificationTSUTC"),
)
EMPLOYEE = shape(
    "Employee",
    PERSON,
    texts("EmployeeType EmployeeNumber SSN"),
    of("flag", "BillableTime"),
    objects(ADDRESS, "PrimaryAddr"),
    of("number", "BillRate CostRate"),
    of("date", "BirthDate HiredDate ReleasedDate"),
    choice("Gender", "Male|Female"),
    of("any", "UseTimeEntry EmployeeEx"),
)

ACCOUNT_TYPES = (
    "Bank|Accounts Receivable|Other Current Asset|Fixed Asset|Other Asset|Accounts Payable|Credit Card|"
    "Other Current Liability|Long Term Liability|Equity|Income|Cost of Goods Sold|Expense|Other Income|"
    "Other Expense|Non-Posting"
)
ACCOUNT = shape(
    "Account",
    BASE,
    texts("Name", 100),
    texts("AcctNum", 20),
    texts("Description FullyQualifiedName AccountAlias TxnLocationType AccountSubType"),
    texts("AcctNumExtn BankNum FIName"),
    of("flag", "SubAccount Active TaxAccount OnlineBankingEnabled"),
    of("ref", "ParentRef CurrencyRef TaxCodeRef JournalCodeRef"),
    choice("Classification", "Asset|Equity|Expense|Liability|Revenue"),
    choice("AccountType", ACCOUNT_TYPES),
    of("number", "OpeningBalance CurrentBalance CurrentBalanceWithSubAccounts"),
    of("date", "OpeningBalanceDate"),
    of("any", "AccountPurposes AccountEx"),
)
ITEM_TYPES = (
    "Assembly|Category|Fixed Asset|Group|Inventory|NonInventory|Other Charge|Payment|Service|Subtotal|"
    "Discount|Tax|Tax Group|Bundle"
)
ITEM = shape(
    "Item",
    BASE,
    texts("Name Sku", 100),
    texts("Description PurchaseDesc", 4000),
    texts("FullyQualifiedName ManPartNum ServiceType ItemCategoryType UQCDisplayText UQCId Source"),
    of("flag", "Active SubItem Taxable SalesTaxIncluded PercentBased PurchaseTaxIncluded TrackQtyOnHand"),
    of("flag", "PrintGroupedItems SpecialItem DeferredRevenue"),
    of("ref", "ParentRef PaymentMethodRef UOMSetRef IncomeAccountRef ExpenseAccountRef COGSAccountRef"),
    of("ref", "AssetAccountRef PrefVendorRef DepositToAccountRef SalesTaxCodeRef PurchaseTaxCodeRef"),
    of("ref", "TaxClassificationRef ClassRef"),
    of(
        "number",
        "Level UnitPrice RatePercent PurchaseCost AvgCost QtyOnHand QtyOnPurchaseOrder QtyOnSalesOrder",
    ),
    of("number", "ReorderPoint BuildPoint AbatementRate ReverseChargeRate"),
    choice("Type", ITEM_TYPES),
    of("date", "InvStartDate"),
    of("any", "SpecialItemType ItemGroupDetail ItemAssemblyDetail ItemEx CustomExtensions"),
)
PAYMENT_METHOD = shape(
    "PaymentMethod",
    BASE,
    texts("Name", 31),
    choice("Type", "CREDIT_CARD|NON_CREDIT_CARD"),
    of("flag", "Active"),
    of("any", "PaymentMethodEx"),
)
TAX_RATE_DETAIL = shape(
    "TaxRateDetail",
    of("ref", "TaxRateRef"),
    texts("TaxTypeApplicable TaxOnTaxOrder"),
    of("number", "TaxOrder"),
)
TAX_RATE_LIST = shape(
    "TaxRateList", objects(TAX_RATE_DETAIL, "TaxRateDetail", many=True), of("any", "originatingGroupId")
)
TAX_CODE = shape(
    "TaxCode",
    BASE,
    texts("Name Description", 100),
    of("flag", "Active Hidden Taxable TaxGroup"),
    objects(TAX_RATE_LIST, "SalesTaxRateList PurchaseTaxRateList AdjustmentTaxRateList"),
    of("any", "TaxCodeEx TaxCodeConfigType"),
)
TAX_RATE = shape(
    "TaxRate",
    BASE,
    texts("Name Description", 100),
    of("flag", "Active"),
    of("number", "RateValue"),
    of("ref", "AgencyRef TaxReturnLineRef OriginalTaxRate"),
    of("any", "EffectiveTaxRate SpecialTaxType DisplayType TaxRateEx"),
)
TAX_AGENCY = shape(
    "TaxAgency",
    VENDOR.fields,
    texts("SalesTaxCountry TaxRegistrationNumber ReportingPeriod TaxAgencyConfig"),
    of("flag", "TaxTrackedOnPurchases TaxTrackedOnSales TaxOnTax"),
    of("ref", "SalesTaxCodeRef SalesTaxReturnRef TaxOnPurchasesAccountRef TaxTrackedOnSalesAccountRef"),
    of("date", "LastFileDate"),
    of("any", "TaxAgencyExt"),
)
NAME_VALUE = shape("NameValue", texts("Name Value"))
COMPANY_INFO = shape(
    "CompanyInfo",
    BASE,
    texts("CompanyName LegalName", 1024),
    texts("CompanyFileName FlavorStratum CompanyUserId CompanyUserAdminEmail EmployerId QBVersion Country"),
    texts("SupportedLanguages DefaultTimeZone FiscalYearStartMonth TaxYearStartMonth"),
    of("flag", "SampleFile MultiByteCharsSupported"),
    objects(ADDRESS, "CompanyAddr CustomerCommunicationAddr LegalAddr ShipAddr"),
    objects(EMAIL, "CompanyEmailAddr CustomerCommunicationEmailAddr Email"),
    objects(WEB, "CompanyURL WebAddr"),
    objects(PHONE, "PrimaryPhone Mobile Fax"),
    of("date", "CompanyStartDate"),
    objects(NAME_VALUE, "NameValue", many=True),
    of("any", "OtherContactInfo OtherAddr LastImportedTime LastSyncTime FifoCalculationStatus CompanyInfoEx"),
)
PREFERENCES = shape(
    "Preferences",
    BASE,
    of("any", "AccountingInfoPrefs AdvancedInventoryPrefs ProductAndServicesPrefs SalesFormsPrefs"),
    of("any", "PrintDocumentPrefs EmailMessagesPrefs VendorAndPurchasesPrefs TimeTrackingPrefs TaxPrefs"),
    of("any", "FinanceChargesPrefs CurrencyPrefs ReportPrefs OtherPrefs"),
)
EXCHANGE_RATE = shape(
    "ExchangeRate",
    BASE,
    texts("SourceCurrencyCode TargetCurrencyCode"),
    of("number", "Rate"),
    of("date", "AsOfDate"),
    of("any", "ExchangeRateEx"),
)


def list_shapes() -> tuple[Shape, ...]:
    """Every shape of this module that is a thing of its own."""
    return (
        *(CUSTOMER, VENDOR, EMPLOYEE, ACCOUNT, ITEM, PAYMENT_METHOD, TAX_CODE, TAX_RATE, TAX_AGENCY),
        *(COMPANY_INFO, PREFERENCES, EXCHANGE_RATE),
    )
