"""How the schema came to be, step by step; the way back is a backup."""
