"""The sandbox: where a submission runs. `select.open_sandbox` is the way in."""
