"""The four ways a call to QuickBooks can fail, as the rest of the program sees them."""


class GatewayError(Exception):
    """QuickBooks did not do what was asked; the kind says what that means for the books.

    ``tid`` is QuickBooks' own number of the call (``intuit_tid``), empty when there was no answer.
    """

    tid: str = ""


class Refused(GatewayError):  # noqa: N818 - the product's word for it
    """QuickBooks understood and said no; ``code`` is its fault code, ``message`` and ``detail`` its words.

    ``twin`` is the id of the document that already has this number (code 6140), else None.
    """

    def __init__(
        self, code: str, message: str, detail: str = "", tid: str = "", twin: str | None = None
    ) -> None:
        super().__init__(f"QuickBooks said no ({code}): {message}{f' — {detail}' if detail else ''}")
        self.code = code
        self.message = message
        self.detail = detail
        self.tid = tid
        self.twin = twin


class Reconnect(GatewayError):  # noqa: N818 - the product's word for it
    """Nothing more can be done in this company until a person mends the connection; ``reason`` says how."""

    def __init__(self, reason: str, code: str = "", tid: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.tid = tid


class CompanyLocked(Reconnect):
    """QuickBooks has closed the company itself (its subscription or its billing): code 6190."""


class InDoubt(GatewayError):  # noqa: N818 - the product's word for it
    """Nobody can say whether it was done: look before repeating.

    ``sent`` is False only when surely not a byte of this attempt was carried out. ``rest_seconds`` is how
    long the company wants no calls, None when it has not said.
    """

    def __init__(self, reason: str, *, sent: bool, rest_seconds: int | None = None, tid: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.rest_seconds = rest_seconds
        self.tid = tid


class OurBug(GatewayError):  # noqa: N818 - the product's word for it
    """We asked for something that can't be asked, or are set up wrongly; repeating will not help."""

    def __init__(self, reason: str, *, code: str = "", tid: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.tid = tid
