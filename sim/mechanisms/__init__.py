"""Mechanisms that a scenario switches on: one room a group, one file a mechanism, one line in the table."""
