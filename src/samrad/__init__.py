"""Samråd: digitalisation by council."""

__version__ = "0.1.0"
