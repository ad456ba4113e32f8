"""Pages of the portfolio, one module per noun."""
