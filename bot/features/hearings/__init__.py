"""Public hearings: announced, told, asked at, answered, recorded, and how the notices arrived."""
