"""What a check keeps between two runs, so that the next one looks only at what has changed."""
