"""Vivavoce: prepare for deep-learning interviews, offline, with grades that quote your own words."""

__version__ = "0.1.0"
__all__ = ["__version__"]
