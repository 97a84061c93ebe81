"""What the notes say: pure functions from interviews, lineages and config to one frozen result."""
