"""Files of a case: what kind they are, and taking out of photos where they were taken."""
