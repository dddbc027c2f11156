"""One file per page; each lists its addresses in `ROUTES`."""
