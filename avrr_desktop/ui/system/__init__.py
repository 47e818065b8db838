"""What the operating system says and asks: signals, locks, sleep, clipboard."""
