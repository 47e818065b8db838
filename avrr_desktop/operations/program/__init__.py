"""The program itself: what it is, whether it works, what helps those who support it."""
