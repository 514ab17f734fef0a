"""Pages of the desk about who holds what."""
