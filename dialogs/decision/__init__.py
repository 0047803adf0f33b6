"""The local authority's decision: recorded for each child, with who decided, why, and what it starts."""
