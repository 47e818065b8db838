"""Two records or two cases laid side by side, and a family that is split: decided field by field by whoever looks at them."""
