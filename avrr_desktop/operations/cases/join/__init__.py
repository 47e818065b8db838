"""Two records or two cases become one by a decision, and a family that parts becomes two cases."""
