"""Many articles: read as a stream, judged in parallel, kept in a run folder that survives anything."""
