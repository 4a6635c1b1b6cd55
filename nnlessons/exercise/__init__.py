"""What every lesson's exercises and predictions are built from.

checking.py     an exercise: the correct function, common mistakes, and feedback on a learner's function
prediction.py   a question with choices, asked before a demo and judged after it
recall.py       questions about the lessons before, each answered at once
kept.py         what was chosen, kept from one day to the next
"""
