"""The words of a query, and how QuickBooks' parser says that it met one it didn't expect."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qb.sandbox.refusals import RefusedError, unparsable

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^'\\]|\\.)*')|(?P<sign><=|>=|!=|[=<>(),.*])"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<number>\d+)|(?P<stray>\S))",
    re.DOTALL,
)
_CLAUSES = {"select", "from", "where", "order", "orderby", "by", "asc", "desc", "startposition", "maxresults"}
_OTHERS = {"and", "or", "not", "in", "like", "count", "true", "false"}
KEYWORDS = frozenset(_CLAUSES | _OTHERS)
LABELS: Mapping[str, str] = {
    "word": "IDENTIFIER",
    "string": "STRING_LITERAL",
    "number": "INTEGER_LITERAL",
}
END = "<EOF>"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, number, string, stray sign or the end; `column` counts from 1."""

    kind: str
    text: str
    column: int

    @property
    def keyword(self) -> str:
        """The token as a keyword, or nothing."""
        low = self.text.lower()
        return low if self.kind == "word" and low in KEYWORDS else ""

    @property
    def is_value(self) -> bool:
        """Whether it can stand beside a comparison: a quoted text, true or false."""
        return self.kind == "string" or self.keyword in {"true", "false"}

    def is_sign(self, sign: str) -> bool:
        """Whether it is this sign."""
        return self.kind == "sign" and self.text == sign


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query, the end last; a sign that starts none is a stray."""
    found = [
        Token(match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup) + 1)
        for match in TOKEN.finditer(text.rstrip())
        if match.lastgroup is not None
    ]
    return [*found, Token("end", "", len(text.rstrip()) + 1)]


def encountered(token: Token, expected: Sequence[str]) -> RefusedError:
    """4000 in the words of QuickBooks' parser, or of its lexer for a stray sign."""
    if token.kind == "stray":
        sign = f'Encountered: "{token.text}" ({ord(token.text)}), after : ""'
        return unparsable(f"Lexical error at line 1, column {token.column}.  {sign}")
    words = "".join(f"    {one} \n" if one == END else f"    {one} ...\n" for one in expected)
    listed = "Was expecting one of:" if len(expected) > 1 else "Was expecting:"
    place = f"at line 1, column {token.column}."
    return unparsable(f"Encountered {_shown(token)} {place}\n{listed}\n{words}    ")


def _shown(token: Token) -> str:
    """A token as the parser names it: its class, then its text."""
    if token.kind == "end":
        return f'"{END}"'
    if token.kind == "sign":
        return f'" "{token.text}" "{token.text} ""'
    label = token.keyword.upper() or LABELS[token.kind]
    return f'" <{label}> "{token.text} ""'
