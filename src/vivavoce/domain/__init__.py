"""What the words mean: plain values and their rules. Standard library only; no clock, disk, network or randomness."""
