"""The author's wing: text chapter → source notebook → released notebook, check table and bundle, past the gates."""
