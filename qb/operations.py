"""What an effect does in QuickBooks, by the name that it is kept under."""

from __future__ import annotations

ADD_CUSTOMER = "add_customer"
ADD_INVOICE = "add_invoice"
ADD_PAYMENT = "add_payment"
UPDATE_EMAIL = "update_email"
