"""The command line's commands, a module per group. Each loads only what it needs."""
