"""Pictures of labs, for the command line and for pages; matplotlib is imported when the first is asked for."""
