"""Who is there: learns devices from facts, and says what changed."""
