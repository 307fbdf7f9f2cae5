"""The machines' door: OpenAPI, tokens with scopes, idempotency keys, one error shape. It decides nothing."""
