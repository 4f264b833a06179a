"""The cooperation case: parties, expectations, stage and workflow. Small on purpose."""
