"""What takes hours: the random trials of `tests.faults` and the suite in other orders, seed after new seed."""
