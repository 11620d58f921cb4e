"""Articles by the thousand, invented by chance: to measure with, never to publish."""
