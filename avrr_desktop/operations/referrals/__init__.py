"""What people agreed to be told to others."""
