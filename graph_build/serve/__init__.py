"""The graph as a read-only web server: a SPARQL endpoint, a page and data for every IRI, the stored questions.

Queries of strangers run in worker processes that can be killed (decision 0013); pages are made here from
lookups that are bounded.  Starlette and uvicorn are the extra ``serve`` and imported only when a server starts.
"""
