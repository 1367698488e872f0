"""The pages of a graph: of its things, of the stored questions and of their answers.

The same functions make them for a server, for a folder of files and for a single
file; where a link leads is told by a :class:`graph_build.addresses.Addresses`.
"""
