"""The graph for assistants, over the Model Context Protocol.  The SDK ``mcp`` is the extra of this name."""
