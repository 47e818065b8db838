"""All cases, and a new one."""
