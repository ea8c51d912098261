"""Training and measuring the shipped entity recogniser. The product itself never imports this package."""
