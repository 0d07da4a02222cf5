"""What a learner's cells displayed, made safe to read."""
