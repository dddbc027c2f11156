"""Text to vectors, offline: a small sentence encoder run by NumPy."""
