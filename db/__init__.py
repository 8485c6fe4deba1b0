"""What the firm's records say, and what we did about them."""
