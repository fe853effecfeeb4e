"""Where representatives and residents meet: the register of stations, and the visits that happen there."""
