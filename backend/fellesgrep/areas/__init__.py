"""Areas with an initiative: phase, action-plan measures, population groups, contact point."""
