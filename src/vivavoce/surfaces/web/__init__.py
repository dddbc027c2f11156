"""The pages in the browser: one file per page in `routes/`, one template per page in `templates/`."""
