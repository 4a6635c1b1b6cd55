"""Predictions and exercises of the lessons, one file per notebook.

checking.py     an exercise: the right function, the mistakes that people make, and the answer to a learner's function
prediction.py   a question with choices, asked before a demo and judged after it
"""
