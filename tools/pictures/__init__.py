"""Pictures of every screen, of the guide and of the stories."""
