"""Disk to domain: packs of concepts and questions, their schema, their search index and their lint."""
