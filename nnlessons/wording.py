"""Numbers and plurals as text."""

import numpy as np

MINUS = "\N{MINUS SIGN}"


def written(number, digits=3):
    """So many digits after the point; a minus that is one, and none before 0."""
    text = f"{number:.{digits}f}"
    return text.replace("-", MINUS if float(text) else "")


def bracketed(number, digits=3):
    """The same, for a sum or a product."""
    return in_brackets(written(number, digits))


def in_brackets(text):
    """A number's text, in brackets where its minus would stand beside another sign."""
    return f"({text})" if text.startswith(MINUS) else text


def counted(number, noun):
    """1 step, 2 steps."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def brief(number):
    """A number in at most six signs: 3, -0.53, 12.5, 1234, 4e7; what has no value as a question mark."""
    if not np.isfinite(number):
        return "?"
    size = abs(number)
    if 1e-99 <= size < 0.005 or size >= 9999.5:
        digits, power = f"{number:.0e}".split("e")
        return f"{digits}e{int(power)}".replace("-", MINUS)
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    text = written(number, digits)
    exact = abs(float(f"{number:.{digits}f}") - number) < 1e-9 * max(1, size)
    return text.rstrip("0").rstrip(".") if exact and digits else text
