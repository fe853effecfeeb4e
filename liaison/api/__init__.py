"""`/api/v1/`: read only, by the same rows and rules as the pages; OpenAPI and its docs page from our own host."""
