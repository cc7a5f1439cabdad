"""How the cells of the indicator table are painted and edited."""
