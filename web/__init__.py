"""Pages and API of the box."""
