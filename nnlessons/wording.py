"""Numbers and plurals as text."""

import math

import numpy as np

__all__ = ["MINUS", "fixed", "in_parentheses", "leading", "parenthesised", "percent", "plural"]
__all__ += ["rounded", "scientific", "short", "trimmed", "with_article", "with_minus"]
__dir__ = __all__.copy  # what Tab shows after `wording.`

MINUS = "\N{MINUS SIGN}"


def with_minus(text):
    """A number's text, such as -2e-05, with real minus signs for its hyphens."""
    return text.replace("-", MINUS)


def fixed(number, digits=3):
    """A number with this many digits after the point, with a real minus sign, and no minus before 0."""
    text = f"{number:.{digits}f}"
    return with_minus(text) if float(text) else text.removeprefix("-")


def trimmed(number, digits=3):
    """A number with at most this many digits after the point: 2, 0.5, −0.667."""
    text = fixed(number, digits)
    return text.rstrip("0").rstrip(".") if digits else text


def rounded(number, digits=3):
    """A number with this many digits after the point, fewer only if they are exact: 0.25, but 0.667 and 0.000 for 1e-5."""
    exact = abs(float(f"{number:.{digits}f}") - number) < 1e-9 * max(1, abs(number))
    return trimmed(number, digits) if exact else fixed(number, digits)


def leading(number, digits=3):
    """A number's leading digits, with no zeros at the end: 1000, 12.6, 0.00798."""
    if not number:
        return "0"
    return trimmed(number, max(0, digits - 1 - math.floor(math.log10(abs(number)))))


def parenthesised(number, digits=3):
    """A number as `fixed` writes it, in parentheses if negative, for use inside a sum or a product."""
    return in_parentheses(fixed(number, digits))


def in_parentheses(text):
    """A number's text, in parentheses if it starts with a minus, which would clash with the sign before it."""
    return f"({text})" if text.startswith(MINUS) else text


def plural(number, noun):
    """1 step, 2 steps."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_article(digit):
    """a 3, an 8."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def percent(part):
    """A part of 1 in whole percent: 87%. What's nearly all is never rounded to 100%, and what's nearly nothing never to 0%."""
    return "more than 99%" if 0.99 < part < 1 else "less than 1%" if 0 < part < 0.01 else f"{100 * part:.0f}%"


def scientific(number, digits=3):
    """A number with a power of ten, with at most this many digits after the point: 2e7, −1.25e−5."""
    factor, power = f"{number:.{digits}e}".split("e")
    return f"{trimmed(float(factor), digits)}e{with_minus(str(int(power)))}"


def short(number):
    """A number in at most six characters: 3, -0.53, 12.5, 1234, 4e7; infinity and NaN as a question mark."""
    if not np.isfinite(number):
        return "?"
    size = abs(number)
    if 1e-99 <= size < 0.005 or size >= 9999.5:
        return scientific(number, 0)
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return rounded(number, digits)
