"""Messages to people: their texts, the queue, and how they leave the house."""
