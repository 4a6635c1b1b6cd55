"""The surprise meter: what a forecaster said about three days, as a product of probabilities and as a sum of surprises."""

import numpy as np

from nnlessons.live import Demo, Slider
from nnlessons.losses.surprise_meter_figure import product_beside_sum, rows_patch
from nnlessons.wording import fixed, trimmed

__all__ = ["surprise"]
__dir__ = __all__.copy  # what Tab shows after `surprise_meter.`


def add_up(p0, p1, p2):
    """The probabilities of what happened on three days, and the surprise of each, -log p."""
    p = np.array([p0, p1, p2])
    surprises = 0.0 - np.log(p)
    left_over, so_far = np.cumprod([1.0, *p]), np.cumsum([0.0, *surprises])
    patch = rows_patch(left_over, so_far)
    factors, terms = [trimmed(one, 2) for one in p], [fixed(one, 2) for one in surprises]
    for day in range(3):
        times, plus = ("× ", "+ ") if day else ("", "")
        patch[f"factor {day}"] = {"text": times + factors[day]}
        patch[f"term {day}"] = {"text": plus + terms[day]}
    product, total = f"{left_over[-1]:.3g}", fixed(so_far[-1], 2)
    patch["product number"], patch["sum number"] = {"text": f"= {product}"}, {"text": f"= {total}"}
    exact = round(sum(map(float, terms)), 2) == float(total)
    line = "none" if product == "1" else "exact" if exact else "rounded"
    numbers = {"factors": " · ".join(factors), "terms": " + ".join(terms), "product": product, "sum": total}
    return {**patch, "readout": {"line": line, **numbers}}


PRODUCT = "Multiply: {factors} = {product}. "
SUM = "Add: {terms} = {sum}, and that's \N{MINUS SIGN}log {product}."

surprise = Demo(
    title="Surprise adds up",
    controls={
        f"p{day}": Slider(0.05, 1.0, value=value, step=0.05, label=f"day {day}")
        for day, value in enumerate((0.6, 0.1, 0.9))
    },
    presets={
        "a careful forecaster": {"p0": 0.6, "p1": 0.4, "p2": 0.6},
        "a bold forecaster": {"p0": 0.95, "p1": 0.05, "p2": 0.95},
    },
    figure=product_beside_sum,
    update=add_up,
    readout={
        "exact": PRODUCT + SUM,
        "rounded": PRODUCT + SUM + " (The last digit is off because each number is rounded.)",
        "none": "Each day, the forecaster was certain and right. \N{MINUS SIGN}log 1 = 0: no surprise at all.",
    },
)
