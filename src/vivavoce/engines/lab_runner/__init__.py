"""From a lab to measurements to outcomes, in worker processes, inside a time budget."""
