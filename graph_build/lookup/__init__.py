"""What programs and assistants ask of the graph: things by name or identifier, statements, their evidence.

Plain functions from a :class:`~graph_build.lookup.reader.Reader` to the records of
:mod:`graph_build.lookup.records`.  The JSON API and the MCP server give the same records.
"""
