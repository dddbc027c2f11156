"""The engines, each behind a protocol in its `base.py`. They never import one another."""
