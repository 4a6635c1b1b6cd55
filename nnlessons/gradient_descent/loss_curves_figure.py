"""Figures with loss curves: one with its goal, six small ones, and one of the six."""

from nnlessons.drawing.style import BEFORE, BLACK, GUIDE, LARGE, in_style, legend_above, new_figure

__all__ = ["one_curve", "one_of_six", "six_curves"]
__dir__ = __all__.copy  # what Tab shows after `loss_curves_figure.`

LOSS = {"color": BLACK, "linewidth": 2.2, "solid_joinstyle": "round"}


@in_style
def one_curve(steps, first, best):
    """The loss over the steps; dotted, the loss at the start; dashed, the lowest possible. Parts: "axes" and "losses"."""
    figure, axes = new_figure()
    axes.set(xlim=(0, steps), xlabel="step", title="loss")
    axes.axhline(first, **BEFORE, label="at the start")
    axes.axhline(best, **{**GUIDE, "color": BLACK, "linewidth": 1.8}, label="best possible")
    legend_above(axes)
    (losses,) = axes.plot([], [], **LOSS)
    return figure, {"axes": axes, "losses": losses}


@in_style
def six_curves(runs):
    """{name: (losses, the top of its axis)} as small plots, three in a row."""
    figure, six = new_figure(6)
    for number, (axes, (name, (losses, top))) in enumerate(zip(six, runs.items(), strict=True)):
        row, column = divmod(number, 3)
        axes.set_position([0.07 + 0.325 * column, 0.61 - 0.46 * row, 0.25, 0.3])
        draw_run(axes, losses, top)
        axes.set(xticks=[0, len(losses) - 1], yticks=[0, top / 2, top])
        axes.set_title(name, fontsize=LARGE, fontweight="bold")
        axes.set_xlabel("step" if row else "", labelpad=1)
    return figure, {}


@in_style
def one_of_six(name, losses, top):
    """One of these runs, large."""
    figure, axes = new_figure()
    draw_run(axes, losses, top)
    axes.set(xlabel="step", title=f"loss of run {name}")
    return figure, {}


def draw_run(axes, losses, top):
    """A run's loss curve."""
    axes.set(xlim=(0, len(losses) - 1), ylim=(0, top))
    axes.plot(losses, **LOSS)
