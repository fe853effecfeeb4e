"""What residents and representatives put forward: how it comes in, how it is handled, and each kind of matter."""
