"""The live pictures of the lessons, one file per notebook, each demo declared in a screenful."""
