"""What the tests stand on: databases, the clock, a running server, a browser, a reader of the tree."""
