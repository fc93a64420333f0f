"""How large the bench's capture is."""

PACKETS = 1_000_000
CONVERSATIONS = 50_000
