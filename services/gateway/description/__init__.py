"""The description of the whole platform: OpenAPI and AsyncAPI."""
