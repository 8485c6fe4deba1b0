"""The shapes of transactions and their lines (Intuit: API reference)."""

from qb.sandbox.outlines import ADDRESS, BASE, EMAIL, MEMO
from qb.sandbox.shapes import Shape, choice, objects, of, shape, texts

LINKED = shape("LinkedTxn", texts("TxnId TxnType TxnLineId"))
SALES_ITEM = shape(
    "SalesItemLineDetail",
    of(
        "ref",
        "ItemRef ClassRef PriceLevelRef ItemAccountRef InventorySiteRef TaxCodeRef TaxClassificationRef",
    ),
    of(
        "number",
        "UnitPrice UnitCostPrice RatePercent Qty TaxInclusiveAmt DiscountRate DiscountAmt RetainageAmount",
    ),
    of("date", "ServiceDate"),
    of("flag", "DeferredRevenue"),
    of("any", "MarkupInfo UOMRef SalesItemLineDetailEx"),
)
DISCOUNT = shape(
    "DiscountLineDetail",
    of("flag", "PercentBased"),
    of("number", "DiscountPercent"),
    of("ref", "DiscountRef DiscountAccountRef ClassRef TaxCodeRef"),
    of("any", "ServiceDate DiscountLineDetailEx"),
)
SUBTOTAL = shape("SubTotalLineDetail", of("ref", "ItemRef"), of("any", "ServiceDate"))
DESCRIPTION = shape(
    "DescriptionLineDetail",
    of("date", "ServiceDate"),
    of("ref", "TaxCodeRef"),
    of("any", "DescriptionLineDetailEx"),
)
TAX_DETAIL = shape(
    "TaxLineDetail",
    of("ref", "TaxRateRef"),
    of("flag", "PercentBased"),
    of("number", "TaxPercent NetAmountTaxable TaxInclusiveAmount OverrideDeltaAmount"),
    of("any", "ServiceDate TaxLineDetailEx"),
)
DEPOSIT_DETAIL = shape(
    "DepositLineDetail",
    of("ref", "Entity AccountRef PaymentMethodRef ClassRef TaxCodeRef"),
    texts("CheckNum", 21),
    texts("TxnType TaxApplicableOn"),
    of("any", "DepositLineDetailEx"),
)
ENTITY = shape("EntityTypeRef", texts("Type"), of("ref", "EntityRef"))
JOURNAL_DETAIL = shape(
    "JournalEntryLineDetail",
    choice("PostingType", "Debit|Credit"),
    objects(ENTITY, "Entity"),
    of("ref", "AccountRef ClassRef DepartmentRef TaxCodeRef TaxRateRef JournalCodeRef"),
    of("number", "TaxAmount TaxInclusiveAmt"),
    texts("TaxApplicableOn BillableStatus"),
    of("any", "JournalEntryLineDetailEx"),
)
LINE = shape(
    "Line",
    texts("Id"),
    texts("Description", 4000),
    of("number", "LineNum Amount Received CostAmount HomeCostAmount"),
    objects(LINKED, "LinkedTxn", many=True),
    choice(
        "DetailType",
        "PaymentLineDetail|DiscountLineDetail|TaxLineDetail|SalesItemLineDetail|ItemBasedExpenseLineDetail|"
        "AccountBasedExpenseLineDetail|DepositLineDetail|PurchaseOrderItemLineDetail|ItemReceiptLineDetail|"
        "JournalEntryLineDetail|GroupLineDetail|DescriptionOnly|SubTotalLineDetail|SalesOrderItemLineDetail|"
        "TDSLineDetail|ReimburseLineDetail|ItemAdjustmentLineDetail",
    ),
    objects(SALES_ITEM, "SalesItemLineDetail"),
    objects(DISCOUNT, "DiscountLineDetail"),
    objects(SUBTOTAL, "SubTotalLineDetail"),
    objects(DESCRIPTION, "DescriptionLineDetail"),
    objects(TAX_DETAIL, "TaxLineDetail"),
    objects(DEPOSIT_DETAIL, "DepositLineDetail"),
    objects(JOURNAL_DETAIL, "JournalEntryLineDetail"),
    of(
        "any",
        "PaymentLineDetail ItemBasedExpenseLineDetail AccountBasedExpenseLineDetail ReimburseLineDetail",
    ),
    of("any", "PurchaseOrderItemLineDetail SalesOrderItemLineDetail ItemReceiptLineDetail GroupLineDetail"),
    of("any", "TDSLineDetail ItemAdjustmentLineDetail CustomField LineEx CustomExtensions"),
    of("ref", "ProjectRef"),
)
TAX_SUMMARY = shape(
    "TxnTaxDetail",
    of("ref", "DefaultTaxCodeRef TxnTaxCodeRef"),
    of("number", "TotalTax"),
    objects(LINE, "TaxLine", many=True),
    of("flag", "UseAutomatedSalesTax"),
    of("any", "TaxReviewStatus"),
)
TRANSACTION = {
    **BASE,
    **texts("DocNumber", 21),
    **texts("PrivateNote", 4000),
    **texts("TxnStatus TxnSource TaxFormType TaxFormNum TransactionLocationType"),
    **of("date", "TxnDate"),
    **of("ref", "DepartmentRef CurrencyRef RecurDataRef ProjectRef"),
    **of("number", "ExchangeRate TotalCostAmount HomeTotalCostAmount"),
    **objects(LINKED, "LinkedTxn", many=True),
    **objects(LINE, "Line", many=True),
    **objects(TAX_SUMMARY, "TxnTaxDetail"),
    **of("any", "TxnSubType Tag TxnApprovalInfo RecurringInfo"),
}
TAXED = choice("GlobalTaxCalculation", "TaxExcluded|TaxInclusive|NotApplicable")
PAID = {
    **of("ref", "PaymentMethodRef DepositToAccountRef"),
    **choice("PaymentType", "Cash|Check|CreditCard|Expense|Other"),
    **of("any", "CheckPayment CreditCardPayment"),
}
SALE = {
    **TRANSACTION,
    **TAXED,
    **PAID,
    **texts("PONumber FOB TrackingNum GovtTxnRefIdentifier"),
    **texts("PaymentRefNum", 21),
    **of(
        "flag",
        "AutoDocNumber FreeFormAddress ApplyTaxAfterDiscount ShippingTaxIncludedInTotalTax FinanceCharge",
    ),
    **of("date", "DueDate ShipDate"),
    **of("ref", "CustomerRef RemitToRef ClassRef SalesTermRef SalesRepRef ShipMethodRef TemplateRef"),
    **of("ref", "ARAccountRef TaxExemptionRef"),
    **of("number", "TotalAmt HomeTotalAmt Balance HomeBalance DiscountRate DiscountAmt"),
    **objects(MEMO, "CustomerMemo"),
    **objects(ADDRESS, "BillAddr ShipAddr ShipFromAddr"),
    **choice("PrintStatus", "NotSet|NeedToPrint|PrintComplete"),
    **choice("EmailStatus", "NotSet|NeedToSend|EmailSent"),
    **objects(EMAIL, "BillEmail BillEmailCc BillEmailBcc"),
    **of("any", "DeliveryInfo"),
}
INVOICE = shape(
    "Invoice",
    SALE,
    texts("Exportation invoiceStatus callToAction InvoiceLink PaymentDetailsMessage InvoiceLinkSecurityCode"),
    texts("ScheduledPaymentId"),
    of("flag", "AllowIPNPayment AllowOnlinePayment AllowOnlineCreditCardPayment AllowOnlineACHPayment"),
    of("flag", "AllowOnlinePayPalPayment AllowOnlineAffirmPayment AutoPayEligible SchedulePayEligible"),
    of("flag", "GratuityEnabled"),
    of("number", "Deposit LessCIS CfdiUse"),
    of(
        "any",
        "InvoiceLinkExpiryDate EInvoiceStatus ECloudStatusTimeStamp GlobalInfo invoiceStatusLog InvoiceEx",
    ),
    of("any", "ConvenienceFeeDetail EnabledSurchargeInfo FinancingProductType SubscriptionPaymentsSetting"),
    of("any", "TxnRetainageDetail"),
)
SALES_RECEIPT = shape("SalesReceipt", SALE, of("number", "LessCIS"), of("any", "SalesReceiptEx"))
CREDIT_MEMO = shape(
    "CreditMemo", SALE, of("ref", "InvoiceRef"), of("number", "RemainingCredit"), of("any", "CreditMemoEx")
)
REFUND_RECEIPT = shape(
    "RefundReceipt",
    SALE,
    texts("PaymentRefNum", 100),
    of("number", "RemainingCredit"),
    of("any", "RefundReceiptEx"),
)
PAYMENT = shape(
    "Payment",
    TRANSACTION,
    PAID,
    texts("PaymentRefNum"),
    of("flag", "ProcessPayment"),
    of("ref", "CustomerRef RemitToRef ARAccountRef TaxExemptionRef"),
    of("number", "TotalAmt UnappliedAmt"),
    of("any", "PaymentExtendedType PaymentEx"),
)
DEPOSIT = shape(
    "Deposit",
    TRANSACTION,
    TAXED,
    of("ref", "DepositToAccountRef"),
    of("number", "TotalAmt HomeTotalAmt"),
    of("any", "CashBack DepositEx"),
)
JOURNAL_ENTRY = shape(
    "JournalEntry",
    TRANSACTION,
    TAXED,
    of("flag", "Adjustment HomeCurrencyAdjustment EnteredInHomeCurrency"),
    of("number", "TotalAmt HomeTotalAmt"),
    of("any", "JournalEntryEx"),
)


def form_shapes() -> tuple[Shape, ...]:
    """Every shape of this module that is a transaction."""
    return (INVOICE, SALES_RECEIPT, CREDIT_MEMO, REFUND_RECEIPT, PAYMENT, DEPOSIT, JOURNAL_ENTRY)
