"""The window itself: what stands around every page. It alone sees all rooms."""
