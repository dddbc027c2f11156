"""One use case per file: the only place where engines, content and storage meet. Surfaces call these and render."""
