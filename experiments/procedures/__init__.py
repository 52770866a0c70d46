"""Statistical procedures of experiments: arrays in, answers out. Nothing here runs a simulation or reads a file."""
