"""Fitting the grader's head. Needs scikit-learn, which nothing outside this folder does."""
