"""The admin of the rules."""
