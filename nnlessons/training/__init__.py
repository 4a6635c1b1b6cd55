"""Lesson 8, training a two-layer network.

demos.py                  one update; it offers all demos of this lesson
lopsided.py               the opening: a network finds the lopsided digits
lopsided_figure.py        its figure
exercises.py              predictions, and functions for the reader to write
move_right.py             one of these functions
diagnoses.py              questions about the six runs that fail
mystery.py                these six runs, and the cures to try on them
playground.py             a network in training, in the learner's settings
as_code.py                a run of the playground as code
points.py                 points of the learner's own, and measured digits
run.py                    a training run as a sequence of states, for any network and points
run_picture.py            what a run shows in the playground's figure
playground_figure.py      a network in training over the plane, its units and curves
sweep.py                  twenty steps, at many learning rates
nine_lessons.py           all nine lessons in one line
nine_lessons_figure.py    their figure

For the reader's own network, which has been trained on handwritten digits. A demo keeps a copy of the network as it is, so a
picture doesn't change if training goes on:

your_network.py           checks and copies it
curves.py                 loss and accuracy, epoch by epoch
curves_figure.py          their figure
unit_weights.py           the weights of each hidden unit as a picture
unit_weights_figure.py    their figure
wrong_ones.py             the digits that it misreads
wrong_ones_figure.py      their figure
drawn_digit.py            a digit to draw
drawn_digit_figure.py     its figure
shift.py                  the digits that it still reads after they've moved
shift_figure.py           their figure
ink_on_weights.py         why a moved digit isn't read
ink_on_weights_figure.py  its figure
sliding_window.py         a look ahead: nine weights that slide over a digit
sliding_window_figure.py  its figure
signed.py                 numbers above and below 0 as cells
"""
